/// Texts of one column of a batch, as ranges of bytes.
///
/// Plain, there is one range for every row. Coded, there is one range for every entry of a dictionary and one code for
/// every row: what is true of an entry is then found out once.
package struct TextColumn: Sendable {
  /// What the ranges point into. The columns of a text file share one array.
  package var bytes: [UInt8] = []
  /// Where each text begins.
  package var starts: [Int32] = []
  /// Where each text ends; negative for a null.
  package var ends: [Int32] = []
  /// For every row the index of its entry, negative for a null; nil when the ranges are those of the rows.
  package var codes: [Int32]?

  package init() {}

  package init(bytes: [UInt8], starts: [Int32], ends: [Int32], codes: [Int32]? = nil) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.codes = codes
  }

  package var rowCount: Int { codes?.count ?? ends.count }

  /// Whether there are no more entries than rows, so that it is less work to look at each entry.
  var hasDictionary: Bool { codes.map { ends.count <= $0.count } ?? false }

  /// The entries as texts of their own.
  var dictionary: TextColumn { TextColumn(bytes: bytes, starts: starts, ends: ends) }

  /// The range of a row's text; nil for a null.
  @inline(__always)
  package func range(_ row: Int) -> Range<Int>? {
    var entry = row
    if let codes {
      guard codes[row] >= 0 else { return nil }
      entry = Int(codes[row])
    }
    guard ends[entry] >= 0 else { return nil }
    return Int(starts[entry])..<Int(ends[entry])
  }

  @inline(__always)
  package func isNull(_ row: Int) -> Bool { range(row) == nil }
}

/// The values of one column of a batch in a fixed width.
package struct Column<Value: Sendable>: Sendable {
  /// A value for every row; meaningless where the state is not valid.
  package var values: [Value]
  /// `CellState` raw values, one for every row.
  package var states: [UInt8]

  package init(values: [Value] = [], states: [UInt8] = []) {
    self.values = values
    self.states = states
  }
}
