/// The numbers of a column that a numeric summary takes in: what is no number has been counted and left out.
///
/// Made once for each column of a batch and shared by all its summaries.
package struct Numbers: Sendable, Equatable {
  /// The valid values in the order of their rows, infinities among them, NaN not.
  package private(set) var values: [Double]
  /// How many valid values are NaN.
  package private(set) var nanCount = 0
  /// How many of `values` are infinite.
  package private(set) var infinityCount = 0

  package init(_ column: Column<Double>) {
    let count = min(column.values.count, column.states.count)
    var (kept, valid, infinite) = (0, 0, 0)
    values = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      column.values.withUnsafeBufferPointer { values in
        column.states.withUnsafeBufferPointer { states in
          // Safe because: a row is below both counts, and no more places are written than rows were read.
          for row in 0..<count {
            let value = values[row]
            buffer.initializeElement(at: kept, to: value)
            let isValid = states[row] == CellState.valid.rawValue ? 1 : 0
            let isKept = isValid & (value == value ? 1 : 0)
            valid &+= isValid
            kept &+= isKept
            infinite &+= isKept & (value.magnitude == .infinity ? 1 : 0)
          }
        }
      }
      initialized = kept
    }
    nanCount = valid - kept
    infinityCount = infinite
  }

  /// The integers as the nearest doubles.
  package init(_ column: Column<Int64>, isSigned: Bool = true) {
    var numbers: [Double] = []
    numbers.reserveCapacity(column.values.count)
    for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
      numbers.append(isSigned ? Double(value) : Double(UInt64(bitPattern: value)))
    }
    values = numbers
  }

  /// Numbers from anywhere: NaN is counted and left out.
  package init(_ numbers: [Double]) {
    self.init(Column(values: numbers, states: [UInt8](repeating: CellState.valid.rawValue, count: numbers.count)))
  }

  /// The values that are finite.
  var finite: [Double] { infinityCount == 0 ? values : values.filter { $0.isFinite } }
}
