/// The shares of the same cells in two samples, with how many rows each is worth.
struct ObservedShares: Sendable {
  let reference: [Double]
  let current: [Double]
  /// The rows, less for weights and for what sketches do not tell.
  let referenceSize: Double
  let currentSize: Double
  /// The rows, less for weights alone.
  let referenceRows: Double
  let currentRows: Double
  /// The cells of which the rows were counted, although those of others are read from a sketch.
  let counted: Set<Int>
  /// The shares in both samples together.
  let pooled: [Double]
  /// Reference less current; where both are the same, a difference without a direction of its own.
  let difference: [Double]

  /// Throws for cells that differ in number, counts that are none, samples without rows, and errors or sizes outside of
  /// their domain.
  ///
  /// - Parameter measuresMoves: whether what counts is how far values move, and not how large shares are.
  init(_ cells: DriftCells, measuresMoves: Bool = false) throws(Undefined) {
    let (first, second) = (try Counts(cells.reference), try Counts(cells.current))
    guard first.values.count == second.values.count else {
      throw .lengthsDiffer(first.values.count, second.values.count)
    }
    for error in [cells.referenceError, cells.currentError] {
      guard error >= 0, error < 1 else { throw .outsideDomain("the error of a share must be at least 0 and below 1") }
    }
    (reference, current) = (first.shares, second.shares)
    (referenceRows, currentRows) = (cells.referenceSize ?? first.total, cells.currentSize ?? second.total)
    for rows in [referenceRows, currentRows] {
      guard rows > 0, rows.isFinite else { throw .outsideDomain("a sample's size must be above 0 and finite") }
    }
    let total = first.total + second.total
    let pooled = zip(first.values, second.values).map { ($0 + $1) / total }
    let errors = measuresMoves ? Self.errorOfMean(pooled, cells.values) : Self.errorOfShares(pooled, cells.counted)
    referenceSize = Self.size(referenceRows, error: cells.referenceError, errors)
    currentSize = Self.size(currentRows, error: cells.currentError, errors)
    self.pooled = pooled
    counted = cells.counted
    let difference = try CategoryShares(first, second).differences
    self.difference =
      difference.contains { $0 != 0 }
      ? difference : pooled.enumerated().map { $0.isMultiple(of: 2) ? $1.squareRoot() : -$1.squareRoot() }
  }

  /// 1/n + 1/m: the variance of a difference of shares, but for the share.
  var variance: Double { 1 / referenceSize + 1 / currentSize }
  /// The part of it that more rows would not lessen, as sketches add it.
  var sketchVariance: Double { max(0, variance - 1 / referenceRows - 1 / currentRows) }

  /// A sketch is worth the rows whose sampling would move what counts as much as its error does.
  ///
  /// - Parameter squares: how large the square of what a sketch adds is for an error of 1, beside that of sampling a row.
  private static func size(_ size: Double, error: Double, _ squares: Double) -> Double {
    let deviation = error / Normal.critical(confidence: 0.99)
    return 1 / (1 / size + squares * deviation * deviation)
  }

  /// That of all shares together, when each but those of counted cells is off by itself.
  private static func errorOfShares(_ pooled: [Double], _ counted: Set<Int>) -> Double {
    let spread = pooled.map { $0 * (1 - $0) }.compensatedSum
    return spread > 0 ? Double(pooled.count - counted.count) / spread : 0
  }

  /// That of the mean, when the rank of every border between two cells is off by itself: a mean is the sum of the ranks,
  /// each times the distance of the cells on both sides. What a sketch misplaces at one rank it does not at another, so
  /// that much of it cancels out.
  private static func errorOfMean(_ pooled: [Double], _ values: [Double]) -> Double {
    guard let first = values.first, let last = values.last, last > first, values.count == pooled.count else { return 0 }
    // In parts of the range, so that squares stay in range.
    let places = values.map { $0 / 2 / (last / 2 - first / 2) - first / 2 / (last / 2 - first / 2) }
    let mean = zip(places, pooled).map { $0 * $1 }.compensatedSum
    let variance = zip(places, pooled).map { ($0 - mean) * ($0 - mean) * $1 }.compensatedSum
    let gaps = zip(places.dropFirst(), places).map { ($0 - $1) * ($0 - $1) }.compensatedSum
    return variance > 0 ? gaps / variance : 0
  }

  /// Populations with about this difference and the pooled shares observed. A share that would be below 0 is 0.
  func populations(difference: [Double]) -> (reference: [Double], current: [Double]) {
    let total = referenceSize + currentSize
    func shares(_ part: Double) -> [Double] {
      let shares = zip(pooled, difference).map { max(0, $0 + part * $1) }
      let sum = shares.reduce(0, +)
      return shares.map { $0 / sum }
    }
    return (shares(currentSize / total), shares(-referenceSize / total))
  }
}
