internal import Scan
internal import Verdict

/// Turns a comparison row by row into a finding.
struct SameRowsClaim: Sendable {
  var table: TableContext
  var peer: PeerTable
  var key: [String]
  /// The compared columns.
  var columns: [String]
  /// The columns that only one of the tables has.
  var uncompared: [String]
  /// The columns of no known type, to which a tolerance does not apply.
  var untyped: [String]

  /// As many rows of each kind are shown.
  private static let shownRows = 5
  private static let shownColumns = 20

  func judge(_ found: MatchedRows) -> Finding {
    let (match, planned) = (found.match, table.planned)
    let (here, there) = (found.here, found.there)
    guard here.rows > 0 else {
      return planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
    }
    guard there.rows > 0 else { return planned.unanswered(byEmpty: peer.name) }
    guard here.keys > 0 else {
      let what = "no row has a value in \(key.joined(separator: ", "))"
      return planned.finding(.errored, what, reason: .nothingToEvaluate)
    }
    guard there.keys > 0 else {
      return planned.unanswered(byEmpty: peer.name, "has no row with a value in \(key.joined(separator: ", "))")
    }
    let facts = [
      (match.onlyHere.count, "only here"), (match.onlyThere.count, "only in \(peer.name)"),
      (match.differing.count, "with other values"), (match.repeatedHere.count, "repeating a key here"),
      (match.repeatedThere.count, "repeating a key in \(peer.name)"),
    ].filter { $0.0 > 0 }
    let violating = facts.reduce(0) { $0 + $1.0 }
    let counts = Evidence.Counts(
      rows: here.rows + there.rows - match.shared, nulls: here.rows - here.keys + there.rows - there.keys,
      evaluated: here.keys + there.keys - match.shared, violating: violating)
    let evidence = Evidence(
      observed: counts.violatingShare.map { Quantity($0, .share) }, limit: .text("the rows of \(peer.name)"),
      counts: counts, samples: samples(match), notes: notes(match))
    guard violating > 0 || !columns.isEmpty || uncompared.isEmpty else {
      return planned.finding(
        .errored, "the keys are the same, and there is no other column that both have", reason: .nothingToEvaluate,
        evidence: evidence)
    }
    guard violating > 0 else {
      let words = columns.isEmpty ? "the same keys" : "the same values in \(Quantity(Double(columns.count), .columns))"
      return planned.finding(
        .passed, "\(match.shared) rows matched with \(peer.name), \(words)", evidence: evidence)
    }
    let share = Quantity.brief(Double(violating) / Double(counts.evaluated) * 100, digits: 3)
    let words = facts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let message = "\(violating) of \(counts.evaluated) rows of both are not the same (\(share)%): \(words)"
    guard let allow = table.allow else { return planned.finding(.failed, message, evidence: evidence) }
    let used = allow.unit == .rows ? Double(violating) : Double(violating) / Double(counts.evaluated)
    return used <= allow.value
      ? planned.finding(.passed, message + "; \(allow) may", evidence: evidence)
      : planned.finding(.failed, message + "; more than the \(allow) allowed", evidence: evidence)
  }

  /// The columns with the most mismatches first.
  private func notes(_ match: RowMatch) -> [String] {
    let mismatches = zip(columns, match.mismatches.map(\.count)).enumerated().filter { $0.element.1 > 0 }
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map { $0.element }
    var notes = mismatches.prefix(Self.shownColumns).map { column, count in
      "\(column) differs in \(Quantity(Double(count), .rows))"
    }
    if mismatches.count > Self.shownColumns { notes.append("and \(mismatches.count - Self.shownColumns) more columns") }
    if columns.isEmpty { notes.append("no column besides the key is compared") }
    if !uncompared.isEmpty {
      notes.append("columns that only one of the two has, not compared: \(Self.words(uncompared))")
    }
    let texts = untyped.filter(Set(mismatches.map(\.0)).contains)
    if !texts.isEmpty {
      notes.append("columns without a type, compared as text, with no tolerance: \(Self.words(texts))")
    }
    return notes
  }

  private static func words(_ columns: [String]) -> String {
    columns.prefix(shownColumns).joined(separator: ", ") + (columns.count > shownColumns ? ", …" : "")
  }

  private func samples(_ match: RowMatch) -> [Evidence.Sample] {
    let rows = JoinedRows(table: table, peer: peer, key: key, columns: columns)
    let limit = Self.shownRows
    var samples = match.differing.first.prefix(limit).map { rows.sample($0.row, at: $0.place, limit: limit) }
    samples += match.onlyHere.first.prefix(limit).map {
      rows.here.sample($0.place, "only here: \(rows.words($0.row.values))")
    }
    samples += match.onlyThere.first.prefix(limit).map {
      rows.there.sample($0.place, "only in \(peer.name): \(rows.words($0.row.values))")
    }
    for (side, repeated) in [(rows.here, match.repeatedHere), (rows.there, match.repeatedThere)] {
      samples += repeated.first.prefix(limit).map { place, row -> Evidence.Sample in
        let first = row.earlier.map { side.sample($0, "") }
        let words = first.flatMap { first in first.line.map { "line \($0)" } ?? first.key } ?? "an earlier row"
        return side.sample(place, "\(rows.words(row.values)) comes again, first in \(words)")
      }
    }
    return samples
  }
}
