internal import Glibc

/// How well one feature alone tells a class from the others, on rows that it was not learnt from.
package enum CrossFittedArea {
  package static let method = Method(
    "cross-fitted-auc", aliases: ["held-out-auc", "feature-auc", "label-leak"],
    computes: """
      The area under the ROC curve of one feature, by halves: in each half of the rows the share of the class is taken \
      for every value, or for every one of up to 64 quantile bins of a number, and scores the rows of the other half. The \
      area is the mean of both, its standard error the mean of DeLong's of each (the halves depend \
      on each other), the interval symmetric on the logit scale; \
      where every pair is in order, its lower end is (alpha/2)^(1/k) for k pairs that share no row.
      """,
    use: """
      To tell whether a feature or an identifier gives a label away. A feature that tells nothing has an area of about \
      0.5, whatever the number of its values, because what is learnt by heart does not help on other rows.
      """,
    source: """
      Chernozhukov et al., The Econometrics Journal 21 (2018), for cross-fitting; DeLong, DeLong and Clarke-Pearson, \
      Biometrics 44 (1988)
      """)

  /// What a row has of the feature.
  package enum Value: Hashable, Sendable {
    case missing
    case number(Double)
    case category(UInt64)
  }

  /// As many bins a number is cut into at most.
  private static let bins = 64

  /// The area with its interval. O(n log n). Throws with less than two rows of a class in one of the halves.
  ///
  /// - Parameters:
  ///   - labels: whether each row is of the class.
  ///   - folds: which half each row is in, independent of everything else.
  package static func estimate(
    labels: [Bool], values: [Value], folds: [Bool], confidence: Double
  ) throws(Undefined) -> Estimate {
    try estimate(labels: labels, values: (values, values), folds: folds, confidence: confidence)
  }

  /// The area where each half is judged by a feature of its own, which may have been chosen with the labels of the
  /// other half: from these it is learnt as well.
  ///
  /// - Parameter values: what all rows have of the feature that the first half is judged by, and of that of the second.
  package static func estimate(
    labels: [Bool], values: (first: [Value], second: [Value]), folds: [Bool], confidence: Double
  ) throws(Undefined) -> Estimate {
    try Sample.requireShare(confidence, "confidence")
    for values in [values.first, values.second] where labels.count != values.count {
      throw .lengthsDiffer(labels.count, values.count)
    }
    guard labels.count == folds.count else { throw .lengthsDiffer(labels.count, folds.count) }
    let halves = [false, true].map { half in folds.indices.filter { folds[$0] == half } }
    var (areas, deviation, pairs) = ([Double](), 0.0, 0)
    for (rows, others, values) in [(halves[0], halves[1], values.first), (halves[1], halves[0], values.second)] {
      let scores = scores(of: rows.map { values[$0] }, learntFrom: others.map { (values[$0], labels[$0]) })
      let judged = try DeLong(labels: rows.map { labels[$0] }, scores: [scores])
      areas.append(judged.areas[0])
      // Each half teaches the other, and where nothing is to be learnt both areas hang on the same chance agreement: the
      // deviation of their mean is at most the mean of the deviations, whatever their correlation.
      deviation += try judged.covariance(0, 0).squareRoot() / 2
      pairs += min(judged.positives, judged.negatives)
    }
    let area = (areas[0] + areas[1]) / 2
    return Estimate(area, interval(area, deviation, pairs, confidence))
  }

  /// The interval of an area that is a mean over parts of the rows.
  ///
  /// - Parameter pairs: how many pairs of the two classes share no row.
  static func interval(
    _ area: Double, _ deviation: Double, _ pairs: Int, _ confidence: Double
  ) -> ConfidenceInterval {
    let bound = pow((1 - confidence) / 2, 1 / Double(pairs))
    if area >= 1 { return ConfidenceInterval(lower: bound, upper: 1, confidence: confidence) }
    if area <= 0 { return ConfidenceInterval(lower: 0, upper: 1 - bound, confidence: confidence) }
    // Where no score differs there is nothing that a feature could tell.
    let half = Normal.critical(confidence: confidence) * deviation / (area * (1 - area))
    let logit = log(area / (1 - area))
    return ConfidenceInterval(
      lower: 1 / (1 + exp(half - logit)), upper: 1 / (1 + exp(-half - logit)), confidence: confidence)
  }

  /// Scores of rows by the shares of the class among others.
  private static func scores(of values: [Value], learntFrom others: [(value: Value, label: Bool)]) -> [Double] {
    let edges = edges(of: others.map(\.value))
    var levels: [Value: (rows: Int, positives: Int)] = [:]
    for (value, label) in others {
      let level = self.level(of: value, edges)
      let known = levels[level] ?? (0, 0)
      levels[level] = (known.rows + 1, known.positives + (label ? 1 : 0))
    }
    let base = Double(others.count { $0.label }) / Double(max(1, others.count))
    return values.map { value in
      // What was not seen is as frequent as anywhere, and what was seen once hardly less so.
      let known = levels[level(of: value, edges)] ?? (0, 0)
      return (Double(known.positives) + base) / Double(known.rows + 1)
    }
  }

  /// The upper ends of the bins of numbers.
  private static func edges(of values: [Value]) -> [Double] {
    let numbers = values.compactMap { value -> Double? in if case .number(let number) = value { number } else { nil } }
      .sorted()
    guard !numbers.isEmpty else { return [] }
    let count = max(2, min(bins, Int(Double(numbers.count).squareRoot())))
    var edges: [Double] = []
    for bin in 1...count {
      let edge = numbers[min(numbers.count - 1, numbers.count * bin / count)]
      if edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    return edges
  }

  private static func level(of value: Value, _ edges: [Double]) -> Value {
    guard case .number(let number) = value else { return value }
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < number { low = middle + 1 } else { high = middle }
    }
    // What lies above all is as the greatest.
    return .number(Double(min(low, edges.count - 1)))
  }
}
