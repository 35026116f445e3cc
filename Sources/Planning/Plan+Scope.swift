package import Scan

/// Requirements about a part of the table: a check that knows nothing of it requires what it always does, and is
/// evaluated once for every group.
extension Plan {
  /// Whatever `body` requires is about the rows of the scope. Within another one, a scope without a condition has that of
  /// the other.
  ///
  /// - Returns: What `body` returns, and the slot by which the parts of the measurements are found.
  package mutating func within<Result>(
    _ scope: RowScope, _ body: (inout Plan) -> Result
  ) -> (result: Result, rows: ScopeSlot) {
    let (outer, outerPeers, outerParts) = (self.scope, groupedPeers, scopedParts)
    var inner = scope
    inner.condition = scope.condition ?? outer?.condition
    (self.scope, groupedPeers, scopedParts) = (inner, [], [])
    let result = body(&self)
    let rows = scopedRows(inner)
    (self.scope, groupedPeers, scopedParts) = (outer, outerPeers, outerParts)
    return (result, rows)
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

  /// Whether requirements are about groups, each by itself.
  package var isGrouped: Bool { scope?.groups.isEmpty == false }

  /// The rows of each group, from which the groups are known.
  mutating func scopedRows(_ scope: RowScope) -> ScopeSlot {
    ScopeSlot(index: add(RowCount.Specification().scoped(to: scope)), parts: scopedParts, peers: groupedPeers)
  }
}

/// Where the rows of a scope are counted, group by group.
package struct ScopeSlot: Sendable, Hashable {
  let index: Int
  /// Where the aggregates are that were required of them.
  let parts: [Int]
  /// Where those of peers are counted that are asked for the same groups.
  let peers: [PeerSlot<RowCount>]
}

extension Measurements {
  /// The measurements of each group, in the order of the groups' values; one group without values when the scope makes
  /// none. Those that only a peer has are among them. Throws when there are more groups than anybody looks at, or than the
  /// memory holds.
  package func parts(_ slot: ScopeSlot) throws(GroupExcess) -> [(group: RowGroup, measurements: Measurements)] {
    let others = slot.peers.map { try? peers[$0.peer]?.get().aggregates[$0.index] }
    let counts = ([aggregates[slot.index]] + others).compactMap { $0 as? any GroupedResults }
    let parts = slot.parts.compactMap { aggregates[$0] as? any GroupedResults }
    for results in counts + parts { if let excess = results.excess { throw excess } }
    return Set(counts.flatMap(\.groups)).sorted().map { ($0, part(of: $0)) }
  }

  /// The measurements of one group, which need not have a row.
  package func part(of group: RowGroup) -> Measurements {
    var part = self
    part.group = group
    return part
  }

  /// How many rows the condition of the scope leaves out.
  package func unselected(_ slot: ScopeSlot) -> Int {
    (aggregates[slot.index] as? any GroupedResults)?.unselected ?? 0
  }
}
