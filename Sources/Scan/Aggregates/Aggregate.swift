/// A mergeable summary of rows: a commutative monoid of (empty, update, merge).
///
/// The law that one test holds every aggregate to: merge(summary of A, summary of B) == summary of A followed by B,
/// exactly for counters.
package protocol Aggregate: Sendable {
  mutating func update(_ batch: Batch)
  mutating func merge(_ other: Self)
}

/// What makes an aggregate: equal specifications are computed once and shared.
package protocol AggregateSpecification: Hashable, Sendable {
  associatedtype Result: Aggregate
  /// The columns, in the readings, that the aggregate needs.
  var readings: [ColumnReading] { get }
  /// The aggregate of no rows.
  var empty: Result { get }
}
