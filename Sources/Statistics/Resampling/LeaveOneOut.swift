/// What a statistic without one row each says of the rows' influences.
package struct LeaveOneOut: Sendable {
  /// That of the BCa interval: the skewness of the influences over six times the root of their number.
  package let acceleration: Double
  /// How many rows have influence, each as much as its square: (sum u²)² / sum u⁴, for influences u. Of a rate among some
  /// of the rows these are less than those.
  package let effectiveCount: Double

  /// Nil where no row has influence.
  ///
  /// - Parameter values: the statistic without a row, and of how many rows that holds.
  package init?(_ values: [(value: Double, weight: Double)]) {
    let weights = values.reduce(0) { $0 + $1.weight }
    let mean = values.reduce(0) { $0 + $1.value * $1.weight } / weights
    var (squares, cubes, fourths) = (0.0, 0.0, 0.0)
    for (value, weight) in values {
      let u = mean - value
      squares += weight * u * u
      cubes += weight * u * u * u
      fourths += weight * u * u * u * u
    }
    guard squares > 0, fourths > 0 else { return nil }
    acceleration = cubes / (6 * squares * squares.squareRoot())
    effectiveCount = squares * squares / fourths
  }

  private init(acceleration: Double, effectiveCount: Double) {
    (self.acceleration, self.effectiveCount) = (acceleration, effectiveCount)
  }

  /// The same where what was left out were parts of so many rows each.
  package func ofParts(holding rows: Double) -> LeaveOneOut {
    LeaveOneOut(acceleration: acceleration, effectiveCount: effectiveCount * rows)
  }
}
