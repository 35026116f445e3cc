internal import JSON
internal import Language
internal import Verdict

/// How the outputs of two tables differ that speak of the same rows.
struct OutputDifferences: Sendable {
  /// How many rows were compared, and how many had nothing to be compared with.
  private(set) var compared = 0
  /// The rows of which nothing is expected.
  private(set) var missing: Set<Int> = []
  /// The first output on which every row lies on one side of the threshold that somebody chose, here and there: it shows no
  /// flip.
  private(set) var oneSided: String?
  /// How many of the compared rows are expected to have nothing but NaN.
  private var undefined = 0
  /// The rows in which some output lies beyond its tolerance, in the order of the rows.
  private(set) var differing: [Difference] = []
  /// The rows of which the class is another.
  private(set) var flips: [Int] = []
  /// How the class is read off each output that has one.
  private(set) var classes: [(output: String, reading: ClassReading)] = []
  /// What is known of each output that is a number.
  private(set) var outputs: [Summary] = []

  /// The worst that is wrong in one row.
  struct Difference: Sendable {
    var row: Int
    var output: String
    var found: String
    var expected: String
    /// How far apart the numbers are; infinite for what is no number, or not the same number of elements.
    var size: Double
  }

  struct Summary: Sendable {
    var name: String
    var largest = 0.0
    var sum = 0.0
    var elements = 0
    var differing = 0
    /// How many rows nothing is expected of, though something may be of other outputs.
    var missing = 0

    var mean: Double { elements == 0 ? 0 : sum / Double(elements) }
  }

  /// Compares the outputs of `expected` with those of the same name. O(elements).
  ///
  /// - Parameters:
  ///   - found: has all outputs of `expected`, and as many rows.
  ///   - threshold: the score from which on a row is of the class, for outputs of one number a row.
  init(_ found: OutputTable, expected: OutputTable, _ tolerances: OutputTolerances, threshold: Double? = nil) {
    let pairs = expected.outputs.compactMap { wanted in found[wanted.name].map { (wanted, $0) } }
    let readings = pairs.map { ClassReading([$0, $1], threshold: threshold) }
    classes = zip(pairs, readings).compactMap { pair, reading in reading.map { (pair.0.name, $0) } }
    if let threshold {
      oneSided =
        zip(pairs, readings).first { pair, reading in
          let scores = (pair.0.rows + pair.1.rows).compactMap { $0.first?.doubleValue }.filter { !$0.isNaN }
          return reading == .threshold(threshold) && Set(scores.map { $0 >= threshold }).count == 1
        }?.0.0.name
    }
    outputs = pairs.map { wanted, _ in
      Summary(name: wanted.name, missing: (0..<expected.count).count { wanted.isMissing($0) })
    }
    let datatypes = pairs.map { wanted, answer in
      answer.isOfWholeNumbers && wanted.isOfWholeNumbers ? .int64 : answer.datatype ?? wanted.datatype
    }
    for row in 0..<expected.count {
      let known = pairs.indices.filter { !pairs[$0].0.isMissing(row) }
      guard !known.isEmpty else {
        missing.insert(row)
        continue
      }
      compared += 1
      if known.allSatisfy({ pairs[$0].0.rows[row].allSatisfy(\.isNaNOrNull) }) { undefined += 1 }
      var worst: Difference?
      var isFlip = false
      for index in known {
        let (wanted, answer) = pairs[index]
        let tolerance = tolerances.tolerance(of: wanted.name, datatypes[index])
        // A label that a file holds as a number or a truth value is the same label as text.
        let mayBeText = wanted.datatype == nil && (answer.datatype.map { $0.family == .text } ?? true)
        let (size, differs) = note(
          answer.rows[row], wanted.rows[row], tolerance, whole: tolerances.tolerance(of: wanted.name, .int64), index,
          mayBeText: mayBeText)
        if let reading = readings[index], !isFlip {
          isFlip = Self.isFlip(
            answer.rows[row], wanted.rows[row], reading, threshold: threshold, mayBeText: mayBeText)
        }
        guard differs else { continue }
        outputs[index].differing += 1
        if worst.map({ size > $0.size }) ?? true {
          worst = Difference(
            row: row, output: wanted.name, found: Self.text(answer.rows[row], beside: wanted.rows[row]),
            expected: Self.text(wanted.rows[row], beside: answer.rows[row]), size: size)
        }
      }
      if let worst { differing.append(worst) }
      if isFlip { flips.append(row) }
    }
  }

