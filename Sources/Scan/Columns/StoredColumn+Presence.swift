extension StoredColumn {
  /// Whether a row has a value that can be written.
  func isPresent(_ row: Int) -> Bool {
    switch self {
    case .texts(let text), .tokens(let text, _): !text.isNull(row)
    case .numbers(let column): column.states[row] == CellState.valid.rawValue
    case .integers(let column): column.states[row] == CellState.valid.rawValue
    }
  }

  /// Calls with every row and whether it has a value.
  @inline(__always)
  func forEachRow(_ body: (_ row: Int, _ hasValue: Bool) -> Void) {
    switch self {
    case .texts(let text), .tokens(let text, _):
      for row in 0..<text.rowCount { body(row, !text.isNull(row)) }
    case .numbers(let column): Self.forEachRow(column.states, body)
    case .integers(let column): Self.forEachRow(column.states, body)
    }
  }

  @inline(__always)
  private static func forEachRow(_ states: [UInt8], _ body: (_ row: Int, _ hasValue: Bool) -> Void) {
    for row in states.indices { body(row, states[row] != CellState.null.rawValue) }
  }
}
