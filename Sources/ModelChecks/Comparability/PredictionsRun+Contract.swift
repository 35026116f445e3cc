internal import Baselines
internal import Language
internal import Verdict

extension PredictionsRun {
  /// On what the candidate is judged.
  func contract(_ table: PredictionTable) -> ComparabilityContract {
    let terms = declaration.predictions
    let set = EvaluationSet(
      table, label: declaration.columns(of: declaration.candidate).label, id: terms.id, sensitive: terms.sensitive)
    return ComparabilityContract(
      model: plan.predictions.id.subject, set: set, metrics: declaration.definitions(of: plan.checks))
  }

  /// Why a baseline that was read is not to be compared: it is too old, or was accepted for other rows.
  func comparability(
    of baseline: PredictionTable, at path: Located<String>, with candidate: PredictionTable
  ) async -> SideFailure? {
    guard let reference = try? BaselineReference(path.value) else { return nil }
    let contract: ComparabilityContract?
    switch await ComparabilityContract.load(beside: Located(reference, at: path.location), context) {
    case .success(let found): contract = found
    case .failure(let failure): return failure
    }
    if let limit = declaration.baseline?.maxAge?.value,
      let failure = BaselineAge(limit: limit, now: context.now)
        .failure(of: baseline.name, madeAt: contract?.acceptedAt ?? baseline.time)
    {
      return failure
    }
    guard let mismatch = contract?.mismatch(now: self.contract(candidate)) else { return nil }
    return SideFailure(
      reason: .baseline, message: "\(baseline.name) cannot be compared: \(mismatch)",
      advice: ComparabilityContract.advice, isMissing: false)
  }
}
