internal import Language
internal import Statistics
internal import Verdict

extension GateMeasure {
  /// The training runs with which a candidate that is as good as the baseline passes so often on these rows, in words; nil
  /// for a gate that it ought not to pass, and where training varies nothing.
  ///
  /// The rows' part of the interval stays what it is, and that of training is of Student's t with the degrees of freedom
  /// that so many runs have.
  func trainings(power: Double) -> String? {
    guard case .change = subject, case .success(let effect)? = effect, let training = effect.training,
      allowed.contains(0)
    else { return nil }
    let margin = min(-allowed.lowerBound, allowed.upperBound)
    let confidence = check.entry.confidence?.value ?? 0.95
    guard margin > 0, let interval = try? effect.interval(confidence: confidence) else { return nil }
    let (whole, ofTraining) = (interval.width / 2, training.half(confidence: confidence))
    let rows = max(0, whole * whole - ofTraining * ofTraining)
    let critical = Normal.critical(confidence: confidence)
    let variance = rows / (critical * critical)
    let quantile = Normal.quantile(power)
    let runs = training.runs { spread in
      let half = spread.half(confidence: confidence)
      return (rows + half * half).squareRoot() + quantile * (variance + spread.variance).squareRoot() <= margin
    }
    return runs.map { "\($0) training runs \(training.whose)" }
  }
}
