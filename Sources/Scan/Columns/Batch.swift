/// A run of consecutive rows of a table: some thousand rows, in the columns and readings that the plan requires.
///
/// The reader refills one batch again and again, so that a scan of any length uses the memory of one batch.
package struct Batch: Sendable {
  /// The bytes that the text columns point into.
  package internal(set) var bytes: [UInt8] = []
  package internal(set) var rowCount = 0
  /// The index in the table of the first row, counted from 0.
  package internal(set) var firstRow = 0
  /// The line in the file where each row begins, counted from 1.
  package internal(set) var lines: [Int] = []
  /// Records that are no rows of the table: ragged, broken, or not text.
  package internal(set) var defects: [RecordDefect] = []

  var text: [String: TextColumn] = [:]
  var vectors: [ColumnReading: ColumnVector] = [:]

  package init() {}

  /// The column in a fixed-width reading of doubles.
  func numbers(_ reading: ColumnReading) -> Column<Double> {
    guard case .number(let column)? = vectors[reading] else { return Column(values: [], states: []) }
    return column
  }

  /// The column in a fixed-width reading of 64-bit integers.
  func integers(_ reading: ColumnReading) -> Column<Int64> {
    guard case .integer(let column)? = vectors[reading] else { return Column(values: [], states: []) }
    return column
  }

  func texts(_ column: String) -> TextColumn { text[column] ?? TextColumn() }

  /// A field as it stands in the file; nil for a null.
  func string(_ column: String, row: Int) -> String? {
    let field = texts(column)
    guard row < field.ends.count, !field.isNull(row) else { return nil }
    return String(decoding: bytes[Int(field.starts[row])..<Int(field.ends[row])], as: UTF8.self)
  }

  /// A field as a person reads it, cut to 120 bytes; nil for a null.
  func display(_ column: String, row: Int) -> String? {
    let field = texts(column)
    guard row < field.ends.count, !field.isNull(row) else { return nil }
    let (start, end) = (Int(field.starts[row]), Int(field.ends[row]))
    return Self.display(bytes[start..<end])
  }

  /// A text as a person reads it, cut to 120 bytes at a scalar's border.
  static func display(_ text: ArraySlice<UInt8>) -> String {
    guard text.count > 120 else { return String(decoding: text, as: UTF8.self) }
    var cut = text.startIndex + 120
    while cut > text.startIndex, text[cut] & 0xC0 == 0x80 { cut -= 1 }
    return String(decoding: text[..<cut], as: UTF8.self) + "… (\(text.count) bytes)"
  }
}

/// A record of a file that is no row of its table.
package struct RecordDefect: Sendable, Hashable {
  /// The line where the record begins, counted from 1.
  package var line: Int
  /// What is wrong with it.
  package var what: String

  package init(line: Int, what: String) {
    self.line = line
    self.what = what
  }
}
