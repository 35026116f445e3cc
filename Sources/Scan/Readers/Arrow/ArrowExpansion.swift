/// How many rows came out of how many bytes: runs and nulls stand for any number of rows, and a few bytes would keep a
/// scan busy for hours.
struct ArrowExpansion: Sendable {
  private var rows = 0
  private var bytes = 0
  /// So many rows may be of nothing.
  private static let freeRows = 1 << 28
  /// Of more, so many may be of a byte.
  private static let rowsPerByte = 500

  /// Takes in the rows of a record batch with a body of so many bytes; throws where there are too many rows by now.
  mutating func add(_ count: Int, length: Int) throws(ArrowFault) {
    let (sum, isTooLarge) = rows.addingReportingOverflow(count)
    (rows, bytes) = (isTooLarge ? Int.max : sum, bytes + max(1, length))
    guard rows > Self.freeRows, rows / Self.rowsPerByte > bytes else { return }
    throw ArrowFault(
      "\(rows) rows in \(bytes) bytes are more than \(Self.rowsPerByte) for a byte, which no table of values has",
      kind: .limit)
  }
}
