/// A row lies no farther from the middle than a limit: the root of the mean of the squares of its distances in each
/// column, of which each is measured in the scale of that column. Columns without a value are left out of the mean; a
/// row without any has no distance. Infinities are at no finite distance.
package struct OutlierTest: RowTest {
  package var columns: [Column]
  package var limit: Double

  package struct Column: Hashable, Sendable {
    package var name: String
    package var center: Double
    /// Above 0.
    package var scale: Double

    package init(_ name: String, center: Double, scale: Double) {
      (self.name, self.center, self.scale) = (name, center, scale)
    }
  }

  package init(_ columns: [Column], limit: Double) {
    self.columns = columns
    self.limit = limit
  }

  package var readings: [ColumnReading] { columns.map { ColumnReading($0.name, as: .number) } }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    var sums = [Double](repeating: 0, count: batch.rowCount)
    var counts = [Int](repeating: 0, count: batch.rowCount)
    for column in columns {
      let values = batch.numbers(ColumnReading(column.name, as: .number))
      for row in values.states.indices where values.states[row] == CellState.valid.rawValue {
        let distance = (values.values[row] - column.center) / column.scale
        guard !distance.isNaN else { continue }
        sums[row] += distance * distance
        counts[row] += 1
      }
    }
    for row in 0..<batch.rowCount {
      verdicts[row] =
        counts[row] == 0 ? .null : (sums[row] / Double(counts[row])).squareRoot() <= limit ? .holds : .violated
    }
  }
}
