/// Where the chunks of a table begin, in their order.
///
/// How a file is cut into chunks follows from the columns that are asked for. So these are, but no value of them is
/// looked at: what a chunk's statistics say is enough.
package struct ChunkOrigins: Aggregate {
  package private(set) var origins: [RowPlace] = []

  package struct Specification: AggregateSpecification {
    var columns: [String]

    package init(columns: [String]) { self.columns = columns }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: ChunkOrigins { ChunkOrigins() }
    package func summary(from statistics: ChunkStatistics) -> ChunkOrigins? { empty }
  }

  package mutating func update(_ batch: Batch) {}
  package mutating func move(after origin: RowPlace) { origins = [origin] }
  package mutating func merge(_ other: ChunkOrigins) { origins += other.origins }
}
