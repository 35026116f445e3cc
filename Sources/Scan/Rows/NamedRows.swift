/// The values of some columns in a few rows whose places an earlier scan told.
///
/// What repeats a key, or lacks its partner, is known only when all rows have been read: then its place is left, and not
/// the row. Memory is that of the few rows.
package struct NamedRows: Aggregate {
  /// The values by the places of the rows.
  package private(set) var cells: [RowPlace: [ViolatingRow.Cell]] = [:]
  private let specification: Specification

  package struct Specification: AggregateSpecification {
    private let places: [RowPlace]
    fileprivate let columns: [String]
    /// Where each chunk of the scan begins.
    private let origins: [RowPlace]

    /// - Parameter origins: of a scan of the same columns.
    package init(_ places: Set<RowPlace>, by columns: [String], chunksAt origins: [RowPlace]) {
      self.places = places.sorted()
      self.columns = columns
      self.origins = origins
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: NamedRows { NamedRows(specification: self) }

    /// The rows of a batch that are meant, with their places.
    fileprivate func rows(of batch: Batch) -> [(row: Int, place: RowPlace)] {
      guard batch.rowCount > 0, origins.indices.contains(batch.chunk) else { return [] }
      let origin = origins[batch.chunk]
      func place(_ row: Int) -> RowPlace { batch.place(row).moved(after: origin) }
      let (first, last) = (place(0), place(batch.rowCount - 1))
      let wanted = places.filter { first <= $0 && $0 <= last }
      guard !wanted.isEmpty else { return [] }
      let set = Set(wanted)
      return (0..<batch.rowCount).map { ($0, place($0)) }.filter { set.contains($0.1) }
    }
  }

  private init(specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    for (row, place) in specification.rows(of: batch) {
      cells[place] = specification.columns.map { ViolatingRow.Cell(column: $0, value: batch.display($0, row: row)) }
    }
  }

  package mutating func merge(_ other: NamedRows) { cells.merge(other.cells) { first, _ in first } }
}
