internal import Language
internal import Scan
internal import Statistics
internal import Verdict

/// Turns rows that are joined by a key into the findings of their columns, which are decided together.
struct SkewClaim: Sendable {
  var check: ServingSkewCheck
  var rows: JoinedRows
  /// The checks of the columns, those that are compared and others.
  var members: [PlannedCheck]
  /// The compared columns that have no type, to which a tolerance does not apply.
  var untyped: Set<String>
  /// The columns that the other table lacks, when all are compared.
  var onlyHere: [String]

  /// As many rows of each kind are shown.
  private static let shownRows = 5
  /// Less joined rows, and less than half of what could be joined, may be joined by chance.
  private static let floor = 100

  private var table: TableContext { rows.table }
  private var planned: PlannedCheck { rows.table.planned }
  private var other: String { rows.peer.name }

  /// The finding of the join, and then those of the columns in their order.
  func findings(_ found: MatchedRows) -> [Finding] {
    let whole = complete(join(found))
    guard whole.outcome != .errored else { return [whole] + members.map { $0.skipped(because: planned.id) } }
    let compared = rows.columns.indices.map { Compared(found.match, $0) }
    let judged = compared.compactMap { column in
      column.count.map { (count: $0, limit: limit(of: rows.columns[column.index])) }
    }
    do throws(Undefined) {
      var rates = try SkewRate.together(judged, confidence: check.confidence)[...]
      return [whole] + members.map { finding(of: $0, compared, found, &rates) }
    } catch {
      return [whole] + members.map { $0.finding(.errored, "\(error)", reason: .undefined) }
    }
  }

  /// What the join says of a column.
  private struct Compared {
    var index: Int
    var mismatches: ColumnMismatches
    /// Nil when no joined row has a value.
    var count: BinomialCount?

    init(_ match: RowMatch, _ index: Int) {
      self.index = index
      mismatches = match.mismatches[index]
      count = try? BinomialCount(mismatches.count, of: match.shared - mismatches.absent)
    }
  }

  private func limit(of column: String) -> Double { check.terms(of: column).limit?.value.value ?? 0 }

  // MARK: - The join

