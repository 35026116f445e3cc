internal import Expressions
internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// One evaluation of a model by its predictions: reads both sides, joins them, and judges the gates.
struct PredictionsRun<Rows: PredictedRows>: Sendable {
  let declaration: ModelDeclaration
  let plan: PredictionsPlan
  let write: @Sendable (_ bytes: [UInt8], _ path: String) -> String?
  let context: RunContext
  /// Whether every metric is moved beyond its limit, to see that the gate fails.
  var isSelfTest = false
  /// How often an equal candidate ought to pass, where findings are to note the training runs for it.
  var power: Double?

  private typealias Baseline = ComparedRows<Rows>

  /// What comes of reading both sides.
  private enum Reading {
    /// Nothing can be judged; this is all there is to say.
    case concluded([Finding])
    /// The rows, with what was found on the way to them.
    case judged([Finding], PredictionsJudge<Rows>, PredictionTable)
  }

  /// The findings of the selected checks, in their order.
  func findings(_ selection: Selection) async -> [Finding] {
    switch await read(selection) {
    case .concluded(let findings): return findings
    case .judged(let found, let judge, let table):
      let findings = found + (await judge.findings(selection))
      return declaration.usesHistory ? findings.recording(plan.checks, of: declaration, contract(table)) : findings
    }
  }

  /// The metrics of the selected checks, of all rows and of every slice. None where the rows cannot be judged.
  func levels(_ selection: Selection) async -> [MetricLevel] {
    guard case .judged(_, let judge, _) = await read(selection) else { return [] }
    return await judge.levels(selection)
  }

  private func read(_ selection: Selection) async -> Reading {
    var findings: [Finding] = []
    let selected = plan.checks.filter { selection.includes($0.planned.id) }
    let isCheckSelected = selection.includes(plan.predictions.id)
    func conclude(_ finding: Finding, blocking obstacle: Obstacle) -> Reading {
      let gates = selected.map { check in
        isCheckSelected ? check.planned.skipped(because: plan.predictions.id) : obstacle.finding(for: check)
      }
      let join = plan.join.flatMap { selection.includes($0.id) ? $0.skipped(because: plan.predictions.id) : nil }
      return .concluded((isCheckSelected ? [finding] : []) + (join.map { [$0] } ?? []) + gates)
    }
    guard let path = declaration.candidate.predictions else { return .concluded([]) }
    let table: PredictionTable
    switch await load(path, candidateRequest, declaration.candidate, role: .candidate) {
    case .success(let loaded): table = loaded
    case .failure(let problem):
      let obstacle = problem.obstacle
      return conclude(obstacle.finding(for: plan.predictions), blocking: obstacle)
    }
    let columns = declaration.columns(of: declaration.candidate)
    let candidate: Rows
    var losses = ModelLosses()
    do throws(RowProblem) {
      candidate = try Rows(table, columns, declaration.predictions)
      losses.candidate = try declaration.losses(of: declaration.candidate, .candidate, in: table)
    } catch {
      let obstacle = error.obstacle
      return conclude(obstacle.finding(for: plan.predictions), blocking: obstacle)
    }
    if let obstacle = repeatedIDs(
      of: table, joins: declaration.baseline?.predictions != nil && wantsBaseline(selection))
    {
      return conclude(obstacle.finding(for: plan.predictions), blocking: obstacle)
    }
    let (baseline, join, problem) = await self.baseline(for: candidate, table, selection, &losses)
    guard !Task.isCancelled else { return .concluded([]) }
    if isCheckSelected {
      findings.append(
        predictionsFinding(
          table, problem,
          baseline.rows.flatMap { rows in
            RegressionLedger(
              candidate, rows, table, declaration.predictions,
              isOfFirstRuns: [declaration.candidate, declaration.baseline].contains { $0?.repeats.isEmpty == false })
          }, candidate.remarks(declaration.predictions)))
    }
    if let join { findings.append(join) }
    var repeats = TrainingRepeats<Rows>()
    do throws(Obstacle) {
      repeats.candidates = try await self.repeats(of: declaration.candidate, .candidate, candidate, table)
      if baseline.rows != nil, let side = declaration.baseline {
        repeats.baselines = try await self.repeats(of: side, .baseline, candidate, table)
      }
    } catch {
      return conclude(error.finding(for: plan.predictions), blocking: error)
    }
    let clusters: Clusters?
    do throws(RowProblem) {
      clusters = try self.clusters(of: table, candidate)
    } catch {
      let obstacle = error.obstacle
      return conclude(obstacle.finding(for: plan.predictions), blocking: obstacle)
    }
    context.progress("judging \(plan.checks.count) gates")
    let fairness = FairnessJudge(
      declaration: declaration, table: table, candidate: candidate, baseline: baseline, clusters: clusters,
      repeats: repeats)
    let discovery = SliceDiscovery(
      declaration: declaration, table: table, candidate: candidate, baseline: baseline, losses: losses)
    let judge = PredictionsJudge(
      declaration: declaration, checks: plan.checks, candidate: candidate, baseline: baseline, losses: losses,
      clusters: clusters, repeats: repeats,
      slicings: slicings(of: table, candidate).merging(
        discovery.slicings(of: selected.contains { $0.slice != nil } ? plan.checks : [])
      ) { $1 },
      fairness: fairness.measure(plan.checks), threads: context.threads, isSelfTest: isSelfTest, power: power)
    return .judged(findings, judge, table)
  }

