internal import Language
internal import Planning
internal import Scan
internal import Verdict

extension DatasetSubject {
  /// Violates each of some claims on purpose, on the first rows of the data, and tells whether its check fails.
  ///
  /// A claim that so few rows leave undecided, or cannot break, is tried on more of them. Memory is bounded by the number
  /// of values.
  func selfTest(_ selected: [Claim], in context: RunContext) async -> [Finding] {
    var (waiting, found) = ([Claim](), [CheckID: Finding]())
    for claim in selected {
      if claim.violation.check != nil {
        waiting.append(claim)
      } else {
        found[claim.planned.id] = claim.planned.selfTest.finding(
          .skipped, "nobody knows yet how to violate \"\(claim.planned.kind)\" on purpose")
      }
    }
    let sizes = source.canBeReadAgain ? Self.sizes : Array(Self.sizes.suffix(1))
    var source = source
    source.options.expectedColumns = selected.flatMap(\.columns)
    source.options.temporaryFolder = resources(context).temporaryFolder
    for size in sizes where !waiting.isEmpty {
      context.progress("violating \(source.name) on purpose")
      do {
        let (table, isWhole) = try MemoryTable.beginning(of: source, rows: size, cells: Self.cells)
        var part = SelfTestPart(
          subject: self, context: context, table: table, isWhole: isWhole, isLast: isWhole || size == sizes.last)
        try await part.makeUpHistory(of: waiting)
        let controls = try await part.findings(of: waiting, on: table)
        for (claim, control) in zip(waiting, controls) {
          if Task.isCancelled { return Array(found.values) }
          if let finding = try await part.finding(of: claim, control) { found[claim.planned.id] = finding }
        }
        waiting = waiting.filter { found[$0.planned.id] == nil }
      } catch {
        guard error.kind != .cancelled else { break }
        for claim in waiting {
          found[claim.planned.id] = claim.planned.selfTest.finding(
            .errored, error.message, reason: error.kind == .limit ? .limit : .io,
            evidence: Evidence(notes: error.hint.map { [$0] } ?? []))
        }
        waiting = []
      }
    }
    return selected.compactMap { found[$0.planned.id] }
  }

  /// How many rows are tried, as long as fewer of them do not do.
  private static var sizes: [Int] { [1000, 10_000, 100_000] }
  private static var cells: Int { 1_500_000 }
}

/// The part of a dataset on which its claims are tried.
private struct SelfTestPart {
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
    for (claim, finding) in zip(watching, try await findings(of: watching, on: table)) {
      guard let watch = claim.watch else { continue }
      for metric in finding.metrics {
        let key = MetricHistory.Key(check: claim.planned.id.description, metric: metric.name)
        history[key] = watch.runs(like: metric.value, before: context.now)
      }
    }
  }

  /// What the gate says of some claims on a table: by the same plan as on files. A family is red where one of its members
  /// is; otherwise it is the verdict on all.
  func findings(of claims: [Claim], on table: MemoryTable) async throws(ScanError) -> [Finding] {
    var context = context
    context.threads = 1
    context.history = .known(history)
    var scan = MemoryScan(table, of: subject.source, subject.resources(context))
    let found = try await subject.findings(of: claims, on: &scan, in: context).findings
    return zip(claims, found).map { claim, findings in
      findings.first { $0.outcome == .failed } ?? findings.first
        ?? claim.planned.finding(.skipped, "there is nothing to say of it")
    }
  }

  /// Nil when more rows may tell what these do not, and when nobody waits for it any more.
  func finding(of claim: Claim, _ control: Finding) async throws(ScanError) -> Finding? {
    let planned = claim.planned.selfTest
    guard control.outcome == .passed || isLast else { return nil }
    guard let check = claim.violation.check else { return nil }
    var control = control
    var (base, specimen) = (Mutation(of: table, hiding: subject.rules.sensitive), try await specimen(of: claim, table))
    if isWhole, let times = specimen.repetitions(of: claim.columns) {
      base.repeatRows(specimen.rows, times: times)
      specimen = try await self.specimen(of: claim, base.table)
    } else if !isWhole, let times = specimen.repetitions(for: check.rowsNeeded) {
      base.repeatRows(specimen.rows, times: times)
      specimen = try await self.specimen(of: claim, base.table)
      control = try await findings(of: [claim], on: base.table).first ?? control
    }
    guard control.outcome == .passed else { return planned.finding(before: control, on: rows) }
    do throws(Unviolated) {
      return try await finding(of: claim, try check.trials(on: specimen), from: base).get()
    } catch {
      return error.rowsNeeded != nil && !isLast ? nil : planned.finding(.skipped, error.reason)
    }
  }

  /// Tries one change after the other until the check fails.
  private func finding(of claim: Claim, _ trials: Trials, from base: Mutation) async -> Result<Finding?, Unviolated> {
    let planned = claim.planned.selfTest
    var green: [String] = []
    var error: (change: String, finding: Finding)?
    for change in trials.changes where !Task.isCancelled {
      var mutation = base
      change(&mutation)
      guard mutation.goes(beyond: base) else { continue }
      let findings: [Finding]
      do throws(ScanError) {
        findings = try await self.findings(of: [claim], on: mutation.table)
      } catch {
        return error.kind == .cancelled ? .success(nil) : .failure(Unviolated(error.message))
      }
      guard let finding = findings.first else { continue }
      switch finding.outcome {
      case .failed:
        let before = claim.watch == nil ? "" : "after runs like this one, "
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

  private var rows: String { isWhole ? "the data" : "the first \(Quantity(Double(table.rowCount), .rows))" }

  private func specimen(of claim: Claim, _ table: MemoryTable) async throws(ScanError) -> Specimen {
    var specimen = Specimen(
      table, rows: try await members(of: claim, table), rules: subject.rules, isWhole: isWhole,
      now: Int64(clamping: Int128(context.now) * Int128(Instant.perSecond)))
    (specimen.column, specimen.allow) = (claim.violation.column, claim.violation.allow)
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
