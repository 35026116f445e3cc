package import Scan

/// Requirements about a part of the table: a check that knows nothing of it requires what it always does, and is
/// evaluated once for every group.
extension Plan {
  /// Whatever `body` requires is about the rows of the scope.
  ///
  /// - Returns: What `body` returns, and the slot by which the parts of the measurements are found.
  package mutating func within<Result>(
    _ scope: RowScope, _ body: (inout Plan) -> Result
  ) -> (result: Result, rows: ScopeSlot) {
    let outer = self.scope
    self.scope = scope
    let result = body(&self)
    self.scope = outer
    return (result, scopedRows(scope))
  }

  /// Requires an aggregate of the whole table, whatever the scope.
  package mutating func requireOfTable<Specification: AggregateSpecification>(
    _ specification: Specification
  ) -> Slot<Specification.Result> {
    let outer = scope
    scope = nil
    defer { scope = outer }
    return require(specification)
  }

  /// The rows of each group, from which the groups are known.
  mutating func scopedRows(_ scope: RowScope) -> ScopeSlot {
    ScopeSlot(index: add(ScopedAggregate<RowCount.Specification>.Specification(RowCount.Specification(), in: scope)))
  }
}

/// Where the rows of a scope are counted, group by group.
package struct ScopeSlot: Sendable, Hashable {
  let index: Int
}

extension Measurements {
  /// The measurements of each group, in the order of the groups' values; one group without values when the scope makes
  /// none. Nil when there are more groups than anybody looks at.
  package func parts(_ slot: ScopeSlot) -> [(group: RowGroup, measurements: Measurements)]? {
    guard let counts = aggregates[slot.index] as? any GroupedResults, !counts.isOverfull else { return nil }
    return counts.groups.map { group in
      var part = self
      part.group = group
      return (group, part)
    }
  }

  /// How many rows the condition of the scope leaves out.
  package func unselected(_ slot: ScopeSlot) -> Int {
    (aggregates[slot.index] as? any GroupedResults)?.unselected ?? 0
  }
}
