@testable import Scan

/// A hash of values, each of which is touched (FNV-1a by words).
struct Digest: Equatable {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }

  mutating func add(_ column: StoredColumn) {
    switch column {
    case .texts(let text): add(text) { _ in 0 }
    case .tokens(let text, let kinds):
      require(kinds.count == text.rowCount, "a token has no kind")
      add(text) { UInt64(kinds[$0]) }
    case .numbers(let column): add(column) { $0.bitPattern }
    case .integers(let column): add(column) { UInt64(bitPattern: $0) }
    }
  }

  mutating func add(_ vector: ColumnVector) {
    switch vector {
    case .text(let text): add(text) { _ in 0 }
    case .number(let column): add(column) { $0.bitPattern }
    case .integer(let column): add(column) { UInt64(bitPattern: $0) }
    }
  }

  private mutating func add(_ column: TextColumn, _ kind: (Int) -> UInt64) {
    require(column.starts.count == column.ends.count, "a text has no end")
    for row in 0..<column.rowCount {
      add(kind(row))
      let range = column.range(row)
      add(range.map { UInt64($0.count) } ?? .max)
      for byte in column.bytes[range ?? 0..<0] { add(UInt64(byte)) }
    }
  }

  private mutating func add<Value>(_ column: Column<Value>, _ bits: (Value) -> UInt64) {
    require(column.values.count == column.states.count, "a value has no state")
    for row in column.states.indices {
      add(UInt64(column.states[row]))
      if column.states[row] == CellState.valid.rawValue { add(bits(column.values[row])) }
    }
  }
}