  private func join(_ found: MatchedRows) -> Finding {
    let (match, here, there) = (found.match, found.here, found.there)
    guard here.rows > 0 else { return nothing("the table has no rows") }
    guard there.rows > 0 else { return planned.unanswered(byEmpty: other) }
    let key = rows.key.joined(separator: ", ")
    guard here.keys > 0 else { return nothing("no row has a value in \(key)") }
    guard there.keys > 0 else { return planned.unanswered(byEmpty: other, "has no row with a value in \(key)") }
    guard match.shared > 0 else {
      let repeats = match.repeatedHere.count > 0
      if repeats { return nothing("every \(key) that \(other) has, too, repeats: on must name one row of each side") }
      var finding = nothing("no value of \(key) is in \(other), too")
      finding.evidence.samples = samples(match)
      finding.evidence.notes.append(
        "what text files alone hold is compared as it is written: with a type in the rules 674 and 674.0 are one number"
      )
      return finding
    }
    guard !rows.columns.isEmpty else { return nothing("there is no column besides the key that both have") }
    let facts = [
      (here.rows - here.keys, "without a key here"), (there.rows - there.keys, "without a key in \(other)"),
      (match.onlyHere.count, "only here"), (match.onlyThere.count, "only in \(other)"),
      (match.repeatedHere.count, "here with a key that repeats"),
      (match.repeatedThere.count, "in \(other) with a key that repeats"),
    ].filter { $0.0 > 0 }
    let single = facts.reduce(0) { $0 + $1.0 }
    let all = here.rows + there.rows - match.shared
    let counts = Evidence.Counts(rows: all, nulls: 0, evaluated: all, violating: single)
    let words = facts.map { "\(Quantity.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    let message =
      "\(Quantity(Double(match.shared), .rows)) joined with \(other), \(Quantity.grouped(single)) without a partner"
      + (facts.isEmpty ? "" : ": \(words)")
    guard let limit = check.unmatched else {
      var evidence = Evidence(observed: counts.violatingShare.map { Quantity($0, .share) }, counts: counts)
      evidence.samples = samples(match)
      return unlimited(found, message, evidence)
    }
    do throws(Undefined) {
      let rate = try SkewRate(
        try BinomialCount(single, of: all), limit: limit.value.value, confidence: check.confidence)
      var evidence = rate.evidence(counts)
      evidence.samples = samples(match)
      let need = rate.outcome == .inconclusive ? "; \(rate.need)" : ""
      return planned.finding(
        rate.outcome, "\(message) (\(rate.words))\(need)", evidence: evidence, location: limit.location)
    } catch {
      return planned.finding(.errored, "\(error)", reason: .undefined)
    }
  }

  /// The finding of the join, which does not hold where a column is on one side alone: what was never served is no feature.
  private func complete(_ join: Finding) -> Finding {
    guard !onlyHere.isEmpty, join.outcome != .errored else { return join }
    var evidence = join.evidence
    evidence.notes.append(
      "what is not meant to be served is left out with except: [\(onlyHere.joined(separator: ", "))]")
    return planned.finding(
      .failed, "\(other) lacks \(TableContext.words(onlyHere)); \(join.message)", evidence: evidence,
      location: join.outcome == .passed ? nil : join.location)
  }

  /// The join where nobody says how many rows may lack a partner.
  private func unlimited(_ found: MatchedRows, _ message: String, _ evidence: Evidence) -> Finding {
    let match = found.match
    guard match.repeatedHere.count + match.repeatedThere.count == 0 else {
      return planned.finding(
        .failed, "\(message); on must name one row of each side, or unmatched say how many may lack a partner",
        evidence: evidence)
    }
    let smaller = min(found.here.keys, found.there.keys)
    guard match.shared >= min(Self.floor, (smaller + 1) / 2) else {
      let words = "\(message): so few of \(Quantity(Double(smaller), .rows)) say nothing of the others"
      return planned.finding(.inconclusive, words, evidence: evidence)
    }
    return planned.finding(.passed, message, evidence: evidence)
  }

  private func nothing(_ message: String) -> Finding {
    planned.finding(.errored, message, reason: .nothingToEvaluate)
  }

  private func samples(_ match: RowMatch) -> [Evidence.Sample] {
    let (here, there) = (rows.here, rows.there)
    return match.onlyHere.first.prefix(Self.shownRows).map {
      here.sample($0.place, "only here: \(rows.words($0.row.values))")
    }
      + match.onlyThere.first.prefix(Self.shownRows).map {
        there.sample($0.place, "only in \(other): \(rows.words($0.row.values))")
      }
      + match.repeatedHere.first.prefix(Self.shownRows).map {
        here.sample($0.place, "\(rows.words($0.row.values)) comes more than once")
      }
      + match.repeatedThere.first.prefix(Self.shownRows).map {
        there.sample($0.place, "\(rows.words($0.row.values)) comes more than once, in \(other)")
      }
  }

  // MARK: - A column

  private func finding(
    of member: PlannedCheck, _ compared: [Compared], _ found: MatchedRows, _ rates: inout ArraySlice<SkewRate>
  ) -> Finding {
    let name = member.id.column ?? ""
    guard let index = rows.columns.firstIndex(of: name) else {
      return member.skipped(becauseAbsent: name)
    }
    let column = compared[index]
    let counts = Evidence.Counts(
      rows: found.here.rows, nulls: found.here.rows - found.match.shared + column.mismatches.absent,
      evaluated: found.match.shared - column.mismatches.absent, violating: column.mismatches.count)
    guard column.count != nil, let rate = rates.popFirst() else {
      return member.finding(
        .errored, "no joined row has a value in \(name), here or in \(other)", reason: .nothingToEvaluate,
        evidence: Evidence(counts: counts))
    }
    var evidence = rate.evidence(counts)
    evidence.samples = column.mismatches.rows.first.prefix(Self.shownRows).map {
      rows.sample($0.row, at: $0.place, limit: 1)
    }
    if column.mismatches.oneSided > 0 {
      evidence.notes.append("in \(Quantity(Double(column.mismatches.oneSided), .rows)) of them one side has no value")
    }
    if untyped.contains(name), column.mismatches.count > 0 {
      evidence.notes.append("a column without a type is compared as text, with no tolerance: say type: number")
    }
    let differing = Quantity.grouped(rate.count.successes)
    let message =
      "differs from \(other) in \(differing) of \(Quantity(Double(rate.count.trials), .rows)): \(rate.words)"
    switch rate.outcome {
    case .failed:
      return member.finding(
        .failed, message, evidence: evidence, location: check.terms(of: name).limit?.location)
    case .inconclusive:
      var finding = member.finding(.inconclusive, "\(message); \(rate.need)", evidence: evidence)
      if check.whenInconclusive == .warn { finding.severity = .warn }
      return finding
    default: return member.finding(.passed, message, evidence: evidence)
    }
  }
}