  // MARK: - Reading

  private var candidateRequest: PredictionRequest {
    var request = Rows.request(declaration.columns(of: declaration.candidate))
    if declaration.sharesFile, let baseline = declaration.baseline {
      request.add(Rows.request(declaration.columns(of: baseline)))
    }
    declaration.addLosses(of: declaration.candidate, .candidate, to: &request)
    if declaration.sharesFile, let baseline = declaration.baseline {
      declaration.addLosses(of: baseline, .baseline, to: &request)
    }
    let shared = sharedColumns
    for name in shared.words { request.add(name, as: .words) }
    for name in shared.numbers { request.add(name, as: .numbers) }
    for condition in dividing.compactMap(\.condition) {
      if let claim = try? Expression(condition.value, types: [:]) { request.add(claim: claim.compiled) }
    }
    request.key = declaration.predictions.id.map(\.value)
    request.search = plan.checks.contains { $0.slice?.discovery != nil } ? search : nil
    return request
  }

  /// What slices are searched by: neither by what is predicted, nor by what rows are called.
  private var search: SearchRequest {
    var search = SearchRequest()
    let discoveries = declaration.slices.compactMap(\.discovery)
    search.columns = discoveries.flatMap { $0.columns.map(\.value) }
    search.searchesAll = discoveries.contains { $0.columns.isEmpty }
    let terms = declaration.predictions
    search.except = Set(
      declaration.sides.flatMap { side in side.columns.roles.flatMap { side.columns[$0]?.columns ?? [] } }
        + (terms.id + [declaration.grouping].compactMap { $0 }).map(\.value)
        + declaration.customMetrics.flatMap(\.losses))
    return search
  }

  /// The rows of a side, with the history of their series where there is one.
  func load(
    _ path: Located<String>, _ request: PredictionRequest, _ side: ModelSide, role: SideRole
  ) async -> Result<PredictionTable, PredictionTable.Problem> {
    let loaded = await PredictionTable.load(
      path, request, role: role, dated: role == .baseline && side.maxAge != nil, context: context)
    guard case .success(var table) = loaded, let history = declaration.predictions.history, let file = history.file
    else { return loaded }
    let columns = declaration.columns(of: side)
    switch await PredictionTable.load(file, history.request(columns), role: .candidate, context: context) {
    case .success(let values):
      do throws(RowProblem) {
        table.history = try history.values(of: values, columns)
        return .success(table)
      } catch {
        return .failure(.unusable(error))
      }
    case .failure(let problem): return .failure(problem)
    }
  }

  /// A row that comes twice counts twice, and every interval takes it for two. With files on both sides the join tells.
  private func repeatedIDs(of table: PredictionTable, joins: Bool) -> Obstacle? {
    let (keys, terms) = (table.columns.keys, declaration.predictions)
    guard !terms.id.isEmpty, !joins else { return nil }
    let pairing = KeyPairing(keys, keys)
    let faults = [
      (keys.nulls, "without an id"), (pairing.firstRepeats, "with an id that an earlier row has"),
    ].filter { $0.0 > 0 }
    guard !faults.isEmpty else { return nil }
    let isHidden = terms.id.contains { terms.sensitive.contains($0.value) }
    let samples = pairing.samples.firstRepeats.map { row in
      let id = isHidden ? nil : keys.text(row, columns: terms.id.count)
      return Evidence.Sample(key: id ?? "row \(row + 1)", value: "comes again")
    }
    let words = faults.map { "\(Quantity(Double($0.0), .rows)) \($0.1)" }.joined(separator: "; ")
    return Obstacle(
      outcome: .failed, message: "\(table.name) has \(words)", samples: samples,
      notes: pairing.firstRepeats > 0 ? table.runsAdvice : [])
  }

