/// The rows of a batch that a scope selects, cut into its groups.
struct ScopedRows: Sendable {
  let scope: RowScope
  /// How many rows the condition leaves out.
  let unselected: Int
  /// The groups in the order of their first row; one when the scope makes none.
  let groups: [RowGroup]
  /// The rows of each group, in their order.
  let rows: [[Int32]]
  /// The rows of each group as a batch of their own; none of more groups than anybody looks at.
  let parts: [Batch]

  /// - Parameter columns: the columns that are needed of the parts; all when nil. O(rows × columns).
  init(_ scope: RowScope, _ batch: Batch, columns: Set<String>? = nil) {
    self.scope = scope
    let selected = scope.selected(batch)
    unselected = batch.rowCount - selected.count
    if scope.groups.isEmpty {
      (groups, rows) = ([RowGroup()], [selected])
    } else {
      let cut = BatchGroups(scope, batch, among: selected)
      (groups, rows) = (cut.groups, cut.rows)
    }
    parts = groups.count > RowScope.groupLimit ? [] : rows.map { batch.selecting($0, of: columns) }
  }
}

extension Batch {
  /// The rows of a scope, unless they have been found already.
  func rows(of scope: RowScope) -> ScopedRows {
    if let scoped, scoped.scope == scope { return scoped }
    return ScopedRows(scope, self)
  }
}

/// What makes an aggregate of the parts that a scope cuts a table into.
protocol ScopedSpecification: AggregateSpecification {
  var scope: RowScope { get }
  /// The columns that are read of the parts, rather than of the whole batch.
  var partColumns: [String] { get }
}

/// The aggregates of a scan that are of one scope, and share its rows.
struct ScopeAggregates: Sendable {
  let scope: RowScope
  /// Where their specifications stand.
  private(set) var indices: [Int] = []
  private var columns: Set<String> = []

  /// Those of every scope, in the order in which the scopes are first asked for.
  static func all(in specifications: [any AggregateSpecification]) -> [ScopeAggregates] {
    var all: [ScopeAggregates] = []
    var places: [RowScope: Int] = [:]
    for (index, specification) in specifications.enumerated() {
      guard let scoped = specification as? any ScopedSpecification else { continue }
      let place = places[scoped.scope] ?? all.count
      if place == all.count { all.append(ScopeAggregates(scope: scoped.scope)) }
      places[scoped.scope] = place
      all[place].indices.append(index)
      all[place].columns.formUnion(scoped.partColumns)
    }
    return all
  }

  private init(scope: RowScope) { self.scope = scope }

  func rows(of batch: Batch) -> ScopedRows { ScopedRows(scope, batch, columns: columns) }
}
