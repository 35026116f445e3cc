internal import Glibc

/// Whether the principal components of a reference describe another sample as well as they describe the reference.
package struct ReconstructionError: Sendable {
  /// By which factor the mean error differs from that of reference rows that the components were not fitted to: 1 for
  /// none, 1.2 for one greater or smaller by that. Its interval begins at 1 where it may be either.
  package let factor: Estimate
  /// The mean errors, of held-out rows of the reference and of the other sample.
  package let means: (reference: Double, current: Double)
  /// How many components are kept, of how many features.
  package let components: Int
  package let features: Int
  /// How many rows of the reference the error is measured on.
  package let heldOut: Int

  package static let method = Method(
    "pca-reconstruction", aliases: ["reconstruction-error", "pca-drift", "reconstruction-drift"],
    computes: """
      Numbers become normal scores of their ranks, frequent categories and missing values indicators. The principal \
      components of half of the reference, as many as hold 65 % of the variance, are fitted to every row; what they leave \
      of it is its error, a length. Compared is the mean error of the other sample with that of the other half of the \
      reference, as a ratio, its interval by the delta method on the logarithm.
      """,
    use: """
      To find a change in how columns go together, whichever it is, by one number. It is blind to changes along the \
      components, and to shifts that they describe as well: use it beside the drift of single columns.
      """,
    source: """
      Jolliffe, Principal Component Analysis (2002); NannyML's reconstruction error for the use and the share of 65 %; \
      Golub and Van Loan, Matrix Computations, 8.5, for the eigenvalues
      """)

  package static let leastRows = 50
  private static let variance = 0.65
  /// With more features the eigenvalues take too long.
  private static let mostFeatures = 200

  /// O((rows + features) × features²). Throws for samples that are too small, fewer than two features, and where the
  /// components describe the reference without error.
  package init(
    reference: [[CrossFittedArea.Value]], current: [[CrossFittedArea.Value]], confidence: Double, seed: Seed
  ) throws(Undefined) {
    try Sample.requireShare(confidence, "confidence")
    guard reference.count == current.count else { throw .lengthsDiffer(reference.count, current.count) }
    let counts = (reference.first?.count ?? 0, current.first?.count ?? 0)
    for count in [counts.0 / 2, counts.1] where count < Self.leastRows {
      throw .tooFew("rows", needed: Self.leastRows, got: count)
    }
    let encoded = try EncodedColumns(zip(reference, current).map { $0 + $1 })
    let width = encoded.features.count
    guard width > 1 else { throw .tooFew("features", needed: 2, got: width) }
    guard width <= Self.mostFeatures else { throw .outsideDomain("there are more than \(Self.mostFeatures) features") }
    var random = Philox(seed)
    let order = Array(0..<counts.0).shuffled(using: &random)
    let (fitted, held) = (order[..<(counts.0 / 2)], order[(counts.0 / 2)...])
    let space = PrincipalSpace(encoded, rows: fitted, share: Self.variance)
    let before = try Moments(held.map { space.error(of: $0) })
    let now = try Moments((counts.0..<counts.0 + counts.1).map { space.error(of: $0) })
    let (first, second) = (before.mean, now.mean)
    guard first > 1e-6, second > 1e-6 else { throw .zeroVariance }
    let spread = [before, now].reduce(0.0) { sum, sample in
      let count = Double(sample.count)
      return sum + sample.m2 / (count - 1) / count / (sample.mean * sample.mean)
    }
    guard spread > 0, spread.isFinite else { throw .zeroVariance }
    let (ratio, half) = (log(second / first), Normal.critical(confidence: confidence) * spread.squareRoot())
    let (lower, upper) = (ratio - half, ratio + half)
    factor = Estimate(
      exp(ratio.magnitude),
      ConfidenceInterval(
        lower: exp(lower > 0 ? lower : upper < 0 ? -upper : 0), upper: exp(max(upper, -lower)), confidence: confidence))
    means = (first, second)
    (components, features, heldOut) = (space.components.count, width, held.count)
  }
}

/// The principal components of some rows.
private struct PrincipalSpace {
  private let features: [EncodedColumns.Feature]
  private let means: [Double]
  let components: [[Double]]

  init(_ encoded: EncodedColumns, rows: ArraySlice<Int>, share: Double) {
    features = encoded.features
    let n = Double(rows.count)
    let means = features.map { feature in rows.reduce(0.0) { $0 + feature.values[$1] } / n }
    self.means = means
    var covariance = SymmetricMatrix(features.count)
    for (first, feature) in features.enumerated() {
      for second in first..<features.count {
        let other = features[second].values
        covariance[first, second] =
          rows.reduce(0.0) { $0 + (feature.values[$1] - means[first]) * (other[$1] - means[second]) } / n
      }
    }
    let eigen = covariance.eigen
    let total = eigen.reduce(0) { $0 + max(0, $1.value) }
    var (kept, sum) = ([[Double]](), 0.0)
    // Never all that vary: these leave nothing.
    for (value, vector) in eigen.filter({ $0.value > 1e-9 * total }).dropLast() where sum < share * total {
      sum += value
      kept.append(vector)
    }
    components = kept
  }

  /// How far a row lies from the space of the components.
  func error(of row: Int) -> Double {
    let centred = features.indices.map { features[$0].values[row] - means[$0] }
    var square = centred.reduce(0) { $0 + $1 * $1 }
    for component in components {
      let length = zip(component, centred).reduce(0.0) { $0 + $1.0 * $1.1 }
      square -= length * length
    }
    return max(0, square).squareRoot()
  }
}
