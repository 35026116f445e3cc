/// What all folds of two samples teach a linear classifier: sums of the features and of their products, of which those of
/// one fold are left out at a time.
struct DomainLearning: Sendable {
  private var products: [SymmetricMatrix]
  /// Of each fold the sums of the features, of the first sample and of the second.
  private var sums: [[[Double]]]
  private var counts: [[Double]]

  init(_ features: DomainFeatures, labels: [Bool], folds: [Int], count: Int) {
    let width = features.terms.count
    products = (0..<count).map { _ in SymmetricMatrix(width) }
    sums = (0..<count).map { _ in [[Double]](repeating: [Double](repeating: 0, count: width), count: 2) }
    counts = (0..<count).map { _ in [0, 0] }
    var values = [Double](repeating: 0, count: width)
    for row in labels.indices {
      features.row(row, into: &values)
      let (fold, label) = (folds[row], labels[row] ? 1 : 0)
      products[fold].addAbove(values)
      for index in values.indices { sums[fold][label][index] += values[index] }
      counts[fold][label] += 1
    }
  }

  /// The weights of the features that the other folds teach: the difference of the means of both samples, times the
  /// inverse of the correlations, which are shrunken towards none as far as they may be chance.
  func weights(without fold: Int) -> [Double] {
    let others = products.indices.filter { $0 != fold }
    let width = products[fold].count
    var total = SymmetricMatrix(width)
    var means = [[Double]](repeating: [Double](repeating: 0, count: width), count: 2)
    var rows = [0.0, 0.0]
    for other in others {
      total += products[other]
      for label in 0..<2 {
        rows[label] += counts[other][label]
        for index in 0..<width { means[label][index] += sums[other][label][index] }
      }
    }
    let n = rows[0] + rows[1]
    let middle = (0..<width).map { (means[0][$0] + means[1][$0]) / n }
    let scales = (0..<width).map { max(0, total[$0, $0] / n - middle[$0] * middle[$0]).squareRoot() }
    let isTelling = scales.map { $0 > 1e-6 }
    var correlations = SymmetricMatrix.identity(width)
    for row in 0..<width where isTelling[row] {
      for column in row + 1..<max(row + 1, width) where isTelling[column] {
        let covariance = total[row, column] / n - middle[row] * middle[column]
        correlations[row, column] = min(1, max(-1, covariance / (scales[row] * scales[column])))
      }
    }
    correlations.shrink(of: n)
    let differences = (0..<width).map { index in
      isTelling[index] ? (means[1][index] / rows[1] - means[0][index] / rows[0]) / scales[index] : 0
    }
    let weights = correlations.solution(differences) ?? differences
    return (0..<width).map { isTelling[$0] ? weights[$0] / scales[$0] : 0 }
  }

  /// What each feature adds to the difference of the mean scores in a fold.
  func parts(of weights: [Double], in fold: Int) -> [Double] {
    weights.indices.map { index in
      weights[index] * (sums[fold][1][index] / counts[fold][1] - sums[fold][0][index] / counts[fold][0])
    }
  }
}

extension SymmetricMatrix {
  /// Correlations of so many rows, shrunken towards none by the share of their squares that is chance (Schafer and
  /// Strimmer, 2005), by a hundredth at least, with which they always have an inverse.
  fileprivate mutating func shrink(of rows: Double) {
    var (chance, squares) = (0.0, 0.0)
    for row in 0..<count {
      for column in row + 1..<max(row + 1, count) {
        let square = self[row, column] * self[row, column]
        squares += square
        chance += (1 - square) * (1 - square) / (rows - 1)
      }
    }
    let kept = 1 - min(1, max(0.01, squares > 0 ? chance / squares : 1))
    for row in 0..<count {
      for column in row + 1..<max(row + 1, count) { self[row, column] *= kept }
    }
  }
}
