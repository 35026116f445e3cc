/// The categories of two samples, the rare ones put together, as cells to compare.
package struct CategoryCells<Key: Hashable & Comparable & Sendable>: Sendable {
  package var cells: DriftCells
  /// The categories of each cell.
  package var members: [[Key]]
  /// The cell that also holds rows of unknown categories, if there are any.
  package var unknown: Int?

  /// From the rows of each category. The most frequent categories of both samples together have cells of their own, as
  /// long as these expect ten rows of the smaller sample; rarer ones share them. Where there are two categories, there are
  /// two cells.
  ///
  /// - Parameters:
  ///   - rest: Rows of categories that are not known one by one, as a sketch of frequent items leaves them.
  /// - Complexity: O(categories log categories).
  package init(
    reference: [(key: Key, count: Double)], current: [(key: Key, count: Double)],
    rest: (reference: Double, current: Double) = (0, 0), referenceError: Double = 0, currentError: Double = 0,
    referenceSize: Double? = nil, currentSize: Double? = nil
  ) throws(Undefined) {
    try Sample.requireFinite(reference.map(\.count) + current.map(\.count) + [rest.reference, rest.current])
    guard (reference + current).allSatisfy({ $0.count >= 0 }), rest.reference >= 0, rest.current >= 0 else {
      throw .outsideDomain("counts must not be negative")
    }
    var counts: [Key: (reference: Double, current: Double)] = [:]
    for entry in reference { counts[entry.key, default: (0, 0)].reference += entry.count }
    for entry in current { counts[entry.key, default: (0, 0)].current += entry.count }
    let categories = counts.filter { $1.reference + $1.current > 0 }.sorted {
      let (one, other) = ($0.value.reference + $0.value.current, $1.value.reference + $1.value.current)
      return one == other ? $0.key < $1.key : one > other
    }
    let rows = (
      reference: reference.map(\.count).compensatedSum + rest.reference,
      current: current.map(\.count).compensatedSum + rest.current
    )
    guard rows.reference > 0, rows.current > 0 else { throw .noObservations }
    let size = min(referenceSize ?? rows.reference, currentSize ?? rows.current)
    let count = DriftCells.count(reference: size, current: size, error: max(referenceError, currentError))
    // What a cell must hold of both samples together so that the smaller expects its ten rows.
    let least = min(10 / size, 1 / Double(count)) * (rows.reference + rows.current)
    var groups: [(members: [Key], reference: Double, current: Double)] = []
    for (key, value) in categories {
      let isFull = groups.last.map { $0.reference + $0.current >= least && groups.count < count } ?? true
      // The second category never joins the first: one cell alone is blind.
      if isFull || (groups.count == 1 && groups[0].members.count == 1 && categories.count == 2) {
        groups.append(([], 0, 0))
      }
      groups[groups.count - 1].members.append(key)
      groups[groups.count - 1].reference += value.reference
      groups[groups.count - 1].current += value.current
    }
    unknown = nil
    if rest.reference + rest.current > 0 {
      let isAlone = groups.count < 2 || (groups.count < count && rest.reference + rest.current >= least)
      if isAlone { groups.append(([], 0, 0)) }
      groups[groups.count - 1].reference += rest.reference
      groups[groups.count - 1].current += rest.current
      unknown = groups.count - 1
    }
    if groups.count > 2, let last = groups.last, last.reference + last.current < least {
      groups.removeLast()
      groups[groups.count - 1].members += last.members
      groups[groups.count - 1].reference += last.reference
      groups[groups.count - 1].current += last.current
      if unknown != nil { unknown = groups.count - 1 }
    }
    members = groups.map(\.members)
    cells = DriftCells(
      reference: groups.map(\.reference), current: groups.map(\.current), referenceError: referenceError,
      currentError: currentError, referenceSize: referenceSize, currentSize: currentSize)
  }
}
