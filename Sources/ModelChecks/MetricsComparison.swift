internal import Baselines
internal import Verdict

/// Judges checks against the metrics of both sides: the outcome table of the models suite.
struct MetricsComparison: Sendable {
  var candidate: Result<MetricsSide, SideFailure>
  /// Nil when no check of the run needs it.
  var baseline: Result<MetricsSide, SideFailure>?
  var whenMissing: WhenMissing

  func finding(for check: ModelCheck) -> Finding {
    do throws(Obstacle) {
      return try verdict(on: check)
    } catch {
      return error.finding(for: check)
    }
  }

  private func verdict(on check: ModelCheck) throws(Obstacle) -> Finding {
    let candidate = try usable(self.candidate)
    guard let found = try value(of: check.metric, in: candidate) else { throw absent(check.metric, from: candidate) }
    if case .failure(let failure)? = baseline, failure.isMissing, whenMissing == .accept {
      throw skipped("the candidate is accepted without a baseline: \(failure.message)")
    }
    switch check.claim {
    case .value(let gate): return PointVerdict.finding(for: check, gate, found)
    case .change(let gate):
      let change = Change(
        metric: check.metric, baseline: try baselineValue(of: check.metric), candidate: found,
        direction: check.direction ?? .higher)
      return try PointVerdict.finding(for: check, gate, change, notes: sameContentNotes)
    }
  }

  // MARK: - Values

  private func usable(_ side: Result<MetricsSide, SideFailure>) throws(Obstacle) -> MetricsSide {
    switch side {
    case .success(let side): return side
    case .failure(let failure):
      throw Obstacle(reason: failure.reason, message: "\(failure.message); \(failure.advice)")
    }
  }

  /// The metric's finite value; nil when it is absent.
  private func value(of metric: String, in side: MetricsSide) throws(Obstacle) -> Double? {
    switch side.table.find(metric) {
    case .missing: return nil
    case .ambiguous(let paths):
      throw Obstacle(
        reason: .undefined, message: Self.ambiguity(of: metric, paths, in: side.name), notes: [])
    case .found(let entry):
      switch entry.value {
      case .number(let number): return number
      case .notFinite(let text), .notANumber(let text):
        throw Obstacle(
          reason: .undefined, message: "\(metric) is \(text) in \(side.name), not a finite number",
          notes: ["write the metric only when it is defined, and find out why it is not"])
      }
    }
  }

  private func baselineValue(of metric: String) throws(Obstacle) -> Double {
    guard let baseline else {
      throw Obstacle(reason: .baseline, message: "there is no baseline to compare \(metric) with")
    }
    if case .failure(let failure) = baseline, failure.isMissing, whenMissing != .error {
      throw skipped("not compared: \(failure.message)")
    }
    let side = try usable(baseline)
    if let value = try value(of: metric, in: side) { return value }
    let message = "\(metric) is not in the baseline \(side.name)"
    guard whenMissing == .error else { throw skipped("not compared: \(message)") }
    throw Obstacle(
      reason: .baseline, message: "\(message); renew the baseline, or choose when_missing: accept or absolute-only")
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
      outcome: .skipped, reason: .requested, message: "\(message) (when_missing: \(whenMissing.rawValue))")
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
