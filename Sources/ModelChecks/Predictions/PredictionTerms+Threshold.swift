internal import Language

extension PredictionTerms {
  /// From which score on a row is positive.
  ///
  /// Among scores of 32 bits it is the number of 32 bits nearest to the config's, as NumPy compares them: a score that was
  /// written as 0.9 reaches a threshold of 0.9. O(n) where a score is that very number, and otherwise a search for it.
  func threshold(among scores: [Double]?) -> Double {
    let wanted = threshold?.value ?? 0.5
    let narrow = Double(Float(wanted))
    guard narrow != wanted, let scores, scores.contains(narrow), scores.allSatisfy({ Double(Float($0)) == $0 }) else {
      return wanted
    }
    return narrow
  }
}