  /// The largest difference of a row, and whether any is beyond the tolerance.
  ///
  /// - Parameter whole: the tolerance of whole numbers within objects, of which the output has no datatype.
  private mutating func note(
    _ found: [JSONValue], _ expected: [JSONValue], _ tolerance: Tolerance, whole: Tolerance, _ index: Int,
    mayBeText: Bool
  ) -> (size: Double, differs: Bool) {
    guard found.count == expected.count else { return (.infinity, true) }
    var (size, differs) = (0.0, false)
    for (found, expected) in zip(found, expected) {
      // Numbers within objects and lists are numbers: {"label": "late", "score": 0.71}.
      if let pairs = expected.leaves(beside: found) {
        for (own, found) in pairs {
          let tolerance = own.isWholeNumber && found.isWholeNumber ? whole : tolerance
          let inner = note([found], [own], tolerance, whole: whole, index, mayBeText: mayBeText)
          (size, differs) = (max(size, inner.size), differs || inner.differs)
        }
      } else if case .number(let found) = found, case .number(let expected) = expected, found.isFinite,
        expected.isFinite
      {
        let difference = (found.double - expected.double).magnitude
        outputs[index].largest = max(outputs[index].largest, difference)
        outputs[index].sum += difference
        outputs[index].elements += 1
        size = max(size, difference)
        let isWithin =
          tolerance == OutputTolerances.exact
          ? found == expected : tolerance.accepts(found.double, for: expected.double)
        if !isWithin { differs = true }
      } else if !Self.isSame(found, expected, mayBeText: mayBeText) {
        (size, differs) = (.infinity, true)
      }
    }
    return (size, differs)
  }

  /// The same value, where numbers are not compared within a tolerance. A NaN is the NaN that was expected.
  private static func isSame(_ found: JSONValue, _ expected: JSONValue, mayBeText: Bool) -> Bool {
    if let found = found.doubleValue, let expected = expected.doubleValue {
      return found == expected || found.isNaN && expected.isNaN
    }
    // Text in place of a number that is no label is another answer: no client can reckon with it.
    if mayBeText, case .string(let text) = found, expected.boolValue != nil || expected.numberValue?.int64 != nil {
      return text == expected.description
    }
    return found == expected
  }

  /// Whether the class is another.
  private static func isFlip(
    _ found: [JSONValue], _ expected: [JSONValue], _ reading: ClassReading, threshold: Double?, mayBeText: Bool
  ) -> Bool {
    if found.count == 1, expected.count == 1, let pairs = expected[0].leaves(beside: found[0]) {
      return isFlip(within: pairs, threshold: threshold, mayBeText: mayBeText)
    }
    switch reading {
    case .largest:
      guard found.count == expected.count, let answer = largest(found), let want = largest(expected) else {
        return found != expected
      }
      return answer != want
    case .threshold(let threshold):
      if let score = found.first?.doubleValue, let wanted = expected.first?.doubleValue, !score.isNaN, !wanted.isNaN {
        return (score >= threshold) != (wanted >= threshold)
      }
    case .label: break
    }
    guard let answer = found.first, let want = expected.first else { return found.count != expected.count }
    return !isSame(answer, want, mayBeText: mayBeText)
  }

  /// The class of an object is every text, truth value and whole number in it, and besides these the place of the
  /// largest of its probabilities, or the side of the threshold on which its only one lies. Of other numbers
  /// nobody knows what they mean: any change beyond rounding is one of the class.
  private static func isFlip(
    within pairs: [(own: JSONValue, found: JSONValue)], threshold: Double?, mayBeText: Bool
  ) -> Bool {
    func isScore(_ value: JSONValue) -> Bool { value.doubleValue.map { !$0.isNaN } ?? false }
    let scores = pairs.filter { pair in
      isScore(pair.own) && isScore(pair.found) && !(pair.own.isWholeNumber && pair.found.isWholeNumber)
    }
    let labels = pairs.filter { pair in
      !isScore(pair.own) || !isScore(pair.found) || pair.own.isWholeNumber && pair.found.isWholeNumber
    }
    if labels.contains(where: { !isSame($0.found, $0.own, mayBeText: mayBeText) }) { return true }
    let areProbabilities = scores.allSatisfy { pair in
      [pair.own, pair.found].allSatisfy { (0...1).contains($0.doubleValue ?? .nan) }
    }
    if scores.count == 1, let side = threshold ?? (areProbabilities ? ClassReading.half : nil) {
      return (scores[0].own.doubleValue ?? .nan >= side) != (scores[0].found.doubleValue ?? .nan >= side)
    }
    guard scores.count > 1, areProbabilities else {
      return scores.contains { pair in
        !OutputTolerances.standard.accepts(pair.found.doubleValue ?? .nan, for: pair.own.doubleValue ?? .nan)
      }
    }
    return largest(scores.map(\.own)) != largest(scores.map(\.found))
  }

