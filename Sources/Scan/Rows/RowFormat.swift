/// How rows are written.
package enum RowFormat: String, Sendable, CaseIterable {
  /// RFC 4180 with line feeds: see `CSVRows`.
  case csv
  /// An object a line: see `JSONLinesRows`.
  case jsonl

  /// The writer for a table.
  func writer(_ fields: [Field], _ dialect: CSVDialect) -> any RowWriter {
    switch self {
    case .csv: CSVRows(fields, nullWords: dialect.nullValues)
    case .jsonl: JSONLinesRows(fields)
    }
  }
}

/// Writes rows as text.
protocol RowWriter: Sendable {
  /// What stands before the first row.
  var header: [UInt8] { get }
  /// Whether a NUL byte is no text, so that readers take a file with one for binary.
  var isPlainText: Bool { get }
  /// Some rows of a batch, whose columns these are.
  func text(_ rows: [Int32], of columns: [RowColumn]) -> [UInt8]
}

/// A column of the rows that are written.
struct RowColumn {
  var type: StoredType
  var values: StoredColumn
  /// Whether its values must not be shown.
  var isHidden: Bool

  /// What stands in the place of a value that must not be shown.
  static let hidden = Array("hidden".utf8)

  /// Appends a row's value as the file has it; false for a null.
  func append(_ row: Int, to text: inout [UInt8]) -> Bool {
    guard isHidden else { return values.append(row, of: type, to: &text) }
    if values.isNull(row) { return false }
    text.append(contentsOf: Self.hidden)
    return true
  }
}
