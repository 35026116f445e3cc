internal import Glibc

/// The areas under the ROC curves of models that scored the same rows, with their covariances.
package struct DeLong: Sendable {
  /// The area of each model.
  package let areas: [Double]
  package let positives: Int
  package let negatives: Int
  /// The placements of each model, by row.
  let placements: [[Double]]
  let labels: [Bool]

  package static let method = Method(
    "delong", aliases: ["roc-auc", "auc", "auc-difference"],
    computes: """
      The variance of an area under the ROC curve, and of the difference of two on the same rows, from how each positive \
      is placed among the negatives and each negative among the positives. O(n log n).
      """,
    use: """
      To compare two models' AUC, paired by row. Needs two rows of each class. It is an approximation for many rows: \
      near an area of 1 use the interval on the logit scale, with few rows the bootstrap, and where the variance is zero \
      the rule of three for pairs that share no row. Not for nested models that are judged on their training data.
      """,
    source: """
      DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988); Sun and Xu, IEEE Signal Processing Letters 21 (2014)
      """)

  /// Labels by row, and each model's scores by row, of which higher ones say positive.
  package init(labels: [Bool], scores: [[Double]]) throws(Undefined) {
    guard !scores.isEmpty else { throw .noObservations }
    var (areas, placements): ([Double], [[Double]]) = ([], [])
    var positives = 0
    for scores in scores {
      let ranked = try RankedScores(labels: labels, scores: scores)
      positives = ranked.positives
      let values = ranked.placements
      areas.append(zip(values, labels).lazy.filter(\.1).map(\.0).compensatedSum / Double(positives))
      placements.append(values)
    }
    (self.areas, self.placements, self.labels) = (areas, placements, labels)
    self.positives = positives
    negatives = labels.count - positives
  }

  /// The covariance of the areas of two models; the variance of one with itself. Throws with less than two rows of
  /// a class.
  package func covariance(_ first: Int, _ second: Int) throws(Undefined) -> Double {
    try requireTwo()
    let (one, other) = (placements[first], placements[second])
    let (area, area2) = (areas[first], areas[second])
    var (ofPositives, ofNegatives) = (CompensatedSum(), CompensatedSum())
    for row in labels.indices {
      let product = (one[row] - area) * (other[row] - area2)
      if labels[row] { ofPositives.add(product) } else { ofNegatives.add(product) }
    }
    return part(ofPositives, positives) + part(ofNegatives, negatives)
  }

  /// The variance of the difference of two areas: exactly 0 when the models place every row alike.
  package func varianceOfDifference(_ first: Int, _ second: Int) throws(Undefined) -> Double {
    try requireTwo()
    let difference = areas[first] - areas[second]
    var (ofPositives, ofNegatives) = (CompensatedSum(), CompensatedSum())
    for row in labels.indices {
      let deviation = placements[first][row] - placements[second][row] - difference
      if labels[row] { ofPositives.add(deviation * deviation) } else { ofNegatives.add(deviation * deviation) }
    }
    let variance = part(ofPositives, positives) + part(ofNegatives, negatives)
    // What is left of placements that agree is rounding.
    return variance < 1e-30 ? 0 : variance
  }

  /// How far each row moves the area of a model, to first order: for the interval of rows that are not independent
  /// (Obuchowski, Biometrics 53 (1997)).
  package func influences(_ model: Int) -> [Double] {
    let rows = Double(labels.count)
    return labels.indices.map { row in
      (placements[model][row] - areas[model]) * rows / Double(labels[row] ? positives : negatives)
    }
  }

  private func requireTwo() throws(Undefined) {
    guard positives > 1 else { throw .tooFew("positives", needed: 2, got: positives) }
    guard negatives > 1 else { throw .tooFew("negatives", needed: 2, got: negatives) }
  }

  private func part(_ sum: CompensatedSum, _ count: Int) -> Double { sum.value / Double(count - 1) / Double(count) }

  /// The z test of no difference. Where both place every row alike, z is 0 and p 1. Throws when the areas differ and
  /// their variance is zero.
  package func test(_ first: Int, _ second: Int) throws(Undefined) -> TestResult {
    let variance = try varianceOfDifference(first, second)
    let difference = areas[first] - areas[second]
    if variance == 0 {
      guard difference.magnitude < 1e-12 else { throw .zeroVariance }
      return TestResult(statistic: 0, p: .one)
    }
    let z = difference / variance.squareRoot()
    return TestResult(statistic: z, p: Normal.twoSided(z))
  }

  /// The difference of two areas. Throws when its variance is zero, which would make an interval of no width.
  package func difference(_ first: Int, _ second: Int, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let variance = try varianceOfDifference(first, second)
    guard variance > 0 else { throw .zeroVariance }
    let difference = areas[first] - areas[second]
    let half = Normal.critical(confidence: confidence) * variance.squareRoot()
    let interval = ConfidenceInterval(
      lower: max(-1, difference - half), upper: min(1, difference + half), confidence: confidence)
    return Estimate(difference, interval)
  }

  /// One area, its interval symmetric on the logit scale, so that it stays between 0 and 1 (Pepe, "The Statistical
  /// Evaluation of Medical Tests", 2003, section 5.2). Throws when the variance is zero, as at an area of 1.
  package func area(_ model: Int, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    let (area, variance) = (areas[model], try covariance(model, model))
    guard variance > 0, area > 0, area < 1 else { throw .zeroVariance }
    let half = Normal.critical(confidence: confidence) * variance.squareRoot() / (area * (1 - area))
    let logit = log(area / (1 - area))
    let interval = ConfidenceInterval(
      lower: 1 / (1 + exp(half - logit)), upper: 1 / (1 + exp(-half - logit)), confidence: confidence)
    return Estimate(area, interval)
  }

  /// One area of which no row varies, because every pair of a positive and a negative row is ordered alike, or none is:
  /// 1, 0, or a half for scores that are all the same. As many pairs as the rarer class has rows share no row, so they are
  /// independent, and the bound of what they did not show holds for any scores (``RuleOfThree``). Throws where rows vary.
  package func unvariedArea(_ model: Int, confidence: Double) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    guard try covariance(model, model) == 0 else {
      throw .outsideDomain("the rows vary, and have an interval of their own")
    }
    let area = areas[model]
    // Either side has half of the error.
    let bounds = try RuleOfThree.mean(
      of: area, count: min(positives, negatives), within: 0...1, confidence: (1 + confidence) / 2
    ).interval
    return Estimate(area, ConfidenceInterval(lower: bounds.lower, upper: bounds.upper, confidence: confidence))
  }
}
