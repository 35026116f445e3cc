internal import JSON
internal import Language
internal import Statistics
internal import Verdict

/// The verdict on a number over all rows and over each slice: the worst of them decides.
struct ParityJudgement: Sendable {
  var limit: ParityLimit
  var unit: Quantity.Unit
  /// What the number is: `mean difference of probability from the other endpoint`.
  var what: String

  /// Slices with fewer rows are judged together, as `other`.
  private static let fewestRows = 30

  /// A part of the rows by the value of a column.
  private struct Slice {
    var name: String
    var rows: [Int]
  }

  /// What is known of a slice.
  private struct Part {
    var slice: String
    var measured: ParityLimit.Measured
  }

  func judge(
    all rows: [Int], slices: [Located<String>], of columns: FeatureRows,
    _ measure: ([Int], Double?) -> ParityLimit.Measured?
  ) throws(Complaint) -> Judgement {
    guard let overall = measure(rows, limit.confidence) else {
      throw Complaint(.noRows("there is nothing to compare", .nothingToEvaluate))
    }
    let parts = try parts(slices, of: columns)
    let judged = parts.filter { $0.rows.count >= Self.fewestRows }
    // Each of many slices may fail by chance: what fails one is divided among all.
    let confidence = limit.confidence.map { 1 - (1 - $0) / Double(max(1, judged.count)) }
    var notes: [String] = []
    var (failures, undecided): ([Part], [Part]) = ([], [])
    for slice in judged {
      guard let measured = measure(slice.rows, confidence) else { continue }
      notes.append("\(slice.name): \(words(measured)) of \(Quantity(Double(measured.rows), .rows))")
      switch limit.holds(measured) {
      case true?: break
      case false?: failures.append(Part(slice: slice.name, measured: measured))
      case nil: undecided.append(Part(slice: slice.name, measured: measured))
      }
    }
    let small = parts.filter { $0.rows.count < Self.fewestRows }
    if !small.isEmpty {
      notes.append(
        "with fewer than \(Self.fewestRows) rows and not judged: \(small.map(\.name).joined(separator: ", "))")
    }
    guard slices.isEmpty || !judged.isEmpty else {
      throw Complaint(.noRows("no slice has \(Self.fewestRows) rows, so none can be judged", .nothingToEvaluate))
    }
    return verdict(overall, failures, undecided, notes)
  }

  private func parts(_ slices: [Located<String>], of columns: FeatureRows) throws(Complaint) -> [Slice] {
    var parts: [Slice] = []
    for name in slices {
      guard let column = columns[name.value] else {
        throw Complaint(.noRows("the rows have no column \(name.value), which slices: names", .nothingToEvaluate))
      }
      var places: [String: [Int]] = [:]
      for (row, value) in column.values.enumerated() {
        places[OutputDifferences.text([value]), default: []].append(row)
      }
      let slices = places.keys.sorted().map { Slice(name: "\(name.value) = \($0)", rows: places[$0] ?? []) }
      parts += slices.filter { $0.rows.count >= Self.fewestRows }
      let small = slices.filter { $0.rows.count < Self.fewestRows }
      // Many that are small are not: nobody may hide in them.
      let names = small.map(\.name).joined(separator: ", ")
      if small.count > 1 {
        parts.append(Slice(name: "\(name.value) is another (\(names))", rows: small.flatMap(\.rows)))
      } else {
        parts += small
      }
    }
    return parts
  }

  private func verdict(
    _ overall: ParityLimit.Measured, _ failures: [Part], _ undecided: [Part], _ notes: [String]
  ) -> Judgement {
    let worst = failures.max { $0.measured.value.magnitude < $1.measured.value.magnitude }
    let holds = limit.holds(overall)
    let doubtful = holds == true ? undecided.max { $0.measured.value.magnitude < $1.measured.value.magnitude } : nil
    let shown = holds == false ? overall : worst?.measured ?? doubtful?.measured ?? overall
    let evidence = Evidence(
      observed: Quantity(shown.value, unit), limit: .atMost(limit.limit.value),
      counts: Evidence.Counts(rows: overall.rows, nulls: 0, evaluated: overall.rows, violating: nil),
      interval: shown.interval.map { .init(lower: $0.lower, upper: $0.upper, level: $0.confidence) },
      method: shown.method, notes: notes)
    let allowed = "at most \(limit.limit.value) allowed"
    if holds == false {
      return Judgement(
        .failed, "\(what): \(words(overall)), \(allowed)", evidence: evidence, location: limit.limit.location)
    }
    if let worst {
      return Judgement(
        .failed, "\(what) where \(worst.slice): \(words(worst.measured)), \(allowed)", evidence: evidence,
        location: limit.limit.location)
    }
    if let doubtful {
      let more = undecided.count > 1 ? " (and \(undecided.count - 1) slices more)" : ""
      var judgement = inconclusive(
        "\(what) where \(doubtful.slice)", doubtful.measured, allowed, evidence, more: more)
      // One of many slices, by the rule for families.
      judgement.onlyWarns = true
      return judgement
    }
    guard holds == nil else {
      return Judgement(.passed, "\(what): \(words(overall))", evidence: evidence, location: limit.limit.location)
    }
    return inconclusive(what, overall, allowed, evidence)
  }

  private func inconclusive(
    _ what: String, _ measured: ParityLimit.Measured, _ allowed: String, _ evidence: Evidence, more: String = ""
  ) -> Judgement {
    let needed = limit.rowsNeeded(measured).map { "; about \(Quantity(Double($0), .rows)) would decide" } ?? ""
    return Judgement(
      .inconclusive,
      "\(what): \(words(measured)), \(allowed): \(Quantity(Double(measured.rows), .rows)) do not decide\(needed)\(more)",
      evidence: evidence, location: limit.limit.location)
  }

  private func words(_ measured: ParityLimit.Measured) -> String {
    func text(_ value: Double) -> String {
      unit == .share ? Quantity(value, .share).description : Quantity.brief(value)
    }
    guard let interval = measured.interval else { return text(measured.value) }
    return "\(text(measured.value)) [\(text(interval.lower)), \(text(interval.upper))]"
  }
}
