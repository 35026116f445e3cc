@testable import Scan

/// A table as text, the same from every reader and from pyarrow (`table_rendering.py`): for every column a line with its
/// name and type, then a line for every value.
///
/// Integers, dates and timestamps are the integers that are stored, floating-point numbers the hexadecimal digits of
/// their bits, binary values `x` and hexadecimal digits, nested values JSON, all other values strings of JSON.
struct TableRendering {
  private(set) var columns: [[String]] = []
  private let fields: [Field]

  /// Renders all columns that are supported.
  init(_ reader: some TableReader) throws {
    var reader = reader
    fields = reader.fields
    let supported = fields.indices.filter { if case .unsupported = fields[$0].type { false } else { true } }
    columns = fields.map { ["column \($0.name) \($0.type.word)"] }
    var batch = Batch()
    while let chunk = try reader.nextChunk(of: supported) {
      var row = 0
      try chunk.decode(into: &batch) { batch throws(ScanError) in
        guard batch.firstRow == row else {
          throw ScanError(.malformed, "a batch begins at row \(batch.firstRow), not \(row)")
        }
        row += batch.rowCount
        for (place, column) in supported.enumerated() {
          try append(batch.stored[place], rows: batch.rowCount, to: column)
        }
      }
    }
  }

  var lines: [String] { columns.flatMap(\.self) }

  private mutating func append(_ stored: StoredColumn, rows: Int, to index: Int) throws(ScanError) {
    let type = fields[index].type
    let (values, states) =
      switch stored {
      case .texts(let column), .tokens(let column, _): (column.rowCount, column.rowCount)
      case .numbers(let column): (column.values.count, column.states.count)
      case .integers(let column): (column.values.count, column.states.count)
      }
    guard values == rows, states == rows else {
      throw ScanError(.malformed, "column \(index) has \(values) values and \(states) states of \(rows) rows")
    }
    for row in 0..<rows { columns[index].append(Self.text(stored, row, type)) }
  }

  private static func text(_ stored: StoredColumn, _ row: Int, _ type: StoredType) -> String {
    switch stored {
    case .texts(let column), .tokens(let column, _):
      guard let range = column.range(row) else { return "null" }
      let bytes = column.bytes[range]
      switch type {
      case .binary: return bytes.reduce(into: "x") { $0 += hexadecimal(UInt64($1), width: 2) }
      case .nested: return String(decoding: bytes, as: UTF8.self)
      default: return quoted(bytes)
      }
    case .numbers(let column):
      guard let value = value(column, row) else { return "null" }
      return value.isNaN ? "nan" : hexadecimal(value.bitPattern, width: 16)
    case .integers(let column):
      if column.states[row] == CellState.malformed.rawValue { return "malformed" }
      guard let value = value(column, row) else { return "null" }
      switch type {
      case .boolean: return value == 0 ? "false" : "true"
      case .integer(_, isSigned: false): return String(UInt64(bitPattern: value))
      default: return String(value)
      }
    }
  }

  private static func value<Value>(_ column: Column<Value>, _ row: Int) -> Value? {
    column.states[row] == CellState.null.rawValue ? nil : column.values[row]
  }

  private static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    var text = "\""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case _ where scalar.value < 0x20: text += "\\u" + hexadecimal(UInt64(scalar.value), width: 4)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func hexadecimal(_ value: UInt64, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
