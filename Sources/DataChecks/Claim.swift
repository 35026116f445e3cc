internal import Expressions
internal import Planning
internal import Scan
internal import Verdict

/// A check with what it needs to be prepared once the header is known; or a family of checks that are decided together.
struct Claim: Sendable {
  var planned: PlannedCheck
  /// The checks of the family besides the one that speaks of it as a whole.
  var members: [PlannedCheck] = []
  /// The columns without which the check is pointless.
  var columns: [String]
  /// Whether it speaks of all columns of the table.
  var readsAllColumns = false
  /// What it needs of other datasets.
  var peers: [PeerReference]
  /// What it makes of the history of its number; nil for a check that looks at none.
  var watch: Watch?
  /// What a sample of the rows does not tell, and all of them do; nil when a part of them has an answer of its own.
  private let needsAllRows: String?
  /// What breaks it on purpose.
  let violation: Violation
  /// The rows that it speaks of.
  private let scope: CheckScope?
  /// Whether the condition of its rows selects those of the peers, too.
  private let selectsPeers: Bool
  /// The columns whose values make groups, for a family that tells them apart itself.
  private var groups: [String] = []
  private let check: Preparation

  /// A check that makes one finding, or a family that makes one for each of its checks.
  private enum Preparation: Sendable {
    case single(@Sendable (TableContext, inout Plan) -> Evaluation)
    case family(@Sendable (TableContext, inout Plan) -> FamilyEvaluation)
  }

  init(
    planned: PlannedCheck, columns: [String], peers: [PeerReference] = [], needsAllRows: String? = nil,
    scope: CheckScope? = nil, selectsPeers: Bool = false, violation: Violation = Violation(),
    check: @escaping @Sendable (TableContext, inout Plan) -> Evaluation
  ) {
    self.planned = planned
    self.columns = columns + (scope?.columns ?? []).filter { !columns.contains($0) }
    self.peers = peers
    self.needsAllRows = needsAllRows
    self.scope = scope
    self.selectsPeers = selectsPeers
    self.violation = violation
    self.check = .single(check)
  }

  /// A family, which speaks of all rows, or of all groups of them.
  init(
    family: PlannedCheck, members: [PlannedCheck], columns: [String] = [], peers: [PeerReference],
    needsAllRows: String? = nil, by groups: [String] = [], violation: Violation = Violation(),
    check: @escaping @Sendable (TableContext, inout Plan) -> FamilyEvaluation
  ) {
    planned = family
    self.members = members
    self.columns = columns + groups.filter { !columns.contains($0) }
    self.groups = groups
    self.peers = peers
    self.needsAllRows = needsAllRows
    (scope, selectsPeers) = (nil, false)
    self.violation = violation
    self.check = .family(check)
  }

  /// All checks that it makes findings of, in their order.
  var checks: [PlannedCheck] { [planned] + members }

  /// The finding where only a part of the rows is read; nil when that is enough.
  var findingOfSample: Finding? {
    needsAllRows.map { planned.finding(.skipped, "a part of the rows does not tell \($0)", reason: .requested) }
  }

  /// A check as it is violated on purpose.
  struct Violation: Sendable {
    /// Nil when nobody knows how.
    var check: (any Violable)?
    var column = ""
    var allow: Quantity?
  }

  /// The rows that it speaks of; nil for all of them.
  var rows: RowScope? { scope?.rows }

  /// Requires what the check needs, of the rows that it speaks of; the findings are those of `checks`.
  func prepare(_ table: TableContext, _ plan: inout Plan) -> FamilyEvaluation {
    switch check {
    case .family(let check):
      var table = table
      table.groups = groups
      return check(table, &plan)
    case .single(let check):
      let evaluate = prepare(check, table, &plan)
      return { [evaluate($0)] }
    }
  }

  private func prepare(
    _ check: @Sendable (TableContext, inout Plan) -> Evaluation, _ table: TableContext, _ plan: inout Plan
  ) -> Evaluation {
    guard let scope, let rows = scope.rows else { return check(table, &plan) }
    var table = table
    table.isScoped = true
    let (evaluate, slot) = plan.within(rows) { [table] in check(table, &$0) }
    // The rows that a condition selects do not tell which groups it leaves without any.
    let emptiesGroups = rows.condition != nil && !rows.groups.isEmpty
    let all = emptiesGroups ? plan.within(RowScope(by: rows.groups, as: rows.types)) { _ in }.rows : slot
    let others = selectsPeers ? peers.map { table.peers[$0.dataset] } : []
    let unread = scope.condition?.unreadRows(of: table, and: others, &plan)
    let history = table.history
    return { measurements in
      // Of rows that may or may not be selected, nothing is told by judging the others.
      let (unreadable, notes) = unread?(measurements) ?? (nil, [])
      if let unreadable { return unreadable }
      let (parts, groups): ([Part], [Part])
      do throws(GroupExcess) {
        (parts, groups) = (try measurements.parts(slot), try measurements.parts(all))
      } catch {
        return planned.unanswered(by: scope.groups, error)
      }
      let unselected = measurements.unselected(slot)
      var finding =
        scope.groups.isEmpty
        ? parts.first.map { evaluate($0.measurements) } ?? nothing
        : grouped(
          by: scope.groups, parts, beside: (emptiesGroups ? groups : []) + remembered(by: history, measurements),
          evaluate)
      if let condition = scope.condition {
        finding.evidence.notes.append("only rows where \(condition.text); others: \(Quantity.grouped(unselected))")
        finding.evidence.notes += notes
        // What another table lacks is told without counts of the rows here.
        let isAboutRows = selectsPeers || finding.evidence.counts != nil
        if isAboutRows, finding.outcome == .errored, finding.reason == .nothingToEvaluate, unselected > 0 {
          finding.message += " among the rows where \(condition.text)"
        }
      }
      return finding
    }
  }

  /// The groups that earlier runs had, of a check that compares with these.
  private func remembered(by history: HistoryAccess, _ measurements: Measurements) -> [Part] {
    (watch?.groups(knownTo: history, of: planned.id) ?? []).map { ($0, measurements.part(of: $0)) }
  }

  /// The finding of all groups. Those of which no row is left are judged by what bounds the number of rows; for any other
  /// claim there is nothing to evaluate in them, and the finding says of how many that is so.
  private func grouped(
    by columns: [String], _ parts: [Part], beside all: [Part], _ evaluate: Evaluation
  ) -> Finding {
    // That nothing is there is no good news because of each group there was often next to nothing.
    if watch != nil, parts.isEmpty { return nothing }
    var selected = Set(parts.map(\.group))
    let emptied = all.filter { selected.insert($0.group).inserted }.map { ($0.group, evaluate($0.measurements)) }
    let judged = emptied.filter { $0.1.outcome != .errored || $0.1.reason != .nothingToEvaluate }
    let findings = parts.map { ($0.group, evaluate($0.measurements)) } + judged
    var finding = GroupedFinding(planned, by: columns, findings.sorted { $0.0 < $1.0 }).finding
    let unjudged = emptied.count - judged.count
    if unjudged > 0 {
      finding.evidence.notes.append("groups without such a row, not judged: \(Quantity.grouped(unjudged))")
    }
    let new = watch == nil ? [] : findings.filter { $0.1.outcome == .skipped }.map { $0.0.words(columns) }
    if !new.isEmpty, finding.outcome != .skipped {
      finding.evidence.notes.append("no history yet: \(TableContext.words(new))")
    }
    return finding
  }

  private typealias Part = (group: RowGroup, measurements: Measurements)

  private var nothing: Finding { planned.finding(.errored, "there are no rows", reason: .nothingToEvaluate) }
}
