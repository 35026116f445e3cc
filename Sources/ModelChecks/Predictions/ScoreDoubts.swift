internal import Language
internal import Metrics
internal import Verdict

/// What about scores keeps some metrics from being told: those that depend on it.
struct ScoreDoubts: Sendable {
  /// Why nobody knows which rows are called positive.
  var ofCalls: Obstacle?
  /// Why the scores order no rows.
  var ofOrder: Obstacle?

  func obstacle(to reference: MetricReference) -> Obstacle? {
    guard ofCalls != nil || ofOrder != nil, reference.custom == nil else { return nil }
    let dependence = ScoreDependence(reference)
    return dependence.isOnCalls ? ofCalls : dependence.isOnOrder ? ofOrder : nil
  }
}

extension BinaryRows {
  func doubts(_ declaration: ModelDeclaration, _ side: ModelSide) -> ScoreDoubts {
    ScoreDoubts(ofCalls: doubtOfCalls(declaration, side), ofOrder: doubtOfOrder)
  }

  /// Why nobody knows which rows are called positive; nil where that is known.
  private func doubtOfCalls(_ declaration: ModelDeclaration, _ side: ModelSide) -> Obstacle? {
    guard declaration.predictions.threshold == nil, declaration.columns(of: side)[.prediction] == nil, let scores,
      let odd = scores.first(where: { !(0...1).contains($0) })
    else { return nil }
    return Obstacle(
      reason: .undefined,
      message:
        "a score is \(Quantity.brief(odd)): these are no probabilities, and nothing says from where on they call a "
        + "row positive",
      notes: ["add threshold: to the model, 0 for logits, or prediction: and the column of the calls"])
  }

  /// Why the scores order no rows; nil where they do.
  private var doubtOfOrder: Obstacle? {
    guard let scores, let first = scores.first, count > 1, scores.allSatisfy({ $0 == first }) else { return nil }
    return Obstacle(
      reason: .undefined, message: "every score is \(Quantity.brief(first)), which puts no row before another",
      notes: ["a model that says the same of all rows has learned nothing, or its scores were not written"])
  }
}
