/// Where the chunks of a table begin, in their order.
///
/// How a file is cut into chunks follows from the columns that are asked for. So these are, but no value of them is
/// looked at: what a chunk's statistics say is enough.
struct ChunkOrigins: Aggregate {
  private(set) var origins: [RowPlace] = []

  struct Specification: AggregateSpecification {
    var columns: [String]

    var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    var empty: ChunkOrigins { ChunkOrigins() }
    func summary(from statistics: ChunkStatistics) -> ChunkOrigins? { empty }
  }

  mutating func update(_ batch: Batch) {}
  mutating func move(after origin: RowPlace) { origins = [origin] }
  mutating func merge(_ other: ChunkOrigins) { origins += other.origins }
}
