/// A value that stands for so many rows.
package struct WeightedValue: Sendable, Hashable {
  package var value: Double
  package var weight: Double
  /// Whether its rows were counted, although those of other values are read from a sketch.
  package var isCounted: Bool

  package init(_ value: Double, weight: Double, isCounted: Bool = false) {
    self.value = value
    self.weight = weight
    self.isCounted = isCounted
  }
}

extension DriftCells {
  /// Cells for the numbers of two samples: every row is a value, or sketches give values that stand for many rows each.
  ///
  /// Cells of nearly equal mass in both samples together; a value that is as frequent as a cell has one of its own, as
  /// have the five most frequent of those that stand out from their neighbours with a hundredth of all rows or more: the
  /// others would hide that one sample has many more of it. Of counted values the 400 most frequent of those whose share
  /// has certainly changed have cells of their own, too (where there are more than 400 values, of those that are ten times
  /// as frequent as the mean of all), and of up to 400 different ones all, where 500 rows of the smaller
  /// sample are left for each. Where there are two values, there are two cells: so few values are categories, and a
  /// constant column is not blind.
  /// For Kolmogorov and Smirnov's distance every value is a cell; for Wasserstein's none holds more than a thirtieth of
  /// the rows or of the distance from the median, nor values so far apart that their mean is far from them, so that far
  /// values are told from near ones.
  ///
  /// O((n + m) log(n + m)). Throws without rows, for NaN, weights that are negative or not finite, and for infinite
  /// values where distances are asked for.
  package static func numbers(
    reference: [WeightedValue], current: [WeightedValue], for method: DriftMethod, referenceError: Double = 0,
    currentError: Double = 0, referenceSize: Double? = nil, currentSize: Double? = nil
  ) throws(Undefined) -> DriftCells {
    let points = try PooledPoint.points(reference, current)
    let rows = (reference: points.map(\.reference).compensatedSum, current: points.map(\.current).compensatedSum)
    guard rows.reference > 0, rows.current > 0 else { throw .noObservations }
    guard (rows.reference + rows.current).isFinite else { throw .outOfRange }
    let groups: [Range<Int>]
    switch method {
    case .ks: groups = points.indices.map { $0..<$0 + 1 }
    case .wasserstein:
      guard points[0].value.isFinite, points[points.count - 1].value.isFinite else { throw .outOfRange }
      groups = PooledPoint.near(points, parts: 32)
    default:
      let sizes = (reference: referenceSize ?? rows.reference, current: currentSize ?? rows.current)
      let error = max(referenceError, currentError)
      var most = count(reference: sizes.reference, current: sizes.current, error: error)
      let change = CertainChange(rows, sizes, among: points.count)
      // Of many values those that are much more frequent than the others: among times of a schedule each is, and one that
      // moves by a minute is nearly the same, as the others of its cell are.
      let least =
        points.count > mostValues ? Self.outstanding * (rows.reference + rows.current) / Double(points.count) : 0
      let changed = points.indices.filter { index in
        (error == 0 && points[index].mass >= least || points[index].isCounted)
          && change.holds(points[index].reference, points[index].current)
      }.sorted { (points[$1].mass, $0) < (points[$0].mass, $1) }.prefix(mostValues)
      if error == 0, points.count <= mostValues {
        most = max(most, min(points.count, Int(min(sizes.reference, sizes.current) / 500)))
      }
      groups = PooledPoint.ofEqualMass(
        points, count: most, least: 10 / min(rows.reference, rows.current), alone: Set(changed))
    }
    var cells = DriftCells(
      reference: groups.map { points[$0].map(\.reference).compensatedSum },
      current: groups.map { points[$0].map(\.current).compensatedSum }, referenceError: referenceError,
      currentError: currentError, ordered: true,
      values: groups.map { method == .wasserstein ? PooledPoint.mean(points[$0]) : points[$0.upperBound - 1].value },
      unit: method == .wasserstein ? deviation(of: points) : nil, referenceSize: referenceSize,
      currentSize: currentSize)
    cells.counted = Set(groups.indices.filter { groups[$0].count == 1 && points[groups[$0].lowerBound].isCounted })
    return cells
  }

  /// How many times as frequent as the mean of all values one must be to stand alone among many.
  package static let outstanding = 10.0

  /// The standard deviation of the reference's values.
  private static func deviation(of points: [PooledPoint]) -> Double {
    let scale = Sample.scale([[points[0].value, points[points.count - 1].value]])
    let total = points.map(\.reference).compensatedSum
    let mean = points.map { $0.value * scale * ($0.reference / total) }.compensatedSum
    let squares = points.map { point in
      let gap = point.value * scale - mean
      return gap * gap * (point.reference / total)
    }
    return squares.compensatedSum.squareRoot() / scale
  }
}

/// A value with its rows in both samples.
private struct PooledPoint {
  var value: Double
  var reference: Double
  var current: Double
  var isCounted = false
  var mass: Double { reference + current }

