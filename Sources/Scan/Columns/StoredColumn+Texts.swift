internal import CKernels

/// Values of many rows as texts, all at once: by kernels where there are any, else as single values are written.
extension StoredColumn {
  /// The values of some rows, each as a text of its own; all of them when nil. O(rows).
  func texts(of rows: [Int32]?, _ type: StoredType) -> TextColumn {
    switch (self, type) {
    case (.numbers(let column), let type) where type != .float(bits: 16):
      return TextColumn(column, rows) { ck_write_doubles(&$0, type.isNarrow, &$1) } ?? plainTexts(of: rows, type)
    case (.integers(let column), .boolean):
      return TextColumn(booleans: column, rows)
    case (.integers(let column), .integer(_, isSigned: true)):
      return TextColumn(column, rows) { ck_write_integers(&$0, &$1) } ?? plainTexts(of: rows, type)
    case (.integers(let column), .date):
      return TextColumn(column, rows) { ck_write_dates(&$0, &$1) } ?? plainTexts(of: rows, type)
    case (.integers(let column), .timestamp(let unit, let zone)):
      let (perSecond, digits) = (Int64(unit.perSecond), Int32(unit.digits))
      return TextColumn(column, rows) { ck_write_timestamps(&$0, perSecond, digits, zone != nil, &$1) }
        ?? plainTexts(of: rows, type)
    default:
      return plainTexts(of: rows, type)
    }
  }

  /// The same, value by value.
  func plainTexts(of rows: [Int32]?, _ type: StoredType) -> TextColumn {
    var texts = TextColumn()
    for row in rows ?? Array(0..<Int32(clamping: rowCount)) {
      texts.starts.append(Int32(clamping: texts.bytes.count))
      let isPresent = append(Int(row), of: type, to: &texts.bytes)
      texts.ends.append(isPresent ? Int32(clamping: texts.bytes.count) : -1)
    }
    return texts
  }
}

extension TextColumn {
  /// What a kernel writes of the values of some rows; nil when it leaves them to others.
  fileprivate init?<Value>(
    _ column: Column<Value>, _ rows: [Int32]?, _ write: (inout ck_values, inout ck_value_texts) -> Int
  ) {
    let count = rows?.count ?? column.values.count
    let (bytes, overflow) = count.multipliedReportingOverflow(by: Int(CK_LONGEST_VALUE))
    guard !overflow, bytes <= Int32.max else { return nil }
    self.init()
    starts = [Int32](repeating: 0, count: count)
    ends = starts
    var isWritten = false
    // Safe because: the rows are those of the column, a value of it has eight bytes and its state one, and the bytes have
    // room for as many texts as there are rows.
    self.bytes = [UInt8](unsafeUninitializedCapacity: bytes) { bytes, filled in
      column.values.withUnsafeBytes { values in
        column.states.withUnsafeBufferPointer { states in
          rows.withPointer { rows in
            starts.withUnsafeMutableBufferPointer { starts in
              ends.withUnsafeMutableBufferPointer { ends in
                var values = ck_values(
                  values: values.baseAddress, states: states.baseAddress, rows: rows, count: count)
                var texts = ck_value_texts(
                  bytes: bytes.baseAddress, starts: starts.baseAddress, ends: ends.baseAddress)
                let written = write(&values, &texts)
                isWritten = written >= 0
                filled = max(0, written)
              }
            }
          }
        }
      }
    }
    if !isWritten { return nil }
  }

  /// A truth is one of two words.
  fileprivate init(booleans column: Column<Int64>, _ rows: [Int32]?) {
    let code = { (row: Int) -> Int32 in
      column.states[row] != CellState.valid.rawValue ? -1 : column.values[row] == 0 ? 0 : 1
    }
    self.init(
      bytes: Array("falsetrue".utf8), starts: [0, 5], ends: [5, 9],
      codes: rows.map { $0.map { code(Int($0)) } } ?? column.states.indices.map(code))
  }
}

extension Optional<[Int32]> {
  fileprivate func withPointer(_ body: (UnsafePointer<Int32>?) -> Void) {
    guard let self else { return body(nil) }
    self.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
