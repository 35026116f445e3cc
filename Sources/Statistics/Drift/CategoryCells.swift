/// The categories of two samples, the rare ones put together, as cells to compare.
package struct CategoryCells<Key: Hashable & Comparable & Sendable>: Sendable {
  package var cells: DriftCells
  /// The categories of each cell.
  package var members: [[Key]]
  /// The cell that also holds rows of unknown categories, if there are any.
  package var unknown: Int?

  /// From the rows of each category. Categories of which both samples together expect ten rows in the smaller one have
  /// cells of their own, up to 400, and so have those whose share has changed by more than chance explains. Rarer ones
  /// share cells. Where there are two categories, there are two cells.
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
    let sizes = (reference: referenceSize ?? rows.reference, current: currentSize ?? rows.current)
    let size = min(sizes.reference, sizes.current)
    let error = max(referenceError, currentError)
    let count = DriftCells.count(reference: size, current: size, error: error)
    let most = DriftCells.count(reference: size, current: size, error: error, most: DriftCells.mostValues)
    // What a cell must hold of both samples together so that the smaller expects its ten rows.
    let least = min(10 / size, 1 / Double(count)) * (rows.reference + rows.current)
    let change = CertainChange(rows, sizes, among: categories.count)
    let isOwn = categories.map { _, rows in
      rows.reference + rows.current >= least || change.holds(rows.reference, rows.current)
    }
    var groups: [Group] = []
    var rare: [Group] = []
    for (category, isOwn) in zip(categories, isOwn) {
      let group = Group(members: [category.key], reference: category.value.reference, current: category.value.current)
      if isOwn, groups.count < most { groups.append(group) } else { rare.append(group) }
    }
    let own = groups.count
    for group in rare {
      let isFull = groups.count == own || groups[groups.count - 1].rows >= least && groups.count < count
      // The second category never joins the first: one cell alone is blind.
      if isFull || groups.count == 1 && categories.count == 2 {
        groups.append(group)
      } else {
        groups[groups.count - 1].add(group)
      }
    }
    unknown = nil
    if rest.reference + rest.current > 0 {
      let rest = Group(reference: rest.reference, current: rest.current)
      let isAlone = groups.count < 2 || groups.count == own || groups.count < count && rest.rows >= least
      if isAlone { groups.append(rest) } else { groups[groups.count - 1].add(rest) }
      unknown = groups.count - 1
    }
    if groups.count > 2, groups.count > own, let last = groups.last, last.rows < least {
      groups.removeLast()
      groups[groups.count - 1].add(last)
      if unknown != nil { unknown = groups.count - 1 }
    }
    members = groups.map(\.members)
    cells = DriftCells(
      reference: groups.map(\.reference), current: groups.map(\.current), referenceError: referenceError,
      currentError: currentError, referenceSize: referenceSize, currentSize: currentSize)
    cells.mixed = Set(groups.indices.filter { groups[$0].members.count > 1 || $0 == unknown })
  }

  private struct Group {
    var members: [Key] = []
    var reference: Double
    var current: Double

    var rows: Double { reference + current }

    mutating func add(_ other: Group) {
      members += other.members
      reference += other.reference
      current += other.current
    }
  }
}
