internal import Baselines
internal import Metrics
internal import Verdict

/// Judges checks against the metrics of both sides: the outcome table of the models suite.
struct MetricsComparison: Sendable {
  var candidate: Result<MetricsSide, SideFailure>
  /// Nil when no check of the run needs it.
  var baseline: Result<MetricsSide, SideFailure>?
  var whenMissing: WhenMissing
  /// What the candidate is judged on; nil where that cannot be told, which is said where a baseline is needed.
  var contract: Result<ComparabilityContract, Obstacle>
  /// In place of a baseline: what accepted runs left.
  var recorded: Result<RecordedBaseline, Obstacle>?
  var declaration: ModelDeclaration

  func finding(for check: ModelCheck) -> Finding {
    do throws(Obstacle) {
      return try verdict(on: check)
    } catch {
      return error.finding(for: check)
    }
  }

  private func verdict(on check: ModelCheck) throws(Obstacle) -> Finding {
    let candidate = try usable(self.candidate)
    guard let entry = try entry(of: check.metric, in: candidate) else { throw absent(check.metric, from: candidate) }
    let found = try number(entry, as: check.metric, in: candidate)
    switch check.claim {
    case .value(let gate):
      let ends = [gate.range.lowerBound, gate.range.upperBound].filter(\.isFinite)
      try requireRange(of: check.metric, found, in: candidate.name, beside: ends)
      return PointVerdict.finding(for: check, gate, found)
    case .change(let gate):
      try requireDirection(of: check, entry, in: candidate)
      if case .failure(let failure)? = baseline, failure.isMissing, whenMissing == .accept {
        throw skipped("the candidate is accepted without a baseline: \(failure.message)")
      }
      var change = Change(
        metric: check.metric, baseline: 0, candidate: found, direction: check.direction ?? .higher)
      var notes = sameContentNotes
      if let recorded {
        let number = try recorded.get().number(for: check, candidate: found)
        change.baseline = number.value
        notes.append(number.note)
      } else {
        change.baseline = try baselineValue(of: check.metric, like: entry, in: candidate)
        if let note = try comparability(of: MetricDefinition(check, of: declaration)) { notes.append(note) }
      }
      try requireRange(of: check.metric, found, in: candidate.name, beside: [change.baseline])
      try requireRange(of: check.metric, change.baseline, in: "the baseline", beside: [found])
      return try PointVerdict.finding(for: check, gate, change, notes: notes)
    }
  }

  /// A value that a metric of this name cannot have is another metric, or is in percent: then what it is held against
  /// is, too.
  private func requireRange(
    of metric: String, _ value: Double, in side: String, beside others: [Double]
  ) throws(Obstacle) {
    let name = metric.split(whereSeparator: { $0 == "." || $0 == "/" }).last.map(String.init) ?? metric
    guard let range = (MetricRegistry.page(metric) ?? MetricRegistry.page(name))?.range,
      !Rounding.contains(range, value)
    else { return }
    let isPercent = range == 0...1 && (0...100).contains(value) && others.contains { $0 > 1 && $0 <= 100 }
    guard !isPercent else { return }
    let (low, high) = (Quantity.text(range.lowerBound), Quantity.text(range.upperBound))
    let ends =
      range.upperBound == .infinity
      ? "is at least \(low)" : range.lowerBound == -.infinity ? "is at most \(high)" : "lies between \(low) and \(high)"
    throw Obstacle(
      reason: .undefined,
      message: "\(metric) is \(Quantity.brief(value)) in \(side), and \(ends) by its definition",
      notes: [
        range == 0...1
          ? "write it as a share, or both it and what it is held against in percent; or give it another name"
          : "a loss with its sign turned, or in another unit, is another metric: give it another name"
      ])
  }

  // MARK: - Values

