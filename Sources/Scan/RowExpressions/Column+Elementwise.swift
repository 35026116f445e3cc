/// One value from each, for every row. The loops are generic over what is computed, so that each is compiled by itself.
extension Column where Value: RowValue {
  /// The same value in every row.
  init(_ value: Value?) {
    let state: CellState = value == nil ? .null : .valid
    self.init(values: [value ?? .placeholder], states: [state.rawValue])
  }

  /// The value that `element` gives for each row; unknown where it gives nil.
  @inline(__always)
  init(count: Int, _ element: (Int) -> Value?) {
    self.init(
      values: [Value](repeating: .placeholder, count: count),
      states: [UInt8](repeating: CellState.null.rawValue, count: count))
    // Safe because: both arrays have `count` elements.
    values.withUnsafeMutableBufferPointer { values in
      states.withUnsafeMutableBufferPointer { states in
        for row in 0..<count {
          let value = element(row)
          values[row] = value ?? .placeholder
          states[row] = value == nil ? CellState.null.rawValue : CellState.valid.rawValue
        }
      }
    }
  }

  /// The value of a row; nil when it is unknown.
  @inline(__always)
  subscript(row: Int) -> Value? {
    let index = states.count == 1 ? 0 : row
    return states[index] == CellState.valid.rawValue ? values[index] : nil
  }

  /// Whether a value is known.
  var presence: Column<Bool> {
    Column<Bool>(count: states.count) { states[$0] == CellState.valid.rawValue }
  }

  /// What `transform` makes of each known value.
  @inline(__always)
  func map<Result: RowValue>(_ transform: (Value) -> Result?) -> Column<Result> {
    // Safe because: a column has as many states as values, and no row beyond them is looked at.
    values.withUnsafeBufferPointer { values in
      states.withUnsafeBufferPointer { states in
        Column<Result>(count: states.count) { row in
          states[row] == CellState.valid.rawValue ? transform(values[row]) : nil
        }
      }
    }
  }

  /// What `combine` makes of two values where both are known.
  @inline(__always)
  static func zip<A: RowValue, B: RowValue>(_ a: Column<A>, _ b: Column<B>, _ combine: (A, B) -> Value?) -> Column {
    if b.states.count == 1 {
      guard let constant = b[0] else { return Column(nil) }
      return a.map { combine($0, constant) }
    }
    if a.states.count == 1 {
      guard let constant = a[0] else { return Column(nil) }
      return b.map { combine(constant, $0) }
    }
    let count = min(a.states.count, b.states.count)
    // Safe because: no row is looked at that one of the two has not.
    return a.values.withUnsafeBufferPointer { first in
      b.values.withUnsafeBufferPointer { second in
        a.states.withUnsafeBufferPointer { firstStates in
          b.states.withUnsafeBufferPointer { secondStates in
            Column(count: count) { row in
              firstStates[row] & secondStates[row] & CellState.valid.rawValue == 1
                ? combine(first[row], second[row]) : nil
            }
          }
        }
      }
    }
  }
}
