internal import Metrics
internal import Scan
internal import Verdict

/// Which rows of both sides belong together, and what is wrong with that.
struct RowJoin: Sendable {
  let candidateRows: Int
  let baselineRows: Int
  /// For every row of the candidate the one of the baseline; nil where the rows have the same order on both sides.
  private(set) var order: [Int32]?
  /// What is wrong, each as a clause, with the keys of the first rows.
  private(set) var faults: [Fault] = []
  /// Whether no row of one side is one of the other.
  private(set) var isEmpty = false
  /// Whether an id comes more than once in a file.
  private(set) var hasRepeats = false
  /// The candidate's rows with which something is wrong, each once however much it is.
  private var bad: Set<Int> = []
  private var unpaired = 0

  /// How many of the candidate's rows have no partner, or one that differs.
  var badRows: Int { bad.count + unpaired }

  struct Fault: Sendable, Hashable {
    var count: Int
    var what: String
    var rows: [String]

    static let otherLabel = "with another label in the baseline"
    var isOfLabels: Bool { what == Self.otherLabel }
    /// What a row says beside its label, as conditions and expressions read it.
    var isOfColumn: Bool { what.hasPrefix("with another \"") }
  }

  /// Of one file with the columns of both sides, every row is its own partner.
  init(rows: Int) { (candidateRows, baselineRows) = (rows, rows) }

  /// By the order of the rows.
  init(byOrder candidate: Int, _ baseline: Int) {
    (candidateRows, baselineRows) = (candidate, baseline)
    if candidate != baseline {
      let what = "more in the \(candidate > baseline ? "candidate" : "baseline")"
      faults.append(Fault(count: abs(candidate - baseline), what: what, rows: []))
      unpaired = max(0, candidate - baseline)
    }
  }

  /// By keys.
  ///
  /// - Parameters:
  ///   - columns: of how many columns a key is made.
  ///   - isHidden: whether keys are not shown.
  init(_ candidate: CollectedKeys, _ baseline: CollectedKeys, columns: Int, isHidden: Bool) {
    (candidateRows, baselineRows) = (candidate.count, baseline.count)
    let pairing = KeyPairing(candidate, baseline)
    func keys(_ rows: [Int], _ keys: CollectedKeys) -> [String] {
      rows.map { row in isHidden ? "row \(row + 1)" : keys.text(row, columns: columns) ?? "row \(row + 1)" }
    }
    let samples = pairing.samples
    let found = [
      Fault(count: candidate.nulls, what: "of the candidate without an id", rows: []),
      Fault(count: baseline.nulls, what: "of the baseline without an id", rows: []),
      Fault(
        count: pairing.firstRepeats, what: "of the candidate with an id that an earlier row has",
        rows: keys(samples.firstRepeats, candidate)),
      Fault(
        count: pairing.secondRepeats, what: "of the baseline with an id that an earlier row has",
        rows: keys(samples.secondRepeats, baseline)),
      Fault(count: pairing.missing, what: "missing in the baseline", rows: keys(samples.missing, candidate)),
      Fault(count: pairing.extra, what: "missing in the candidate", rows: keys(samples.extra, baseline)),
    ]
    faults = found.filter { $0.count > 0 }
    let matched = pairing.partners.count { $0 >= 0 }
    unpaired = pairing.partners.count - matched
    isEmpty = matched == 0
    hasRepeats = pairing.firstRepeats + pairing.secondRepeats > 0
    let isSame = faults.isEmpty && pairing.partners.indices.allSatisfy { Int(pairing.partners[$0]) == $0 }
    order = isSame ? nil : pairing.partners
  }

  /// Notes the rows whose labels differ, and those that do not count alike.
  mutating func compareLabels<Rows: PredictedRows>(
    _ candidate: Rows, _ baseline: Rows, key: (Int) -> String
  ) {
    note(Fault.otherLabel, key) { row, other in
      candidate.differsInLabel(row, from: baseline, other)
    }
    let (mine, theirs) = (candidate.weights, baseline.weights)
    guard mine != nil || theirs != nil else { return }
    note("with another weight in the baseline", key) { row, other in mine?[row] ?? 1 != theirs?[other] ?? 1 }
  }

  /// Notes the rows that are of another group or slice in the baseline: then the files are not of the same rows, or one of
  /// them is older. Columns that the baseline does not have are the candidate's alone.
  mutating func compareColumns(
    _ columns: [String], _ candidate: CollectedColumns, _ baseline: CollectedColumns, key: (Int) -> String
  ) {
    for column in columns {
      let what = "with another \"\(column)\" in the baseline"
      if let mine = candidate.words(column), let theirs = baseline.words(column) {
        // Each word as the number that it is, so that 7 and 7.0 are one.
        func plain(_ word: String) -> String { Double(word).map { "\($0)" } ?? word }
        let (words, others) = (mine.words.map(plain), theirs.words.map(plain))
        let (codes, otherCodes) = (mine.indices, theirs.indices)
        note(what, key) { row, other in
          let (code, otherCode) = (Int(codes[row]), Int(otherCodes[other]))
          return code < 0 || otherCode < 0 ? (code < 0) != (otherCode < 0) : words[code] != others[otherCode]
        }
      } else if let mine = candidate.numbers(column)?.values, let theirs = baseline.numbers(column)?.values {
        note(what, key) { row, other in mine[row] != theirs[other] && !(mine[row].isNaN && theirs[other].isNaN) }
      }
    }
  }

  private mutating func note(_ what: String, _ key: (Int) -> String, where differs: (Int, Int) -> Bool) {
    var (count, rows): (Int, [String]) = (0, [])
    for row in 0..<candidateRows {
      let other = order.map { Int($0[row]) } ?? row
      guard other >= 0, other < baselineRows, differs(row, other) else { continue }
      count += 1
      bad.insert(row)
      if rows.count < 10 { rows.append(key(row)) }
    }
    if count > 0 { faults.append(Fault(count: count, what: what, rows: rows)) }
  }
}