  private func clusters(of table: PredictionTable, _ rows: Rows) throws(RowProblem) -> Clusters? {
    guard let group = declaration.grouping else { return nil }
    let words = try table.words(group, as: "group")
    try requireWhole(rows, words.indices, by: "group")
    return Clusters(codes: words.indices, count: words.wordCount)
  }

  /// Throws when rows that are judged at once are in several parts.
  private func requireWhole(_ rows: Rows, _ parts: [Int32], by what: String) throws(RowProblem) {
    guard let wholes = rows.wholes else { return }
    var known: [Int: Int32] = [:]
    for (row, whole) in wholes.enumerated()
    where known.updateValue(parts[row], forKey: whole) ?? parts[row] != parts[row] {
      throw RowProblem(
        message: "row \(row + 1) is in another \(what) than earlier rows that are judged at once with it",
        notes: ["a query or a problem is judged with all of its rows: all of them are in one \(what)"])
    }
  }

  private func slicings(of table: PredictionTable, _ rows: Rows) -> [String: Result<Slicing, Obstacle>] {
    guard plan.checks.contains(where: { $0.slice != nil }) else { return [:] }
    var slicings: [String: Result<Slicing, Obstacle>] = [:]
    for slice in declaration.slices where slice.discovery == nil {
      do throws(RowProblem) {
        let slicing = try Slicing(
          slice, of: table, fewest: declaration.minRows?.value ?? 100, sensitive: declaration.predictions.sensitive)
        if rows.wholes != nil { try requireWhole(rows, slicing.places(of: rows.count), by: "slice by \(slice.name)") }
        slicings[slice.name] = .success(slicing)
      } catch {
        slicings[slice.name] = .failure(error.obstacle)
      }
    }
    return slicings
  }

  private func predictionsFinding(
    _ table: PredictionTable, _ problem: Obstacle?, _ ledger: RegressionLedger?, _ remarks: [String]
  ) -> Finding {
    let rows = Quantity(Double(table.columns.rows), .rows)
    if let problem {
      var finding = problem.finding(for: plan.predictions)
      finding.location = declaration.baseline?.predictions?.location ?? finding.location
      return finding
    }
    var evidence = Evidence(
      counts: .init(rows: table.columns.rows, nulls: 0, evaluated: table.columns.rows, violating: nil))
    evidence.notes = remarks + (ledger?.notes ?? [])
    if let ledger, let file = declaration.predictions.ledger {
      let (name, path) = PredictionTable.resolve(file, context)
      if let problem = write(ledger.csv, path) {
        return plan.predictions.finding(
          .errored, "the ledger could not be written: \(problem)", reason: .io, evidence: evidence,
          location: file.location)
      }
      evidence.notes.append("all of them: \(name)")
    }
    return plan.predictions.finding(.passed, "\(rows) of \(table.name) can be judged", evidence: evidence)
  }

  // MARK: - The baseline

  private func wantsBaseline(_ selection: Selection) -> Bool {
    plan.join.map { selection.includes($0.id) } ?? false
      || plan.checks.contains { $0.needsBaseline && selection.includes($0.planned.id) }
  }

