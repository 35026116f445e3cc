/// Rows as JSON Lines: an object a line, with every column.
///
/// Values keep their kind: numbers and booleans of typed files are bare, nested values are JSON, everything else is a
/// string. What JSON has no number for becomes a string: `"NaN"`, `"Infinity"`, `"-Infinity"`.
struct JSONLinesRows: RowWriter {
  let header: [UInt8] = []
  /// A NUL is written as an escape.
  var isPlainText: Bool { false }
  /// What stands before the value of each column.
  private let keys: [[UInt8]]

  init(_ fields: [Field]) {
    keys = fields.enumerated().map { index, field in
      var key = [UInt8(ascii: index == 0 ? "{" : ",")]
      let name = Array(field.name.utf8)
      JSONText.appendString(name, name.indices, to: &key)
      return key + [UInt8(ascii: ":")]
    }
  }

  func text(_ rows: [Int32], of columns: [RowColumn]) -> [UInt8] {
    var text: [UInt8] = []
    for row in rows {
      for (key, column) in zip(keys, columns) {
        text.append(contentsOf: key)
        append(column, Int(row), to: &text)
      }
      text.append(contentsOf: "}\n".utf8)
    }
    return text
  }

  private func append(_ column: RowColumn, _ row: Int, to text: inout [UInt8]) {
    guard !column.values.isNull(row) else { return text.append(contentsOf: "null".utf8) }
    if case .numbers(let numbers) = column.values, !column.isHidden, !numbers.values[row].isFinite {
      return JSONText.appendNumber(Int64(bitPattern: numbers.values[row].bitPattern), bits: 64, to: &text)
    }
    if !column.isHidden, column.isBare(row) {
      _ = column.append(row, to: &text)
      return
    }
    var value: [UInt8] = []
    _ = column.append(row, to: &value)
    JSONText.appendString(value, value.indices, to: &text)
  }
}

extension RowColumn {
  /// Whether a value's text is JSON as it is.
  fileprivate func isBare(_ row: Int) -> Bool {
    switch type {
    case .tokens: !values.isString(row)
    case .boolean, .integer, .float, .decimal, .nested: true
    default: false
    }
  }
}
