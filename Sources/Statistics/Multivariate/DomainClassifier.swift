internal import Glibc

/// Whether rows tell which of two samples they are of, all columns together: multivariate drift as the area under the ROC
/// curve of a classifier on rows that it was not learnt from.
package struct DomainClassifier: Sendable {
  /// The area, 0.5 where nothing tells the samples apart, with its interval.
  package let area: Estimate
  /// The columns that a feature is made of, one or two, with its part in the difference of the mean scores of both
  /// samples; the greatest first, those with no part left out.
  package let contributions: [(columns: [Int], share: Double)]
  /// How many rows both samples have: each is judged together with its copy, by what was learnt from others.
  package let shared: Int
  /// How many features the classifier has.
  package let features: Int

  package static let method = Method(
    "domain-classifier",
    aliases: ["classifier-two-sample-test", "c2st", "multivariate-drift", "adversarial-validation"],
    computes: """
      A linear classifier learns which of two samples a row is of, and is judged by the area under the ROC curve (AUC) on \
      rows that it was not learnt from, in five folds. It sees numbers as normal scores of their ranks, their squares, \
      indicators of frequent categories and of missing values, rarer categories by how much more often they come in one of \
      the samples (told by a quarter of the rows, which is not judged then), and up to 256 products of pairs, and weighs \
      them by \
      shrunken covariances (shrinkage discriminant analysis). A row that both samples have stands in the same fold as its \
      copy. The area is the mean over the folds. Its variance is twice \
      the one of independent folds: where nothing tells the samples apart, the areas of two of k folds have a correlation \
      of 1/(k - 1), because each pair of folds teaches and judges the same chance agreement twice; where something does, \
      they depend on each other less. The interval is symmetric on the logit scale.
      """,
    use: """
      To find a change that no column shows by itself: a dependence that has come or gone. 0.5 is no difference that \
      these features show, 1 a complete one; with few rows the classifier learns little, and the interval is wide. It \
      says that populations differ, not whether that matters.
      """,
    source: """
      Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017; Ahdesmaki and Strimmer, Annals of Applied \
      Statistics 4 (2010), for shrinkage discriminant analysis; Schafer and Strimmer, Statistical Applications in Genetics \
      and Molecular Biology 4 (2005), for the intensity; DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988)
      """)

  /// In so many folds.
  static let folds = 5
  /// Fewer rows of a sample tell nothing.
  package static let leastRows = 50

  /// O(rows × features² + features³). Throws for samples that are too small, and where no column varies.
  ///
  /// - Parameters:
  ///   - reference: of each column the values of all rows.
  ///   - current: the same columns of the other sample.
  package init(
    reference: [[CrossFittedArea.Value]], current: [[CrossFittedArea.Value]], confidence: Double, seed: Seed
  ) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    guard reference.count == current.count else { throw .lengthsDiffer(reference.count, current.count) }
    let counts = (reference.first?.count ?? 0, current.first?.count ?? 0)
    for count in [counts.0, counts.1] where count < Self.leastRows {
      throw .tooFew("rows", needed: Self.leastRows, got: count)
    }
    let columns = zip(reference, current).map { $0 + $1 }
    let isCurrent = (0..<counts.0 + counts.1).map { $0 >= counts.0 }
    let copies = SharedRows(columns, labels: isCurrent)
    shared = copies.count
    let odds = CategoryOdds(columns, labels: isCurrent, copies, seed: seed)
    let judged = odds.rows.count == isCurrent.count ? columns : columns.map { column in odds.rows.map { column[$0] } }
    let features = try DomainFeatures(try EncodedColumns(judged, beside: odds.features))
    let labels = odds.rows.map { isCurrent[$0] }
    let folds = Self.folds(odds.rows, labels, copies, seed)
    let learning = DomainLearning(features, labels: labels, folds: folds, count: Self.folds)
    var (areas, variance, pairs) = ([Double](), 0.0, 0)
    var parts = [Double](repeating: 0, count: features.terms.count)
    for fold in 0..<Self.folds {
      let weights = learning.weights(without: fold)
      for (index, part) in learning.parts(of: weights, in: fold).enumerated() { parts[index] += part }
      let rows = folds.indices.filter { folds[$0] == fold }
      let judged = try DeLong(labels: rows.map { labels[$0] }, scores: [Self.scores(rows, features, weights)])
      areas.append(judged.areas[0])
      let (positives, negatives) = (Double(judged.positives), Double(judged.negatives))
      // Scores that are all the same place no row by chance, as other scores without a meaning would.
      let chance = (1 / positives + 1 / negatives) / 12
      let own = try judged.covariance(0, 0)
      variance += own == 0 && judged.areas[0] == 0.5 ? chance : own
      pairs += min(judged.positives, judged.negatives)
    }
    let area = areas.reduce(0, +) / Double(Self.folds)
    let deviation = (2 * variance).squareRoot() / Double(Self.folds)
    self.area = Estimate(area, CrossFittedArea.interval(area, deviation, pairs, confidence))
    self.features = features.terms.count
    contributions = Self.contributions(parts, features.columns)
  }

  /// The fold of each row: random, as many of each sample in each, and the same for a row and its copy.
  private static func folds(_ rows: [Int], _ labels: [Bool], _ copies: SharedRows, _ seed: Seed) -> [Int] {
    var random = Philox(seed)
    let first = labels.count { !$0 }
    var folds = (0..<first).map { $0 % Self.folds }.shuffled(using: &random)
    let places = Dictionary(uniqueKeysWithValues: zip(rows.prefix(first), 0..<first))
    let shared = rows.dropFirst(first).map { row in copies.partners[row].flatMap { places[$0] }.map { folds[$0] } }
    var taken = [Int](repeating: 0, count: Self.folds)
    for case let fold? in shared { taken[fold] += 1 }
    // What the copies leave of as many rows for each.
    var left = shared.indices.map { $0 % Self.folds }.filter { fold in
      taken[fold] -= 1
      return taken[fold] < 0
    }
    left.shuffle(using: &random)
    var rest = left[...]
    folds += shared.map { $0 ?? rest.removeFirst() }
    return folds
  }

  private static func scores(_ rows: [Int], _ features: DomainFeatures, _ weights: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: weights.count)
    return rows.map { row in
      features.row(row, into: &values)
      var score = 0.0
      for (weight, value) in zip(weights, values) { score += weight * value }
      return score
    }
  }

  private static func contributions(_ parts: [Double], _ columns: [[Int]]) -> [(columns: [Int], share: Double)] {
    var sums: [[Int]: Double] = [:]
    for (part, columns) in zip(parts, columns) { sums[columns, default: 0] += part }
    let total = sums.values.filter { $0 > 0 }.sorted().reduce(0, +)
    guard total > 0 else { return [] }
    return sums.filter { $0.value > 0 }.map { (columns: $0.key, share: $0.value / total) }
      .sorted { $0.share == $1.share ? $0.columns.lexicographicallyPrecedes($1.columns) : $0.share > $1.share }
  }
}
