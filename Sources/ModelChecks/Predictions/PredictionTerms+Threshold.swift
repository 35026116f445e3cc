internal import Language

extension PredictionTerms {
  /// From which score on a row is positive.
  func threshold(among scores: [Double]?) -> Double {
    let wanted = threshold?.value ?? 0.5
    return scores.map { NumberWidth.nearest(wanted, among: $0) } ?? wanted
  }
}