  /// The different values of both samples in ascending order.
  static func points(_ reference: [WeightedValue], _ current: [WeightedValue]) throws(Undefined) -> [PooledPoint] {
    let all = reference + current
    if let index = all.firstIndex(where: { $0.value.isNaN || !$0.weight.isFinite }) { throw .notFinite(index: index) }
    guard all.allSatisfy({ $0.weight >= 0 }) else { throw .outsideDomain("weights must not be negative") }
    var points: [PooledPoint] = []
    for index in RadixSort.order(all.map(\.value)).map(Int.init) where all[index].weight > 0 {
      if points.last?.value != all[index].value {
        points.append(PooledPoint(value: all[index].value, reference: 0, current: 0))
      }
      if all[index].isCounted { points[points.count - 1].isCounted = true }
      if index < reference.count {
        points[points.count - 1].reference += all[index].weight
      } else {
        points[points.count - 1].current += all[index].weight
      }
    }
    return points
  }

  /// At most so many groups of neighbours with nearly the same mass each.
  ///
  /// - Parameter alone: values that have a cell of their own, however rare they are, and beside that count: each may divide
  ///   a group in two.
  static func ofEqualMass(_ points: [PooledPoint], count: Int, least: Double, alone: Set<Int>) -> [Range<Int>] {
    let total = points.map(\.mass).compensatedSum
    let spikes = Self.spikes(points, count: count / 4, least: max(0.01, least) * total).union(alone)
    let split = points.count > DriftCells.mostValues ? 2 : 0
    let most = count + split * alone.count
    var divided = 0
    var groups: [Range<Int>] = []
    var (start, mass, left) = (0, 0.0, total)
    func close(before end: Int) {
      groups.append(start..<end)
      left -= mass
      (start, mass) = (end, 0)
    }
    for (index, point) in points.enumerated() {
      let wanted = left / Double(max(1, count + divided - groups.count))
      // A frequent value starts a cell when what stands before it is enough for one, and the first value may be alone.
      let isFrequent = point.mass >= wanted || spikes.contains(index)
      if index > start, isFrequent, mass >= min(wanted, least * total), groups.count + 1 < most {
        close(before: index)
      }
      mass += point.mass
      if mass >= wanted * (1 - 1e-9) || isFrequent, groups.count + 1 < most { close(before: index + 1) }
      if alone.contains(index) { divided += split }
    }
    if start < points.count { close(before: points.count) }
    if groups.count > 2, let last = groups.last, points[last].map(\.mass).compensatedSum < least * total,
      !alone.contains(where: last.contains)
    {
      groups.removeLast()
      groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<points.count
    }
    // One cell alone is blind.
    if groups.count == 1, points.count > 1 {
      let last = points[points.count - 1].mass > points[0].mass
      let border = last ? points.count - 1 : 1
      groups = [0..<border, border..<points.count]
    }
    return groups
  }

  /// The most frequent of the values that are at least twice as frequent as each of their neighbours.
  private static func spikes(_ points: [PooledPoint], count: Int, least: Double) -> Set<Int> {
    let found = points.indices.filter { index in
      let mass = points[index].mass
      guard mass >= least else { return false }
      return (index == 0 || mass >= 2 * points[index - 1].mass)
        && (index == points.count - 1 || mass >= 2 * points[index + 1].mass)
    }
    return Set(found.sorted { (points[$1].mass, $0) < (points[$0].mass, $1) }.prefix(count))
  }

  /// Groups of neighbours of which none but single values holds more than one of so many parts of the mass, or of the
  /// distances from the median, or lies so far apart that its mean would move them by a hundredth of these.
  static func near(_ points: [PooledPoint], parts: Double) -> [Range<Int>] {
    let total = points.map(\.mass).compensatedSum
    var below = 0.0
    let median =
      points.first { point in
        below += point.mass
        return below >= total / 2
      }?.value ?? 0
    let scale = Sample.scale([[points[0].value, points[points.count - 1].value]])
    func distance(_ point: PooledPoint) -> Double {
      point.mass / total * (point.value * scale - median * scale).magnitude
    }
    let distances = points.map(distance).compensatedSum
    var groups: [Range<Int>] = []
    var (start, mass, moved) = (0, 0.0, 0.0)
    for (index, point) in points.enumerated() {
      let (more, further) = (mass + point.mass, moved + distance(point))
      let spread = more / total * (point.value * scale - points[start].value * scale)
      if index > start, more * parts > total || further * parts > distances || spread * 100 > distances {
        groups.append(start..<index)
        (start, mass, moved) = (index, point.mass, distance(point))
      } else {
        (mass, moved) = (more, further)
      }
    }
    if start < points.count { groups.append(start..<points.count) }
    return groups
  }

  static func mean(_ points: ArraySlice<PooledPoint>) -> Double {
    let mass = points.map(\.mass).compensatedSum
    return points.map { $0.value * ($0.mass / mass) }.compensatedSum
  }
}
