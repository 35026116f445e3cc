/// The rows that a scope speaks of, one by one: for tables in memory.
package struct ScopeMembers: Aggregate {
  /// By group, each in the order of the table; a scope without groups is one.
  package private(set) var groups: [RowGroup: [Int]] = [:]
  private let scope: RowScope

  package struct Specification: AggregateSpecification {
    package var scope: RowScope

    package init(_ scope: RowScope) { self.scope = scope }
    package var readings: [ColumnReading] { scope.readings }
    package var empty: ScopeMembers { ScopeMembers(scope: scope) }
  }

  private init(scope: RowScope) { self.scope = scope }

  package mutating func update(_ batch: Batch) {
    let found = BatchGroups(scope, batch, among: scope.selected(batch))
    for (group, rows) in zip(found.groups, found.rows) {
      groups[group, default: []] += rows.map { batch.firstRow + Int($0) }
    }
  }

  package mutating func merge(_ other: ScopeMembers) {
    groups.merge(other.groups) { $0 + $1 }
  }

  /// The rows of the largest group, and of several the first.
  package var largest: [Int] {
    groups.max { a, b in (a.value.count, b.key) < (b.value.count, a.key) }?.value ?? []
  }
}
