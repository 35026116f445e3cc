/// A row stands at none of the places that are known from an earlier scan of the same table.
struct PlaceTest: RowTest {
  var violating: RowSet
  /// Where each chunk of the scan begins.
  var origins: [RowPlace]

  var readings: [ColumnReading] { [] }

  func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    guard origins.indices.contains(batch.chunk) else { return }
    let origin = origins[batch.chunk]
    for row in 0..<batch.rowCount {
      verdicts[row] = violating.contains(batch.place(row).moved(after: origin)) ? .violated : .holds
    }
  }
}
