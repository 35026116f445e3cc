/// A run of consecutive rows of a table: some thousand rows of the columns that the plan requires.
///
/// A reader fills the stored columns; the scan derives from them the readings that the aggregates require.
package struct Batch: Sendable {
  package var rowCount = 0
  /// The required columns as the file stores them, in the order in which they were asked for.
  package var stored: [StoredColumn] = []
  /// For text files the line of each row, counted from 0 at the beginning of the chunk. Left empty by formats without
  /// lines, whose places are row numbers.
  package var lines: [Int32] = []
  /// Which chunk of the scan it is of, counted from 0.
  package internal(set) var chunk = 0
  /// How many rows of the chunk came before this batch.
  package var firstRow = 0
  /// Records that are no rows of the table: ragged, broken, or not text.
  package var defects: [RecordDefect] = []
  /// Columns that occur in the chunk and are none of the table's; told with its last batch.
  package var lateColumns = LateColumns()
  /// How many lines the chunk had up to the end of this batch; 0 for formats without lines.
  package var lineCount = 0
  /// How many rows of the chunk a sample leaves out.
  package var rowsLeftOut = 0

  /// Of columns in which codes mean that there is no value, what the file has, codes and all; by their places in `stored`.
  var coded: [Int: StoredColumn] = [:]
  /// The fields of the stored columns.
  var fields: [Field] = []
  /// Where each column stands in `stored`.
  var slots: [String: Int] = [:]
  /// The required readings that differ from what is stored.
  var derived: [ColumnReading: ColumnVector] = [:]
  /// The required numbers of columns whose rows do not matter.
  var counted: [String: CountedNumbers] = [:]
  /// The rows of the scope whose aggregates come next, found once for all of them.
  var scoped: ScopedRows?

  package init() {}

  /// Where a row stands, relative to the chunk.
  @inline(__always)
  func place(_ row: Int) -> RowPlace {
    RowPlace(number: lines.isEmpty ? firstRow + row : Int(lines[row]))
  }

  /// Makes a reading of a column, unless there is none to make, or it was made before.
  mutating func derive(_ reading: ColumnReading) {
    guard let type = reading.type, let slot = slots[reading.column] else { return }
    if reading.isCounted {
      guard counted[reading.column] == nil else { return }
      // What is parsed text by text serves others, too.
      if case .texts(let texts) = stored[slot], !texts.hasDictionary { derive(reading.byRow) }
      counted[reading.column] = CountedNumbers(reading.column, of: self)
    } else if derived[reading] == nil {
      derived[reading] = stored[slot].read(fields[slot].type, as: type)
    }
  }

  /// The numbers of a column for a summary of them.
  func counted(_ column: String) -> CountedNumbers { counted[column] ?? CountedNumbers(column, of: self) }

  /// The column in a fixed-width reading of doubles.
  func numbers(_ reading: ColumnReading) -> Column<Double> {
    guard case .number(let column)? = derived[reading] else { return Column() }
    return column
  }

  /// The column in a fixed-width reading of 64-bit integers.
  func integers(_ reading: ColumnReading) -> Column<Int64> {
    guard case .integer(let column)? = derived[reading] else { return Column() }
    return column
  }

  /// The column as text, whatever it is stored as; a plan that reads it asks for the reading `string`.
  func texts(_ column: String) -> TextColumn {
    if case .text(let text)? = derived[ColumnReading(column, as: .string)] { return text }
    return TextColumn()
  }

  /// The column as it is stored, and its type.
  func stored(_ column: String) -> (field: Field, values: StoredColumn)? {
    slots[column].map { (fields[$0], stored[$0]) }
  }

  /// The column as the file has it, with the codes that mean no value.
  func written(_ column: String) -> StoredColumn? { slots[column].map { coded[$0] ?? stored[$0] } }

  /// A value as a person reads it, cut to 120 bytes; nil for a null.
  func display(_ column: String, row: Int) -> String? {
    guard let (field, values) = stored(column) else { return nil }
    var text: [UInt8] = []
    guard values.append(row, of: field.type, to: &text) else { return nil }
    return Self.display(text[...])
  }

  /// A text as a person reads it, cut to 120 bytes at a scalar's border.
  static func display(_ text: ArraySlice<UInt8>) -> String {
    guard text.count > 120 else { return String(decoding: text, as: UTF8.self) }
    var cut = text.startIndex + 120
    while cut > text.startIndex, text[cut] & 0xC0 == 0x80 { cut -= 1 }
    return String(decoding: text[..<cut], as: UTF8.self) + "… (\(text.count) bytes)"
  }
}

/// A record of a file that is no row of its table, or a file that is no part of it.
package struct RecordDefect: Sendable, Hashable {
  /// The line where the record begins, counted as in `Batch.lines`.
  package var line: Int
  /// What is wrong with it.
  package var what: String
  package var kind: Kind

  package enum Kind: Sendable, Hashable {
    case record
    /// The file differs from the first one of its dataset.
    case file
    /// A row says something else than the folder that its file is in.
    case folder
  }

  package init(line: Int, what: String, of kind: Kind = .record) {
    self.line = line
    self.what = what
    self.kind = kind
  }
}
