internal import Language
internal import Planning
internal import Scan
internal import Statistics
internal import Verdict

/// Drift by segments: each group of rows is compared with the same group of the baseline, and all of them are decided
/// together.
///
/// Groups of less rows than any verdict needs are put together as one: each by itself could say nothing, at the price of
/// all others. What the values of a column are, and whether it is left out, is told by all of it: a group of ten rows
/// looks like a list of identifiers. A column that makes the groups is compared as a whole, which is how the mix of the
/// groups drifts.
struct DriftSegments: Sendable {
  private let family: DriftFamily
  private let planned: PlannedCheck
  private let groups: [String]
  private let terms: DriftTerms
  private let baseline: String
  private let pairs: [DriftPair]
  private let rows: ScopeSlot
  private let current: Slot<RowCount>
  private let reference: PeerSlot<RowCount>
  private let members: [PlannedCheck]

  init(
    _ check: DriftCheck, _ baseline: DataBaseline, named name: String, _ family: DriftFamily, _ table: TableContext,
    _ members: [PlannedCheck], _ plan: inout Plan
  ) {
    self.family = family
    self.members = members
    planned = table.planned
    groups = table.groups
    terms = check.terms
    self.baseline = baseline.name
    let (slots, rows) = plan.within(RowScope(by: table.groups, as: table.rules.types)) { plan in
      (
        members.map { DriftPair($0, of: $0.id.column ?? "", check, baseline, table, &plan) },
        plan.require(RowCount.Specification()), plan.require(RowCount.Specification(), of: name, .ofGroup)
      )
    }
    (pairs, current, reference) = slots
    self.rows = rows
  }

  private struct Segment {
    var group: RowGroup
    var now: Int
    var before: Int
    var measurements: Measurements
  }

  /// The finding of the whole, and then those of the columns in their order.
  func findings(_ measurements: Measurements) -> [Finding] {
    var segments: [Segment] = []
    do throws(GroupExcess) {
      for (group, part) in try measurements.parts(rows) {
        switch part[reference] {
        case .success(let before):
          segments.append(Segment(group: group, now: part[current].rows, before: before.rows, measurements: part))
        case .failure(let error): return all(planned.unanswered(by: baseline, error))
        }
      }
    } catch {
      return all(planned.unanswered(by: groups, error))
    }
    guard !segments.isEmpty else {
      return all(planned.finding(.errored, "there are no rows, and so no groups", reason: .nothingToEvaluate))
    }
    guard segments.contains(where: { $0.group.values.contains { $0 != nil } }) else {
      let words = "no row has a value in \(groups.joined(separator: ", ")), and so there are no groups"
      return all(planned.finding(.errored, words, reason: .nothingToEvaluate))
    }
    let columns = pairs.map { compared($0, segments) }
    let (parts, undefined) = mass(segments)
    let (judged, mix) = family.judged(columns.flatMap { $0.map(\.outcome) }, beside: parts)
    var rest = judged[...]
    var told = 0
    let findings = zip(columns, pairs).map { column, pair in
      let own = zip(column, rest.prefix(column.count)).map { (part: $0.part, rows: $0.rows, finding: $1) }
      rest = rest.dropFirst(column.count)
      let decided = own.filter { $0.finding.outcome == .passed || $0.finding.outcome == .failed }
      told = max(told, decided.map(\.rows).reduce(0, +))
      return finding(of: pair, own.map { (part: $0.part, finding: $0.finding) })
    }
    let rows = segments.map(\.now).reduce(0, +)
    var whole = family.whole(findings, toldShare: rows > 0 ? Double(told) / Double(rows) : 0)
    whole.evidence.notes += parts.flatMap(\.notes) + undefined
    if let index = mix.firstIndex(of: .drifted), whole.outcome == .passed || whole.outcome == .failed {
      let part = parts[index]
      part.tell(&whole.evidence)
      whole = planned.finding(
        .failed, "\(part.words); \(whole.message)", evidence: whole.evidence, location: part.location)
    }
    return [whole] + findings
  }

  private func all(_ finding: Finding) -> [Finding] { [finding] + members.map { $0.skipped(because: planned.id) } }

  // MARK: - A column

  /// What is compared at once.
  private enum Part {
    /// All rows, where there is no more to tell.
    case all
    case group(RowGroup)
    /// So many groups of few rows.
    case few(Int)

    func words(_ columns: [String]) -> String {
      switch self {
      case .all: "all rows"
      case .group(let group): group.words(columns)
      case .few(let count): "\(Quantity.grouped(count)) groups of less than \(DriftEstimate.floor) rows, together"
      }
    }
  }

  /// With how many rows are here.
  private typealias Compared = (part: Part, rows: Int, outcome: DriftPair.Outcome)

