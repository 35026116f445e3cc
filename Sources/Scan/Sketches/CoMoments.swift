/// The moments of pairs of numbers, for covariance and correlation: the rows where both are finite.
///
/// Blocks in two passes, put together by the formulas of Chan, Golub and LeVeque (1979), as in `Moments`.
package struct CoMoments: Sendable, Equatable {
  /// How many rows have both numbers.
  package private(set) var count = 0
  private var centerX = 0.0
  private var centerY = 0.0
  private var m2x = 0.0
  private var m2y = 0.0
  private var comoment = 0.0

  package init() {}

  package var meanX: Double? { count > 0 ? centerX : nil }
  package var meanY: Double? { count > 0 ? centerY : nil }
  /// The unbiased covariance, of n - 1; nil for fewer than two rows.
  package var covariance: Double? { count > 1 ? comoment / Double(count - 1) : nil }
  /// Pearson's correlation, -1 to 1; nil when one of the columns does not vary.
  package var correlation: Double? {
    let product = m2x.squareRoot() * m2y.squareRoot()
    guard product > 0, product.isFinite, comoment.isFinite else { return nil }
    return max(-1, min(1, comoment / product))
  }

  /// Takes in two columns of the same rows.
  package mutating func update(_ x: Column<Double>, _ y: Column<Double>) {
    let count = min(x.values.count, y.values.count)
    var xs: [Double] = []
    var ys: [Double] = []
    xs.reserveCapacity(min(count, Self.blockSize))
    ys.reserveCapacity(min(count, Self.blockSize))
    let valid = CellState.valid.rawValue
    for row in 0..<count where x.states[row] == valid && y.states[row] == valid {
      guard x.values[row].isFinite, y.values[row].isFinite else { continue }
      xs.append(x.values[row])
      ys.append(y.values[row])
      if xs.count == Self.blockSize {
        merge(CoMoments(xs, ys))
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
      }
    }
    if !xs.isEmpty { merge(CoMoments(xs, ys)) }
  }

  private static let blockSize = 4096
  private static let lanes = 4

  /// The moments of a block of finite pairs, at least one.
  private init(_ xs: [Double], _ ys: [Double]) {
    count = xs.count
    let whole = count - count % Self.lanes
    var sumX = SIMD4<Double>.zero
    var sumY = SIMD4<Double>.zero
    for index in stride(from: 0, to: whole, by: Self.lanes) {
      sumX += Self.lanes(xs, index)
      sumY += Self.lanes(ys, index)
    }
    centerX = xs[whole...].reduce(sumX.sum(), +) / Double(count)
    centerY = ys[whole...].reduce(sumY.sum(), +) / Double(count)
    var (squareX, squareY, product) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
    for index in stride(from: 0, to: whole, by: Self.lanes) {
      let deviationX = Self.lanes(xs, index) - centerX
      let deviationY = Self.lanes(ys, index) - centerY
      squareX += deviationX * deviationX
      squareY += deviationY * deviationY
      product += deviationX * deviationY
    }
    (m2x, m2y, comoment) = (squareX.sum(), squareY.sum(), product.sum())
    for index in whole..<count {
      let (deviationX, deviationY) = (xs[index] - centerX, ys[index] - centerY)
      m2x += deviationX * deviationX
      m2y += deviationY * deviationY
      comoment += deviationX * deviationY
    }
  }

  @inline(__always)
  private static func lanes(_ values: [Double], _ index: Int) -> SIMD4<Double> {
    SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
  }

  /// Adds the rows of another sketch.
  package mutating func merge(_ other: CoMoments) {
    guard other.count > 0 else { return }
    guard count > 0 else { return self = other }
    let (a, b) = (Double(count), Double(other.count))
    let (deltaX, deltaY) = (other.centerX - centerX, other.centerY - centerY)
    let weight = a * b / (a + b)
    m2x += other.m2x + deltaX * deltaX * weight
    m2y += other.m2y + deltaY * deltaY * weight
    comoment += other.comoment + deltaX * deltaY * weight
    centerX += deltaX * b / (a + b)
    centerY += deltaY * b / (a + b)
    count += other.count
  }
}
