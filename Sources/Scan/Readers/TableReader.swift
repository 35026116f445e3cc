/// A format's reader: it names the columns and fills batches with the ones that are required.
package protocol TableReader {
  /// The columns in the order of the file.
  var columns: [String] { get }
  /// The file as messages name it.
  var name: String { get }

  /// Reads the next rows into `batch`, in the required readings; false when there are none left.
  ///
  /// Every row of the table comes exactly once and in the order of the file. Records that are no rows of the table
  /// are `batch.defects`.
  mutating func read(into batch: inout Batch, readings: [ColumnReading]) throws(ScanError) -> Bool
}