  private func compared(_ pair: DriftPair, _ segments: [Segment]) -> [Compared] {
    var samples: [(segment: Segment, reference: ColumnSummary, current: ColumnSummary)] = []
    for segment in segments {
      switch pair.samples(segment.measurements) {
      case .finding(let finding): return [(.all, 0, .finding(finding))]
      case .found(let reference, let current): samples.append((segment, reference, current))
      }
    }
    guard let first = samples.first else { return [] }
    var (before, now) = (first.reference, first.current)
    for sample in samples.dropFirst() {
      before.merge(sample.reference)
      now.merge(sample.current)
    }
    let whole = pair.paired(before, now)
    if let finding = pair.refusal(whole.reference, whole.current) {
      return [(.all, now.rows, .finding(finding))]
    }
    if groups.contains(pair.column) { return [(.all, now.rows, pair.comparison(whole.reference, whole.current))] }
    let kind = whole.current.kind ?? whole.reference.kind
    func compare(_ reference: ColumnSummary, _ current: ColumnSummary) -> DriftPair.Outcome {
      let (reference, current) = (DriftSample(reference, ofKind: kind), DriftSample(current, ofKind: kind))
      guard reference.present == 0, current.present == 0 else { return pair.comparison(reference, current) }
      // Nothing in one of many groups is nothing to tell; in all of them it was refused above.
      return .finding(pair.planned.finding(.skipped, "no row has a value", reason: .nothingToEvaluate))
    }
    let shared = samples.filter { $0.segment.now > 0 && $0.segment.before > 0 }
    let few = shared.filter { min($0.segment.now, $0.segment.before) < DriftEstimate.floor }
    let apart = few.count > 1 ? shared.filter { min($0.segment.now, $0.segment.before) >= DriftEstimate.floor } : shared
    var compared = apart.map {
      (part: Part.group($0.segment.group), rows: $0.segment.now, outcome: compare($0.reference, $0.current))
    }
    if few.count > 1, var (_, reference, current) = few.first {
      for sample in few.dropFirst() {
        reference.merge(sample.reference)
        current.merge(sample.current)
      }
      let pool = compare(reference, current)
      compared.append((.few(few.count), current.rows, hasSameMix(few.map(\.segment)) ? pool : unmixed(pool, pair)))
    }
    return compared
  }

  /// Whether groups that are compared together have as large a share of the rows on both sides, but for chance: else a
  /// column of which no group has changed differs by how many rows each has.
  private func hasSameMix(_ groups: [Segment]) -> Bool {
    let counts = [groups.map { Double($0.before) }, groups.map { Double($0.now) }]
    guard let table = try? ContingencyTable(counts), let test = try? ChiSquaredHomogeneity.test(table) else {
      return true
    }
    return test.p.value >= 0.01
  }

  /// What can be said of groups that were compared together although their shares have changed.
  private func unmixed(_ outcome: DriftPair.Outcome, _ pair: DriftPair) -> DriftPair.Outcome {
    guard case .compared = outcome else { return outcome }
    let words =
      "the groups of few rows have other shares of them than in \(baseline), so that together they tell nothing"
    return .finding(pair.planned.finding(.inconclusive, words, evidence: Evidence(notes: [])))
  }

  private func finding(of pair: DriftPair, _ parts: [(part: Part, finding: Finding)]) -> Finding {
    if parts.count == 1, case .all = parts[0].part { return parts[0].finding }
    guard !parts.isEmpty else {
      return pair.planned.finding(
        .errored, "no group by \(groups.joined(separator: ", ")) is both here and in \(baseline)", reason: .baseline)
    }
    let groups = groups
    var finding = GroupedFinding(
      pair.planned, by: groups, parts.map { part in ({ part.part.words(groups) }, part.finding) }
    ).finding
    if finding.outcome == .inconclusive, family.isLenient { finding.severity = .warn }
    return finding
  }

  // MARK: - The groups

  /// How many rows are in groups that the other side does not have.
  private func mass(_ segments: [Segment]) -> (parts: [DriftPart], undefined: [String]) {
    var (parts, undefined): ([DriftPart], [String]) = ([], [])
    func compare(_ subject: String, _ count: (Segment) -> Int, lacking other: (Segment) -> Int) {
      let unseen = segments.filter { count($0) > 0 && other($0) == 0 }
      do throws(Undefined) {
        let mass = try UnseenMass(
          seenOnce: segments.count { other($0) == 1 }, of: segments.map(other).reduce(0, +),
          unseen: unseen.map(count).reduce(0, +), of: segments.map(count).reduce(0, +), confidence: terms.confidence)
        var part = DriftPart(
          subject, "excess of rows in \(subject)", mass, limit: terms.unseenLimit, at: terms.unseen?.location)
        if !unseen.isEmpty {
          let most = unseen.sorted { (count($0), $1.group) > (count($1), $0.group) }.prefix(5)
          let words = most.map { "\($0.group.words(groups)) (\(Quantity.grouped(count($0))) rows)" }
          part.notes = [
            "\(subject): \(words.joined(separator: "; "))" + (unseen.count > 5 ? "; and \(unseen.count - 5) more" : "")
          ]
        }
        parts.append(part)
      } catch {
        undefined.append("\(subject) cannot be told: \(error)")
      }
    }
    compare("new groups", \.now, lacking: \.before)
    compare("vanished groups", \.before, lacking: \.now)
    return (parts, undefined)
  }
}
