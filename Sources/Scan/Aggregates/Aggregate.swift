/// A mergeable summary of rows: a commutative monoid of (empty, update, merge).
///
/// Every chunk of a table is summarised by itself, with places that count from the chunk's beginning; the summaries
/// are then moved to where the chunk begins and merged in the order of the file. The law that one test holds every
/// aggregate to: merge(summary of A, summary of B) == summary of A followed by B, exactly for counters.
package protocol Aggregate: Sendable {
  mutating func update(_ batch: Batch)
  /// Takes in a summary of rows that come later.
  mutating func merge(_ other: Self) throws(ScanError)
  /// Moves every place that the summary remembers.
  mutating func move(after origin: RowPlace)
  /// Called on the merged whole before the first merge, with what it may use.
  mutating func prepare(_ resources: ScanResources)
  /// Called once when all rows are merged.
  mutating func finish() async throws(ScanError)
  /// The memory that the state holds beside its own value, in bytes, or a little less. Small next to O(state).
  var footprint: Int { get }
}

extension Aggregate {
  package mutating func move(after origin: RowPlace) {}
  package mutating func prepare(_ resources: ScanResources) {}
  package mutating func finish() async throws(ScanError) {}
  package var footprint: Int { 0 }
}

/// What makes an aggregate: equal specifications are computed once and shared.
package protocol AggregateSpecification: Hashable, Sendable {
  associatedtype Result: Aggregate
  /// The columns, in the readings, that the aggregate needs.
  var readings: [ColumnReading] { get }
  /// The aggregate of no rows.
  var empty: Result { get }
  /// Whether the state grows with the data, so that it needs a share of the memory.
  var growsWithData: Bool { get }
  /// Whether there is a state for every group of a scope: all such aggregates together need a share of the memory.
  var growsWithGroups: Bool { get }
  /// Whether that of the first chunk may stand for the whole until the next: not where the whole does something else than
  /// its chunks, and not where it remembers places. Of a hundred thousand columns the memory of a second one would be missed.
  var beginsWithChunk: Bool { get }
  /// The aggregate of rows of which only the statistics are known; nil when the rows must be read. What it says is
  /// exactly what reading them would have said.
  func summary(from statistics: ChunkStatistics) -> Result?
  /// The same with the values of some columns beside the rows that it shows to a person.
  func naming(rowsBy columns: [String]) -> Self
  /// The same of a part of the table, or of each of its groups. Its result is one of that type for all groups
  /// (`GroupedResults`), or a single one of what no part can be told of.
  func scoped(to scope: RowScope) -> any AggregateSpecification
}

extension AggregateSpecification {
  package var growsWithData: Bool { false }
  package var growsWithGroups: Bool { false }
  package var beginsWithChunk: Bool { false }
  package func summary(from statistics: ChunkStatistics) -> Result? { nil }
  package func naming(rowsBy columns: [String]) -> Self { self }
  package func scoped(to scope: RowScope) -> any AggregateSpecification {
    ScopedAggregate.Specification(self, in: scope)
  }
}

extension Collection<any AggregateSpecification> {
  /// Among how many the memory of a scan is shared.
  package var memoryShares: Int { count { $0.growsWithData } + (contains { $0.growsWithGroups } ? 1 : 0) }
}

/// What a scan may use.
package struct ScanResources: Sendable {
  /// How many chunks may be decoded at once.
  package var threads: Int
  /// The most memory that the state of all aggregates together may take, in bytes; what is more goes to disk.
  package var memory: Int
  /// Where files for what does not fit in memory are made. They have no name, so nothing is left behind.
  package var temporaryFolder: String

  package init(threads: Int = 1, memory: Int = 256 << 20, temporaryFolder: String = "/tmp") {
    self.threads = max(1, threads)
    self.memory = memory
    self.temporaryFolder = temporaryFolder
  }
}
