/// The key of every row is one of another table's, all of which are in memory.
///
/// A row with a null in any key column has no key.
struct ForeignKeyTest: RowTest {
  let specification: ForeignKeys.Specification
  let set: KeySet

  // The columns of a table have the same keys whenever it is read in one run.
  static func == (a: Self, b: Self) -> Bool { a.specification == b.specification }
  func hash(into hasher: inout Hasher) { hasher.combine(specification) }

  var readings: [ColumnReading] { specification.readings }

  func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    for row in verdicts.indices { verdicts[row] = .null }
    let keys = BatchKeys(specification.columns, batch, specification.form)
    let bytes = keys.bytes.span
    var start = 0
    for (index, end) in keys.ends.enumerated() {
      let isKnown = set.contains(bytes.extracting(start..<Int(end)))
      start = Int(end)
      verdicts[Int(keys.rows[index])] = isKnown ? .holds : .violated
    }
  }
}