  private func usable(_ side: Result<MetricsSide, SideFailure>) throws(Obstacle) -> MetricsSide {
    switch side {
    case .success(let side): return side
    case .failure(let failure):
      throw Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)")
    }
  }

  /// Where a metric stands in a file; nil when it is absent.
  private func entry(of metric: String, in side: MetricsSide) throws(Obstacle) -> MetricTable.Entry? {
    switch side.table.find(metric) {
    case .missing: return nil
    case .ambiguous(let paths):
      throw Obstacle(
        reason: .undefined, message: Self.ambiguity(of: metric, paths, in: side.name), notes: [])
    case .found(let entry): return entry
    }
  }

  /// The metric's finite value.
  private func number(
    _ entry: MetricTable.Entry, as metric: String, in side: MetricsSide
  ) throws(Obstacle) -> Double {
    switch entry.value {
    case .number(let number): return number
    case .notFinite(let text), .notANumber(let text):
      throw Obstacle(
        reason: .undefined, message: "\(metric) is \(text) in \(side.name), not a finite number",
        notes: ["write the metric only when it is defined, and find out why it is not"])
    }
  }

  /// A file may say itself which side of a metric is the better one.
  private func requireDirection(
    of check: ModelCheck, _ entry: MetricTable.Entry, in side: MetricsSide
  ) throws(Obstacle) {
    guard let stated = entry.facts.direction, let direction = check.direction, stated != direction else { return }
    throw Obstacle(
      reason: .undefined,
      message: "\(side.name) says that \(stated.rawValue) is better of \(check.metric), and the gate takes "
        + "\(direction.rawValue) for better",
      notes: ["write direction: \(stated.rawValue), or find out which of them is wrong"])
  }

  /// The baseline's number at the path that the candidate's has: under another it is another metric.
  private func baselineValue(
    of metric: String, like mine: MetricTable.Entry, in candidate: MetricsSide
  ) throws(Obstacle) -> Double {
    guard let baseline else {
      throw Obstacle(reason: .baseline, message: "there is no baseline to compare \(metric) with")
    }
    if case .failure(let failure) = baseline, failure.isMissing, whenMissing != .error {
      throw skipped("not compared: \(failure.message)")
    }
    let side = try usable(baseline)
    var found = try entry(of: mine.path, in: side)
    if found?.path != mine.path { found = try entry(of: metric, in: side) }
    guard let found else {
      let message = "\(metric) is not in the baseline \(side.name)"
      guard whenMissing == .error else { throw skipped("not compared: \(message)") }
      throw Obstacle(
        reason: .baseline, message: "\(message); renew the baseline, or choose when_missing: accept or absolute-only")
    }
    guard found.isSame(as: mine) else {
      throw Obstacle(
        reason: .baseline,
        message: "\(metric) is \(mine.path) in \(candidate.name) and \(found.path) in the baseline \(side.name), "
          + "which may be two metrics",
        notes: ["write both files in one layout, and name the metric by its whole path"])
    }
    if let difference = mine.facts.difference(from: found.facts) {
      throw Obstacle(
        reason: .baseline, message: "\(metric) cannot be compared with \(side.name): it was measured on \(difference)",
        notes: ["evaluate both models in the same way"])
    }
    return try number(found, as: metric, in: side)
  }

  /// Throws when the baseline was accepted for something else than what is judged now; says when nobody knows for what.
  private func comparability(of definition: MetricDefinition) throws(Obstacle) -> String? {
    let now = try contract.get()
    guard case .success(let side)? = baseline else { return nil }
    if side.contract?.set != nil, now.set == nil {
      throw Obstacle(
        reason: .baseline,
        message: "\(side.name) was accepted for an evaluation set, and this config names none, so nobody knows whether "
          + "the candidate was judged on the same rows",
        notes: ["write evaluation_set: and the file of the rows; or, if there is none any more, run `cupel accept`"])
    }
    guard let then = side.contract, then.set != nil || now.set == nil else {
      return now.set == nil ? nil : "on what \(side.name) was judged is not written down; `cupel accept` does that"
    }
    guard let mismatch = then.mismatch(now: now, of: definition.name) else { return nil }
    throw Obstacle(
      reason: .baseline, message: "\(side.name) cannot be compared: \(mismatch); \(ComparabilityContract.advice)")
  }

  private func absent(_ metric: String, from side: MetricsSide) -> Obstacle {
    var notes: [String] = []
    if case .missing(let suggestion?) = side.table.find(metric) { notes.append("did you mean \"\(suggestion)\"?") }
    let paths = side.table.entries.prefix(12).map(\.path).joined(separator: ", ")
    notes.append(paths.isEmpty ? "the file holds no metrics" : "the file holds: \(paths)")
    return Obstacle(outcome: .failed, message: "\(metric) is not in \(side.name)", notes: notes)
  }

  private func skipped(_ message: String) -> Obstacle {
    Obstacle(
      outcome: .skipped, reason: declaration.baseline?.reasonToSkip ?? .requested,
      message: "\(message) (when_missing: \(whenMissing.rawValue))")
  }

  private static func ambiguity(of metric: String, _ paths: [String], in name: String) -> String {
    if Set(paths).count == 1 { return "\(metric) stands \(paths.count) times in \(name)" }
    let some = paths.prefix(6).joined(separator: ", ") + (paths.count > 6 ? ", …" : "")
    return "\(metric) is ambiguous in \(name): write one of \(some)"
  }

  /// A comparison of something with itself passes nearly every gate and says nothing.
  private var sameContentNotes: [String] {
    guard case .success(let candidate) = candidate, case .success(let baseline)? = baseline else { return [] }
    if let identity = candidate.content.identity, identity == baseline.content.identity {
      return ["the candidate and the baseline are the same file: \(candidate.name)"]
    }
    let provenance = baseline.content.provenance.map { ["the baseline is \(baseline.name): \($0)"] } ?? []
    return candidate.content.bytes == baseline.content.bytes
      ? provenance + ["\(candidate.name) and the baseline \(baseline.name) have the same content"] : provenance
  }
}
