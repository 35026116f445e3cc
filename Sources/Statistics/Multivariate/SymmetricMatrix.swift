internal import Glibc

/// A symmetric matrix of doubles, all of it stored, row by row.
struct SymmetricMatrix: Sendable, Equatable {
  let count: Int
  private(set) var values: [Double]

  init(_ count: Int) {
    self.count = count
    values = [Double](repeating: 0, count: count * count)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * count + column] }
    set {
      values[row * count + column] = newValue
      values[column * count + row] = newValue
    }
  }

  /// Adds the products of a row with itself, above the diagonal only.
  mutating func addAbove(_ row: [Double]) {
    for first in 0..<count where row[first] != 0 {
      let (value, line) = (row[first], first * count)
      for second in first..<count { values[line + second] += value * row[second] }
    }
  }

  static func += (a: inout SymmetricMatrix, b: SymmetricMatrix) {
    for index in a.values.indices { a.values[index] += b.values[index] }
  }

  static func - (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    var result = a
    for index in result.values.indices { result.values[index] -= b.values[index] }
    return result
  }

  /// The solution of matrix x = right, by Cholesky's decomposition; nil when it is not positive definite. O(n³).
  func solution(_ right: [Double]) -> [Double]? {
    var factor = values
    for column in 0..<count {
      for row in column..<count {
        var sum = factor[row * count + column]
        for inner in 0..<column { sum -= factor[row * count + inner] * factor[column * count + inner] }
        if row == column {
          guard sum > 0 else { return nil }
          factor[row * count + column] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    var solution = right
    for row in 0..<count {
      for inner in 0..<row { solution[row] -= factor[row * count + inner] * solution[inner] }
      solution[row] /= factor[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for inner in row + 1..<count { solution[row] -= factor[inner * count + row] * solution[inner] }
      solution[row] /= factor[row * count + row]
    }
    return solution
  }

  /// The eigenvalues, the greatest first, each with its vector of length 1. Jacobi's rotations, row by row (Golub and Van
  /// Loan, Matrix Computations, 8.5). O(n³) for each of some ten sweeps.
  var eigen: [(value: Double, vector: [Double])] {
    var (matrix, vectors) = (self, SymmetricMatrix.identity(count).values)
    let scale = values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var off = 0.0
      for row in 0..<count {
        for column in row + 1..<max(row + 1, count) { off += matrix[row, column] * matrix[row, column] }
      }
      if off <= 1e-28 * scale { break }
      for p in 0..<count {
        for q in p + 1..<max(p + 1, count) where matrix[p, q] != 0 { matrix.rotate(p, q, &vectors) }
      }
    }
    let order = (0..<count).sorted { (matrix[$1, $1], $0) < (matrix[$0, $0], $1) }
    return order.map { column in
      (matrix[column, column], (0..<count).map { vectors[$0 * count + column] })
    }
  }

  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [Double]) {
    let theta = (self[q, q] - self[p, p]) / (2 * self[p, q])
    let tangent = (theta < 0 ? -1 : 1) / (theta.magnitude + hypot(theta, 1))
    let cosine = 1 / hypot(tangent, 1)
    let sine = tangent * cosine
    let shift = tangent * self[p, q]
    self[p, p] -= shift
    self[q, q] += shift
    self[p, q] = 0
    for other in 0..<count {
      if other != p, other != q {
        let (a, b) = (self[other, p], self[other, q])
        self[other, p] = cosine * a - sine * b
        self[other, q] = sine * a + cosine * b
      }
      let (a, b) = (vectors[other * count + p], vectors[other * count + q])
      vectors[other * count + p] = cosine * a - sine * b
      vectors[other * count + q] = sine * a + cosine * b
    }
  }

  static func identity(_ count: Int) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(count)
    for index in 0..<count { matrix[index, index] = 1 }
    return matrix
  }
}
