package import Language
package import Planning
package import Scan
package import Verdict

/// One dataset with all the claims that the config makes about it.
package struct DatasetSubject: Subject {
  package let suite = Suite.data
  package let name: String
  package let location: SourceLocation?
  /// The files to read, and how to read them.
  package let source: TableSource
  /// What else is to be learnt in the pass that the checks make.
  package var companion: Companion?
  /// The comparison with the baseline, when the rules have one.
  package let drift: DriftCheck?
  let claims: [Claim]
  let rules: RulesContext

  /// Requires aggregates of some columns beside those of the checks, and takes what comes of them. It is offered no
  /// sensitive column, and is not called back when the table could not be read.
  package typealias Companion = @Sendable ([Field], inout Plan) -> @Sendable (Measurements) -> Void

  /// Plans every check of the rules and reports what is wrong with them.
  ///
  /// - Parameters:
  ///   - environment: where the gate runs, by the name that the rules use; nil when nobody said.
  ///   - peers: the datasets of the config, this one included; nil when there is no config.
  ///   - baseline: what the data are compared with; nil when the config names nothing.
  ///   - keepsHistory: whether the config names a history of runs.
  package init(
    name: String, location: SourceLocation?, source: TableSource, rules: Rules, environment: String? = nil,
    peers: [PeerDataset]? = nil, baseline: DataBaseline? = nil, keepsHistory: Bool = true,
    problems: inout Problems
  ) {
    self.name = name
    self.location = location
    self.source = source.read(by: rules)
    let list = ClaimList(
      dataset: name, files: source.files.map(\.name), location: location, rules: rules,
      environment: environment, peers: peers, baseline: baseline, keepsHistory: keepsHistory, &problems)
    claims = list.claims
    drift = list.drift
    self.rules = list.context
  }

  package var checks: [PlannedCheck] { claims.flatMap(\.checks) }

  /// What the check with that identity makes of the history of its number; nil for one that looks at none.
  package func watch(of check: String) -> Watch? {
    claims.first { $0.planned.id.description == check }?.watch
  }

  /// The names of the datasets that the checks look at besides this one.
  package var peers: Set<String> { Set(claims.flatMap(\.peers).map(\.dataset.value)) }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    let selected = claims.filter { $0.checks.contains { selection.includes($0.id) } }
    // What a family says as a whole, its members say column by column: who asks for it asks for them.
    func isAsked(_ id: CheckID, of claim: Claim) -> Bool {
      selection.includes(id) || selection.includes(claim.planned.id)
    }
    guard !selected.isEmpty else { return [] }
    context.progress("reading \(source.name)")
    let resources = resources(context)
    var source = source
    source.options.expectedColumns = selected.flatMap(\.columns) + self.rules.rowKey
    source.options.wantsAllColumns = selected.contains(where: \.readsAllColumns)
    source.options.temporaryFolder = resources.temporaryFolder
    var backend = NativeScan(source, resources)
    do {
      let (found, rows) = try await findings(of: selected, on: &backend, in: context, with: companion)
      let keyed = await keyed(found, rows, on: &backend)
      return marked(zip(selected, keyed).flatMap { claim, found in found.filter { isAsked($0.id, of: claim) } }, rows)
    } catch {
      let checks = selected.flatMap { claim in claim.checks.filter { isAsked($0.id, of: claim) } }
      return error.kind == .cancelled ? [] : marked(unreadable(checks, error), nil)
    }
  }

  /// What the table of a backend says of some claims, in their order, of each by its checks, and how many rows it has.
  func findings(
    of selected: [Claim], on backend: inout some Backend, in context: RunContext, with companion: Companion? = nil
  ) async throws(ScanError) -> (findings: [[Finding]], rows: RowCount) {
    let fields = try backend.fields()
    let peers = OpenPeers(selected.flatMap(\.peers), among: rules.peers ?? [], resources(context))
    let table = tables(fields, context, peers)
    let types = ColumnTypes(fields)
    var plan = Plan(rowKey: rules.rowKey.filter { types[$0] != nil })
    let evaluations = selected.map { claim in
      let judgements = plan.judgementCount
      let evaluate = prepare(claim, table(claim), peers, &plan)
      let judgesRows = plan.judgementCount > judgements
      return { (measurements: Measurements) in evaluate(measurements).map { $0.judging(rows: judgesRows) } }
    }
    let take = companion?(fields.columns.filter { $0.type.isRead && !rules.sensitive.contains($0.name) }, &plan)
    let rows = plan.require(RowCount.Specification())
    let measurements = try await plan.measure(with: &backend, peers: peers.backends)
    take?(measurements)
    return (evaluations.map { $0(measurements) }, measurements[rows])
  }

  func resources(_ context: RunContext) -> ScanResources {
    ScanResources(
      threads: context.threads, memory: context.memory, temporaryFolder: context.environment["TMPDIR"] ?? "/tmp")
  }

  /// The table as each claim sees it.
  func tables(_ fields: [Field], _ context: RunContext, _ peers: OpenPeers) -> (Claim) -> TableContext {
    // Looked up by name once for every check: a table may have a hundred thousand columns.
    let types = ColumnTypes(fields)
    let names = source.files.map(\.name)
    let columns = fields.columns
    let now = Int64(clamping: Int128(context.now) * Int128(Instant.perSecond))
    return { claim in
      TableContext(
        planned: claim.planned, fields: columns, types: types, files: names, rules: rules, peers: peers.opened,
        history: context.history, now: now)
    }
  }

  private func prepare(
    _ claim: Claim, _ table: TableContext, _ peers: OpenPeers, _ plan: inout Plan
  ) -> FamilyEvaluation {
    /// A finding of the whole claim, on which those of its members depend.
    @Sendable func whole(_ finding: Finding) -> [Finding] {
      [finding] + claim.members.map { $0.skipped(because: finding.id) }
    }
    guard let absent = claim.columns.first(where: { table.types[$0] == nil }) else {
      if source.sample != nil, let finding = claim.findingOfSample { return { _ in whole(finding) } }
      // A family tells which of its columns is not read.
      if claim.members.isEmpty, let finding = table.unread(among: claim.columns) { return { _ in whole(finding) } }
      if let finding = peers.finding(for: claim.planned, claim.peers) { return { _ in whole(finding) } }
      let evaluate = claim.prepare(table, &plan)
      guard claim.readsAllColumns else { return evaluate }
      // Through a pipe the first rows are gone when a later one brings another column.
      let late = plan.require(LateColumns.Specification())
      return { measurements in table.unread(measurements[late]).map(whole) ?? evaluate(measurements) }
    }
    if let fields = table.types.fields(of: absent) {
      let words = "the column \"\(absent)\" is a struct, which has no values of its own: its fields are \(fields)"
      let evidence = Evidence(notes: ["name the fields that are meant"])
      let finding = claim.planned.finding(.errored, words, reason: .undefined, evidence: evidence)
      return { _ in whole(finding) }
    }
    guard rules.optional.contains(absent) else {
      let finding = claim.planned.skipped(becauseAbsent: absent)
      return { _ in whole(finding) }
    }
    let late = plan.require(LateColumns.Specification())
    return { measurements in
      if let words = measurements[late].words(for: absent, in: table.files) {
        return whole(claim.planned.finding(.errored, words, reason: .limit))
      }
      let hint = table.types.hint(at: absent).map { "; \($0)" } ?? ""
      let message = "the optional column \"\(absent)\" is absent\(hint)"
      return whole(claim.planned.finding(.skipped, message, reason: .requested))
    }
  }

  /// The findings, each with the part of the table that it speaks of: a small table is read whole.
  private func marked(_ findings: [Finding], _ count: RowCount?) -> [Finding] {
    guard let share = source.sample, count?.leftOut != 0 else { return findings }
    let part = Evidence.Sampled(share: Quantity(share, .share), rows: count?.rows ?? 0, leftOut: count?.leftOut ?? 0)
    return findings.map { $0.sampled(part) }
  }

  /// The table could not be read: that is one error, and no verdict for everything else.
  private func unreadable(_ selected: [PlannedCheck], _ error: ScanError) -> [Finding] {
    let readable = CheckID(suite: suite, subject: name, check: ReadableCheck.kind)
    let reason: Reason = error.kind == .limit ? .limit : .io
    let evidence = Evidence(notes: error.hint.map { [$0] } ?? [])
    var findings = selected.map { check in
      check.id == readable
        ? check.finding(.errored, error.message, reason: reason, evidence: evidence)
        : check.skipped(because: readable)
    }
    if !selected.contains(where: { $0.id == readable }), let claim = claims.first {
      // A selection that leaves `readable` out must not hide that nothing could be read.
      findings.insert(
        claim.planned.finding(.errored, error.message, reason: reason, evidence: evidence), at: 0)
    }
    return findings
  }
}

extension Finding {
  /// The finding of a check of which it is known whether it judges single rows. Where it does not, its failure is not
  /// that of 0 rows.
  fileprivate func judging(rows judgesRows: Bool) -> Finding {
    var finding = self
    finding.judgesRows = judgesRows
    let isHeld = outcome != .failed && outcome != .inconclusive
    if !judgesRows, !isHeld, evidence.counts?.violating == 0 { finding.evidence.counts?.violating = nil }
    return finding
  }
}
