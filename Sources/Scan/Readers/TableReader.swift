/// A format's reader: it names the columns and hands out the file in chunks.
///
/// Handing out is serial and cheap: it finds where a chunk ends and, for streams, reads its bytes. Decoding is the
/// chunk's own work, which many threads do at once. Where chunks end follows from the file alone, so that no result
/// depends on the number of threads.
package protocol TableReader: Sendable {
  /// The file as messages name it.
  var name: String { get }
  /// The columns in the order of the file.
  var fields: [Field] { get }
  /// The next run of rows, of which only the columns with these indices will be decoded, the same ones at every call; nil
  /// at the end of the table.
  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)?
}

extension TableReader {
  /// Refuses columns whose values are not read: they are not null because of that.
  func refuseUnread(_ columns: [Int]) throws(ScanError) {
    for field in columns.map({ fields[$0] }) where !field.type.isRead {
      throw ScanError(
        .unreadable, "\(name): the column \"\(field.name)\" is \(field.type.words), which is not read",
        hint: "name the columns that are to be checked, without this one")
    }
  }
}

/// A run of consecutive rows that is not decoded yet.
package protocol TableChunk: Sendable {
  /// Which file of its dataset the chunk is from.
  var file: Int { get }
  /// What the file says about the columns that `nextChunk(of:)` was asked for; nil when it says nothing.
  var statistics: ChunkStatistics? { get }
  /// The chunk without the values of some of these columns, which nobody will look at: `stored` has a place for them,
  /// of any content. A format that gains nothing by it decodes them all the same.
  func omitting(_ columns: Set<Int>) -> Self
  /// Decodes the rows in order, some thousand at a time. `batch` is reused: its `stored` columns are those that
  /// `nextChunk(of:)` was asked for, in that order, all of `rowCount` rows.
  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError)
  /// The same of a format that knows more of some rows than of the chunk: before these are decoded, `omitting` is told it
  /// and says which columns nobody will look at from there on. So it is told of all rows, in their order, or of none.
  func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError)
}

extension TableChunk {
  package var file: Int { 0 }
  package var statistics: ChunkStatistics? { nil }
  package func omitting(_ columns: Set<Int>) -> Self { self }

  package func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError) {
    try decode(into: &batch, body)
  }
}
