internal import CKernels

/// Reads a text column as values of a type: one pass over the column, dispatch once.
///
/// A null stays a null; a text that is no value of the type is malformed. O(bytes).
func decode(_ text: TextColumn, of bytes: [UInt8], as type: ValueType) -> ColumnVector {
  switch type {
  case .string: .text(text)
  case .number: .number(decodeNumbers(text, of: bytes))
  case .integer: .integer(decodeEach(text, of: bytes, parse: parseInteger))
  case .boolean: .integer(decodeEach(text, of: bytes, parse: parseBoolean))
  case .date: .integer(decodeEach(text, of: bytes, parse: parseDate))
  case .timestamp: .integer(decodeEach(text, of: bytes, parse: parseTimestamp))
  }
}

@inline(__always)
private func decodeEach(
  _ text: TextColumn, of bytes: [UInt8], parse: (Span<UInt8>) -> Int64?
) -> Column<Int64> {
  let count = text.ends.count
  var values = [Int64](repeating: 0, count: count)
  var states = [UInt8](repeating: CellState.null.rawValue, count: count)
  let span = bytes.span
  for row in 0..<count where text.ends[row] >= 0 {
    if let value = parse(span.extracting(Int(text.starts[row])..<Int(text.ends[row]))) {
      values[row] = value
      states[row] = CellState.valid.rawValue
    } else {
      states[row] = CellState.malformed.rawValue
    }
  }
  return Column(values: values, states: states)
}

private func decodeNumbers(_ text: TextColumn, of bytes: [UInt8]) -> Column<Double> {
  let count = text.ends.count
  var values = [Double](repeating: 0, count: count)
  var states = [UInt8](repeating: 0, count: count)
  ck_parse_doubles(bytes, text.starts, text.ends, count, &values, &states)
  return Column(values: values, states: states)
}
