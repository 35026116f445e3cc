internal import JSON

/// How rows with their predictions are written.
package enum PredictionFormat: String, Sendable, CaseIterable {
  case csv, jsonl

  /// The rows, and behind their columns one for each output. A null is an empty field of CSV, an empty text is `""`.
  func bytes(_ rows: FeatureRows, _ predictions: OutputTable) -> [UInt8] {
    let columns =
      rows.columns
      + predictions.outputs.map { output in
        FeatureRows.Column(name: output.name, values: output.rows.map { Self.cell($0) })
      }
    let whole = FeatureRows(columns)
    var bytes: [UInt8] = []
    switch self {
    case .jsonl:
      for row in 0..<whole.count {
        JSONWriter.compact.write(whole.record(row), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    case .csv:
      bytes += Self.line(whole.names.map { Self.field(.string($0)) })
      for row in 0..<whole.count { bytes += Self.line(columns.map { Self.field($0.values[row]) }) }
    }
    return bytes
  }

  /// What an output has for a row. With an object in it its JSON: as columns of its members nobody would find it again.
  private static func cell(_ elements: [JSONValue]) -> JSONValue {
    let value: JSONValue = elements.count == 1 ? elements[0] : .array(elements)
    guard value.flattened.contains(where: { $0.objectValue != nil }) else { return value }
    return .string(String(decoding: JSONWriter.compact.bytes(value), as: UTF8.self))
  }

  private static func line(_ fields: [String]) -> [UInt8] { Array((fields.joined(separator: ",") + "\n").utf8) }

  /// A field as RFC 4180 writes it.
  private static func field(_ value: JSONValue) -> String {
    let text: String
    switch value {
    case .null: return ""
    case .string(let string): text = string
    default: text = value.description
    }
    let isPlain = !text.isEmpty && !text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
    return isPlain
      ? text : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
