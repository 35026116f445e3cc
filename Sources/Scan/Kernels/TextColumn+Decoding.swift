internal import CKernels

extension TextColumn {
  /// The texts read as values of a type: dispatch once, then one pass.
  ///
  /// A null stays a null; a text that is no value of the type is malformed. O(bytes); of a coded column only the
  /// dictionary is parsed.
  func decoded(as type: ValueType) -> ColumnVector {
    switch type {
    case .string: .text(self)
    case .number: .number(gathered(decodeNumbers(self)))
    case .integer: .integer(gathered(decodeEach(self, parse: parseInteger)))
    case .boolean: .integer(gathered(decodeEach(self, parse: parseBoolean)))
    case .date: .integer(gathered(decodeEach(self, parse: parseDate)))
    case .time: .integer(gathered(decodeEach(self, parse: parseTime)))
    case .timestamp: .integer(gathered(decodeEach(self, parse: parseTimestamp)))
    }
  }

  /// A reading for which none of the texts is a value.
  func rejected(as type: ValueType) -> ColumnVector {
    var states = [UInt8](repeating: CellState.malformed.rawValue, count: rowCount)
    for row in 0..<rowCount where isNull(row) { states[row] = CellState.null.rawValue }
    return type == .number
      ? .number(Column(values: [Double](repeating: 0, count: rowCount), states: states))
      : .integer(Column(values: [Int64](repeating: 0, count: rowCount), states: states))
  }

  /// The decimals without their fraction where it is zero; the others stay as they are, which is no integer.
  func wholes(scale: Int) -> TextColumn {
    guard scale > 0 else { return self }
    var column = self
    for entry in ends.indices where ends[entry] >= 0 {
      let (start, end) = (Int(starts[entry]), Int(ends[entry]))
      guard end - start > scale + 1, bytes[end - scale..<end].allSatisfy({ $0 == UInt8(ascii: "0") }) else { continue }
      column.ends[entry] = Int32(end - scale - 1)
    }
    return column
  }

  /// What was found out of every range, for every row.
  func gathered<Value>(_ column: Column<Value>) -> Column<Value> {
    guard let codes else { return column }
    let entries = min(column.values.count, column.states.count)
    precondition(entries > 0 && codes.reduce(0) { max($0, $1) } < entries)
    let places = codes.map { Int(max($0, 0)) }
    var states = [UInt8](repeating: CellState.null.rawValue, count: codes.count)
    let values = column.values.withUnsafeBufferPointer { values in
      // Safe because: no place is beyond the entries, as was checked.
      places.map { values[$0] }
    }
    column.states.withUnsafeBufferPointer { entries in
      states.withUnsafeMutableBufferPointer { states in
        // Safe because: there are as many states as codes and places.
        for row in codes.indices where codes[row] >= 0 { states[row] = entries[places[row]] }
      }
    }
    return Column(values: values, states: states)
  }
}

@inline(__always)
private func decodeEach(_ text: TextColumn, parse: (Span<UInt8>) -> Int64?) -> Column<Int64> {
  // A dictionary of nothing but nulls has no entry, and still every code needs one to look at.
  let count = max(text.ends.count, text.codes == nil ? 0 : 1)
  var values = [Int64](repeating: 0, count: count)
  var states = [UInt8](repeating: CellState.null.rawValue, count: count)
  let span = text.bytes.span
  let (starts, ends) = (text.starts.span, text.ends.span)
  for row in ends.indices where ends[row] >= 0 {
    if let value = parse(span.extracting(Int(starts[row])..<Int(ends[row]))) {
      values[row] = value
      states[row] = CellState.valid.rawValue
    } else {
      states[row] = CellState.malformed.rawValue
    }
  }
  return Column(values: values, states: states)
}

private func decodeNumbers(_ text: TextColumn) -> Column<Double> {
  guard !text.ends.isEmpty else {
    let count = text.codes == nil ? 0 : 1
    return Column(
      values: [Double](repeating: 0, count: count), states: [UInt8](repeating: CellState.null.rawValue, count: count))
  }
  var states: [UInt8] = []
  let values = [Double](unsafeUninitializedCapacity: text.ends.count) { values, count in
    states = [UInt8](unsafeUninitializedCapacity: text.ends.count) { states, count in
      // Safe because: the kernel writes a value and a state for every text.
      ck_parse_doubles(
        text.bytes, text.bytes.count, text.starts, text.ends, text.ends.count, values.baseAddress, states.baseAddress)
      count = text.ends.count
    }
    count = text.ends.count
  }
  return Column(values: values, states: states)
}
