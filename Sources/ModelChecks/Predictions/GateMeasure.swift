internal import Language
internal import Statistics
internal import Verdict

/// What a gate is decided by: the metric of one model, or of both, and what the rows say of the population.
struct GateMeasure: Sendable {
  let check: ModelCheck
  let rows: Int
  let subject: Subject
  /// Of what the bound is about: the metric, or the benefit in the unit of its margin. Nil for a gate about these rows
  /// alone.
  let effect: Result<Effect, Undefined>?
  /// What else the finding tells.
  var notes: [String] = []

  /// What the bound is about.
  enum Subject: Sendable {
    case value(any ValueGate, Double)
    case change(any ChangeGate, Change, Margin.Part)
  }

  /// The values that keep the bound.
  var allowed: ClosedRange<Double> {
    switch subject {
    case .value(let gate, _): gate.range
    case .change(let gate, _, let margin): gate.allowedBenefit(margin.size)
    }
  }

  /// What the bound is about, as these rows have it.
  var estimate: Double {
    switch subject {
    case .value(_, let value): value
    case .change(_, let change, let margin): change.benefit / margin.unit(change.baseline)
    }
  }

  /// How far the estimate is beyond its limit; below 0 where it keeps it.
  var shortfall: Double { max(allowed.lowerBound - estimate, estimate - allowed.upperBound) }

  /// How likely rows as bad as these would be were the truth at the limit; nil for a gate without a population.
  var tail: Probability? {
    guard case .success(let effect)? = effect else { return nil }
    return effect.tail(outside: allowed)
  }

  /// The finding of the gate.
  ///
  /// - Parameters:
  ///   - adjusted: the probability of the tail with all claims that are decided together.
  ///   - family: these claims, in words: `Holm over 3 gates`.
  ///   - pairing: how the rows were paired, in words.
  func finding(adjusted: Probability? = nil, family: String? = nil, pairing: String? = nil) -> Finding {
    var finding: Finding
    switch effect {
    case nil: finding = point
    case .success(let effect)?:
      finding = IntervalVerdict(self, effect, adjusted: adjusted, family: family, pairing: pairing).finding
    case .failure(let reason)?: finding = undecided(reason, pairing: pairing)
    }
    finding.evidence.notes += notes
    if finding.evidence.counts == nil {
      finding.evidence.counts = .init(rows: rows, nulls: 0, evaluated: rows, violating: nil)
    }
    return finding
  }

  private var point: Finding {
    switch subject {
    case .value(let gate, let value): return PointVerdict.finding(for: check, gate, value)
    case .change(let gate, let change, _):
      do throws(Obstacle) {
        return try PointVerdict.finding(for: check, gate, change, notes: notes)
      } catch {
        return error.finding(for: check)
      }
    }
  }

  /// There are numbers, and no interval of them.
  func undecided(_ reason: Undefined, pairing: String?) -> Finding {
    var evidence = Evidence(
      limit: check.limit, method: ["no interval", pairing].compactMap { $0 }.joined(separator: ", "))
    let words: String
    switch subject {
    case .value(_, let value):
      evidence.observed = Quantity(value)
      words = "\(check.title) is \(Quantity.brief(value))"
    case .change(_, let change, _):
      evidence.observed = Quantity(change.candidate)
      evidence.baseline = Quantity(change.baseline)
      words = Figures(distinguishing: []).movement(of: change)
    }
    let message = "\(words), and there is no interval: \(reason)"
    switch reason {
    case .tooFew, .zeroVariance, .allEqual, .undefinedResamples, .noSolution:
      return check.inconclusive(message, evidence: evidence)
    default:
      return check.planned.finding(.errored, message, reason: .undefined, evidence: evidence)
    }
  }
}

extension ModelCheck {
  /// A finding that could not be decided, as heavy as the gate says.
  func inconclusive(_ message: String, evidence: Evidence) -> Finding {
    var finding = planned.finding(.inconclusive, message, evidence: evidence)
    if entry.whenInconclusive?.value == .warn { finding.severity = .warn }
    return finding
  }
}