  /// The first place of the largest number; nil when some are none.
  private static func largest(_ elements: [JSONValue]) -> Int? {
    let numbers = elements.compactMap(\.doubleValue)
    guard numbers.count == elements.count, !numbers.contains(where: \.isNaN) else { return nil }
    return numbers.indices.max { numbers[$0] < numbers[$1] || numbers[$0] == numbers[$1] && $0 > $1 }
  }

  /// Elements for a sentence: a text beside a number in its quotes, which are all that is wrong with some.
  static func text(_ elements: [JSONValue], beside others: [JSONValue] = []) -> String {
    if elements.count == 1, others.first.map({ $0.kind != elements[0].kind }) == true { return elements[0].description }
    if elements.count == 1 { return elements[0].stringValue ?? elements[0].description }
    let shown = elements.prefix(8).map(\.description).joined(separator: ", ")
    return "[\(shown)\(elements.count > 8 ? ", … \(elements.count) in all" : "")]"
  }

  /// Whether nothing was expected of any row, or nothing but NaN: who answers that is right about nothing.
  var isVacuous: Bool { compared == undefined }

  // MARK: - Evidence

  /// The differences, the largest first.
  var worst: [Difference] { differing.sorted { $0.size > $1.size || $0.size == $1.size && $0.row < $1.row } }

  /// What is known of each output, and of the flips, a line each.
  var notes: [String] {
    var notes = outputs.filter { $0.elements > 0 }.map { output in
      "\(output.name): largest difference \(Quantity.brief(output.largest)), mean \(Quantity.brief(output.mean)), "
        + "\(Quantity(Double(output.differing), .rows)) beyond the tolerance"
    }
    notes += outputs.filter { $0.missing > 0 }.map {
      "\($0.name): nothing is expected of \(Quantity(Double($0.missing), .rows))"
    }
    if !flips.isEmpty {
      notes.append(
        flips.count == 1
          ? "1 row has another class" : "\(Quantity(Double(flips.count), .rows)) have another class")
    }
    return notes
  }

  /// What was taken for the class where the config does not say.
  var classNotes: [String] {
    classes.compactMap { output, reading in
      guard case .threshold(let threshold) = reading else { return nil }
      return "\(output) lies between 0 and 1: a row is of the class from \(threshold) on (threshold: …)"
    }
  }

  var counts: Evidence.Counts {
    Evidence.Counts(
      rows: compared + missing.count, nulls: missing.count, evaluated: compared, violating: differing.count)
  }

  /// The worst rows as evidence.
  ///
  /// - Parameter name: what a row is called: `row 17`.
  func samples(_ name: (Int) -> String) -> [Evidence.Sample] {
    worst.prefix(10).map { difference in
      let size = difference.size.isFinite ? " (off by \(Quantity.brief(difference.size)))" : ""
      return Evidence.Sample(
        key: name(difference.row),
        value: "\(difference.output) is \(difference.found), expected \(difference.expected)\(size)")
    }
  }

  /// Whether no more rows differ than are allowed.
  func isWithin(_ allowed: AllowedRows) -> Bool { allowed.contain(differing.count, of: compared) }
}

extension JSONValue {
  /// Whether it is a number written without a fraction, as classes and items are.
  fileprivate var isWholeNumber: Bool { numberValue?.isWrittenAsInteger ?? false }

  /// Whether nothing can be equal to it.
  var isNaNOrNull: Bool { kind == "null" || doubleValue?.isNaN == true }
}