  private func baseline(
    for candidate: Rows, _ table: PredictionTable, _ selection: Selection, _ losses: inout ModelLosses
  ) async -> (Baseline, join: Finding?, problem: Obstacle?) {
    guard let side = declaration.baseline, wantsBaseline(selection) else { return (.unwanted, nil, nil) }
    if side.isHistory { return (.recorded(RecordedBaseline(declaration, contract(table), context)), nil, nil) }
    let joins = plan.join.map { selection.includes($0.id) } ?? false
    /// What is wrong with the file is said once: by the check of the predictions, where it is of the run.
    func unusable(_ obstacle: Obstacle) -> (Baseline, join: Finding?, problem: Obstacle?) {
      let baseline: Baseline =
        selection.includes(plan.predictions.id) ? .told(by: plan.predictions) : .unusable(obstacle)
      return (baseline, joins ? plan.join?.skipped(because: plan.predictions.id) : nil, obstacle)
    }
    let columns = declaration.columns(of: side)
    guard let path = side.predictions else {
      do throws(RowProblem) {
        let rows = try Rows(table, columns, declaration.predictions)
        if let reason = candidate.obstacle(to: rows) { throw RowProblem(message: reason) }
        losses.baseline = try declaration.losses(of: side, .baseline, in: table)
        return (.rows(rows), nil, nil)
      } catch {
        return unusable(error.obstacle)
      }
    }
    var request = Rows.request(columns)
    request.key = declaration.predictions.id.map(\.value)
    declaration.addLosses(of: side, .baseline, to: &request)
    request.numbersIfPresent = sharedColumns.numbers.filter { !request.numbers.contains($0) }
    request.wordsIfPresent = sharedColumns.words.filter { !request.words.contains($0) }
    let other: PredictionTable
    switch await load(path, request, side, role: .baseline) {
    case .success(let loaded): other = loaded
    case .failure(.unreadable(let failure)) where failure.isMissing:
      return (.missing(failure), joins ? plan.join.map { missing($0, failure) } : nil, nil)
    case .failure(let problem): return unusable(problem.obstacle)
    }
    if let failure = await comparability(of: other, at: path, with: table) {
      let obstacle = Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)")
      return (.unusable(obstacle), joins ? plan.join.map { obstacle.finding(for: $0) } : nil, nil)
    }
    let rows: Rows
    let costs: [CustomMetric: RegressionRows]
    do throws(RowProblem) {
      costs = try declaration.losses(of: side, .baseline, in: other)
      rows = try Rows(other, columns, declaration.predictions)
      if let reason = candidate.obstacle(to: rows) { throw RowProblem(message: reason) }
    } catch {
      return unusable(error.obstacle)
    }
    let join = self.join(candidate, table, rows, other)
    var finding = plan.join.map { JoinCheck.finding($0, join, names: (table.name, other.name)) }
    if join.hasRepeats { finding?.evidence.notes += table.runsAdvice + other.runsAdvice }
    if let provenance = other.provenance { finding?.evidence.notes.append("\(other.name): \(provenance)") }
    guard join.faults.isEmpty, !join.isEmpty else {
      guard let planned = plan.join, let finding else { return (.unwanted, nil, nil) }
      return joins ? (.told(by: planned), finding, nil) : (.unusable(Obstacle(of: finding)), nil, nil)
    }
    losses.baseline =
      join.order.map { order in
        costs.mapValues { $0.rows(at: order.map { Int($0) }) }
      } ?? costs
    let ordered = join.order.map { order in rows.rows(at: order.map { Int($0) }) } ?? rows
    return (.rows(ordered), joins ? finding : nil, nil)
  }

  func join(_ candidate: Rows, _ table: PredictionTable, _ rows: Rows, _ other: PredictionTable) -> RowJoin {
    let terms = declaration.predictions
    let isHidden = terms.id.contains { terms.sensitive.contains($0.value) }
    var join =
      terms.id.isEmpty
      ? RowJoin(byOrder: candidate.count, rows.count)
      : RowJoin(table.columns.keys, other.columns.keys, columns: terms.id.count, isHidden: isHidden)
    func key(_ row: Int) -> String {
      let isNamed = !isHidden && !terms.id.isEmpty
      return (isNamed ? table.columns.keys.text(row, columns: terms.id.count) : nil) ?? "row \(row + 1)"
    }
    join.compareLabels(candidate, rows, key: key)
    join.compareColumns(sharedColumns.words + sharedColumns.numbers, table.columns, other.columns, key: key)
    return join
  }

  private func missing(_ planned: PlannedCheck, _ failure: SideFailure) -> Finding {
    let policy = declaration.baseline?.whenMissing ?? .error
    guard policy == .error else {
      return planned.finding(
        .skipped, "not compared: \(failure.message) (when_missing: \(policy.rawValue))",
        reason: declaration.baseline?.reasonToSkip ?? .requested)
    }
    return planned.finding(.errored, "\(failure.message); \(failure.advice)", reason: failure.reason)
  }
}
