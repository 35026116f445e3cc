internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The part of a dataset on which its claims are tried.
struct SelfTestPart {
  let subject: DatasetSubject
  let context: RunContext
  let table: MemoryTable
  let isWhole: Bool
  /// Whether there is no larger one.
  let isLast: Bool
  /// Earlier runs, for the claims that compare with them.
  var history = MetricHistory()

  /// Makes up earlier runs that measured about what this part of the data does: those of the whole say nothing of it.
  mutating func makeUpHistory(of claims: [Claim]) async throws(ScanError) {
    let watching = claims.filter { $0.watch != nil }
    guard !watching.isEmpty else { return }
    for (claim, findings) in zip(watching, try await findings(of: watching, on: table)) {
      guard let watch = claim.watch, let finding = findings.first else { continue }
      for metric in finding.metrics {
        let key = MetricHistory.Key(check: claim.planned.id.description, metric: metric.name)
        history[key] = watch.runs(like: metric.value, before: context.now)
      }
    }
  }

  /// What the gate says of some claims on a table, of each by its checks: by the same plan as on files.
  private func findings(of claims: [Claim], on table: MemoryTable) async throws(ScanError) -> [[Finding]] {
    var context = context
    context.threads = 1
    context.history = .known(history)
    var scan = MemoryScan(table, of: subject.source, subject.resources(context))
    return try await subject.findings(of: claims, on: &scan, in: context).findings
  }

  /// What the gate says of some checks before anything is changed.
  func controls(of checks: [TestedCheck]) async throws(ScanError) -> [Finding] {
    // The checks of a family are decided together.
    var claims: [Claim] = []
    for check in checks where claims.last?.planned.id != check.claim.planned.id { claims.append(check.claim) }
    let found = try await findings(of: claims, on: table)
    let byClaim = Dictionary(zip(claims.map(\.planned.id), found)) { one, _ in one }
    return checks.map { $0.finding(among: byClaim[$0.claim.planned.id] ?? []) }
  }

  func finding(of check: TestedCheck, on table: MemoryTable) async throws(ScanError) -> Finding {
    check.finding(among: try await findings(of: [check.claim], on: table).first ?? [])
  }

  /// Nil when more rows may tell what these do not, and when nobody waits for it any more.
  func finding(of tested: TestedCheck, _ control: Finding) async throws(ScanError) -> Finding? {
    let (planned, claim) = (tested.planned.selfTest, tested.claim)
    // What is left out on these rows is so on more of them.
    guard control.outcome == .passed || isLast || control.outcome == .skipped && tested.isMember else { return nil }
    guard let check = claim.violation.check else { return nil }
    var control = control
    var (base, specimen) = (Mutation(of: table, hiding: subject.rules.sensitive), try await specimen(of: tested, table))
    if isWhole, let times = specimen.repetitions(of: claim.columns) {
      base.repeatRows(specimen.rows, times: times)
      specimen = try await self.specimen(of: tested, base.table)
    } else if !isWhole, let times = specimen.repetitions(for: check.rowsNeeded) {
      base.repeatRows(specimen.rows, times: times)
      specimen = try await self.specimen(of: tested, base.table)
      control = try await finding(of: tested, on: base.table)
    }
    guard control.outcome == .passed else { return planned.finding(before: control, on: rows) }
    do throws(Unviolated) {
      let trials = try check.trials(on: specimen)
      guard trials.gradual.isEmpty else { return try await finding(of: tested, trials.gradual, from: base) }
      return try await finding(of: tested, trials, from: base).get()
    } catch {
      return error.rowsNeeded != nil && !isLast ? nil : planned.finding(.skipped, error.reason)
    }
  }

  /// Tries one change after the other until the check fails.
  private func finding(
    of check: TestedCheck, _ trials: Trials, from base: Mutation
  ) async -> Result<Finding?, Unviolated> {
    let planned = check.planned.selfTest
    var green: [String] = []
    var error: (change: String, finding: Finding)?
    for change in trials.changes where !Task.isCancelled {
      var mutation = base
      change(&mutation)
      guard mutation.goes(beyond: base) else { continue }
      let finding: Finding
      do throws(ScanError) {
        finding = try await self.finding(of: check, on: mutation.table)
      } catch {
        return error.kind == .cancelled ? .success(nil) : .failure(Unviolated(error.message))
      }
      switch finding.outcome {
      case .failed:
        let before = check.claim.watch == nil ? "" : "after runs like this one, "
        return .success(planned.finding(.passed, "\(before)\(mutation.description) turns it red: \(finding.message)"))
      case .errored: if error == nil { error = (mutation.description, finding) }
      case .passed, .inconclusive, .skipped: green.append(mutation.description)
      }
    }
    if Task.isCancelled { return .success(nil) }
    if let error, green.isEmpty {
      let words = "it could not be evaluated after \(error.change): \(error.finding.message)"
      return .success(planned.finding(.errored, words, reason: error.finding.reason))
    }
    guard let first = green.first else { return .failure(Unviolated("no value is left that could be changed")) }
    if trials.areViolations { return .success(planned.finding(stayingGreenAfter: green.count, first)) }
    return isLast
      ? .success(
        planned.finding(
          .skipped, "none of \(green.count) changes turned it red, which does not say that none can: \(first)"))
      : .success(nil)
  }

  /// So many rows of another dataset are enough to take one from.
  private static let neighbouringRows = 100
  private static let cells = 1_500_000

  var rows: String { isWhole ? "the data" : "the first \(Quantity(Double(table.rowCount), .rows))" }

  private func specimen(of check: TestedCheck, _ table: MemoryTable) async throws(ScanError) -> Specimen {
    let claim = check.claim
    var specimen = Specimen(
      table, rows: try await members(of: claim, table), rules: subject.rules, isWhole: isWhole,
      now: Int64(clamping: Int128(context.now) * Int128(Instant.perSecond)))
    (specimen.column, specimen.allow) = (check.column, claim.violation.allow)
    for peer in subject.rules.peers ?? [] where claim.peers.contains(where: { $0.dataset.value == peer.name }) {
      let beginning = try MemoryTable.beginning(of: peer.source, rows: Self.neighbouringRows, cells: Self.cells).table
      specimen.neighbours[peer.name] = .init(table: beginning, sensitive: peer.rules.sensitive)
    }
    return specimen
  }

  private func members(of claim: Claim, _ table: MemoryTable) async throws(ScanError) -> [Int] {
    guard let scope = claim.rows else { return Array(0..<table.rowCount) }
    var plan = Plan()
    let slot = plan.require(ScopeMembers.Specification(scope), judgesRows: false)
    var scan = MemoryScan(table, of: subject.source)
    return try await scan.compute(plan)[slot].largest
  }
}
