extension DriftCells {
  /// Cells for the rows of two samples in the same buckets, into which values fall by their hashes.
  ///
  /// There are as many cells, at most one for a bucket, as expect fifty rows of the smaller sample each: more cells see
  /// more, and what chance adds to a distance grows with them. Buckets are put together by the lowest bits of their
  /// numbers, and those that expect less than ten rows in one.
  ///
  /// - Parameter reference: The rows of each bucket, as many as a power of two.
  /// - Returns: The cells, and the buckets of each.
  package static func buckets(
    reference: [Double], current: [Double], referenceSize: Double? = nil, currentSize: Double? = nil
  ) throws(Undefined) -> (cells: DriftCells, members: [[Int]]) {
    guard reference.count == current.count else { throw .lengthsDiffer(reference.count, current.count) }
    guard reference.count.nonzeroBitCount == 1 else {
      throw .outsideDomain("buckets must be as many as a power of two")
    }
    let rows = (try Counts(reference).total, try Counts(current).total)
    let size = min(referenceSize ?? rows.0, currentSize ?? rows.1)
    var count = 2
    while count * 2 <= reference.count, Double(count * 2) * 50 <= size { count *= 2 }
    var groups = (0..<min(count, reference.count)).map { first in
      Array(stride(from: first, to: reference.count, by: count))
    }
    func mass(_ group: [Int]) -> Double { group.reduce(0) { $0 + reference[$1] + current[$1] } }
    let least = 10 / size * (rows.0 + rows.1)
    let rare = groups.filter { mass($0) < least }
    if rare.count > 1, rare.count < groups.count {
      groups = groups.filter { mass($0) >= least }
      // Together they may be rare still; one cell alone is blind.
      if groups.count > 1, rare.reduce(0, { $0 + mass($1) }) < least {
        groups[groups.count - 1] += rare.joined()
      } else {
        groups.append(Array(rare.joined()))
      }
    }
    let cells = DriftCells(
      reference: groups.map { $0.reduce(0) { $0 + reference[$1] } },
      current: groups.map { $0.reduce(0) { $0 + current[$1] } }, referenceSize: referenceSize,
      currentSize: currentSize)
    return (cells, groups)
  }
}
