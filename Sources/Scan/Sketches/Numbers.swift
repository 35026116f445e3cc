/// The numbers of a column that a numeric summary takes in, each with the number of rows that hold it: what is no number
/// has been counted and left out.
///
/// Made once for each column of a batch and shared by all its summaries.
package struct Numbers: Sendable, Equatable {
  /// The valid values in the order of their rows, infinities among them, NaN not.
  package private(set) var values: [Double]
  /// How many rows hold each of `values`; nil when it is one.
  package private(set) var counts: [Int]?
  /// What each of `values` is less than the integer that it stands for; nil when all are the very doubles. Integers
  /// beyond 2^53 share doubles, up to 2048 of them one.
  private(set) var rests: [Double]?
  /// How many rows hold NaN.
  package private(set) var nanCount = 0
  /// How many rows hold an infinite value.
  package private(set) var infinityCount = 0

  package init(_ column: Column<Double>) {
    guard !Self.areAllFinite(column) else {
      values = column.values
      return
    }
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

  /// Whether nothing is left out, as in most columns.
  private static func areAllFinite(_ column: Column<Double>) -> Bool {
    let valid = CellState.valid.rawValue
    guard column.states.count == column.values.count, column.states.reduce(0, { $0 | ($1 ^ valid) }) == 0 else {
      return false
    }
    return column.values.withUnsafeBufferPointer { values in
      // A number taken off itself leaves zero, unless it is NaN or infinite.
      var rest = SIMD8<Double>.zero
      values.forEachPaddedVector { rest += $0 - $0 }
      return rest.sum() == 0
    }
  }

  /// Numbers each of which so many rows hold.
  init(_ values: [Double], counts: [Int]) {
    self.init(
      Column(values: values, states: [UInt8](repeating: CellState.valid.rawValue, count: values.count)),
      counts: counts)
  }

  /// Values each of which so many rows hold.
  init(_ column: Column<Double>, counts: [Int]?) {
    guard let counts else {
      self.init(column)
      return
    }
    self.init([])
    self.counts = []
    for (index, state) in column.states.enumerated() where state == CellState.valid.rawValue && counts[index] > 0 {
      append(column.values[index], counts[index])
    }
  }

  /// The same numbers with equal ones counted, if they are few. The two zeros are two.
  func counted() -> Numbers {
    // Equal doubles need not stand for equal integers.
    rests == nil ? CountedWords(patternsOf: values).map { counted($0) } ?? self : self
  }

  /// The same numbers with equal ones counted.
  /// - Parameter words: The bit patterns of `values`.
  func counted(_ words: CountedWords) -> Numbers {
    guard words.counts != nil else { return self }
    var counted = self
    counted.values = words.words.map { Double(bitPattern: $0) }
    counted.counts = words.counts
    return counted
  }

  /// Integers as the nearest doubles.
  package init(integers: CountedWords, isSigned: Bool = true) {
    values = integers.words.map { isSigned ? Double(Int64(bitPattern: $0)) : Double($0) }
    counts = integers.counts
    if mayBeRounded { setRests(zip(integers.words, values).map(Self.rest)) }
  }

  /// Numbers that were read from texts, which may be integers that no double is.
  ///
  /// - Parameter integers: The same texts read as integers. Called when there may be such.
  init(_ column: Column<Double>, counts: [Int]? = nil, integers: () -> Column<Int64>?) {
    self.init(column, counts: counts)
    guard mayBeRounded, let integers = integers() else { return }
    let valid = CellState.valid.rawValue
    let kept = column.states.indices.filter {
      column.states[$0] == valid && !column.values[$0].isNaN && counts?[$0] != 0
    }
    setRests(
      kept.map { row in
        integers.states[row] == valid
          ? Self.rest(UInt64(bitPattern: integers.values[row]), column.values[row]) : 0
      })
  }

  /// Whether there may be integers beyond 2^53 among the values. Their squares tell it of all values at once.
  private var mayBeRounded: Bool {
    let squares = values.withUnsafeBufferPointer { values in
      var squares = SIMD8<Double>.zero
      values.forEachPaddedVector { squares += $0 * $0 }
      return squares.sum()
    }
    return squares >= 0x1p106 && values.contains { (0x1p53...0x1p64).contains($0.magnitude) }
  }

  private mutating func setRests(_ found: [Double]) { rests = found.contains { $0 != 0 } ? found : nil }

  /// What a 64-bit integer is more than its nearest double, exactly. It is less than 2^11 either way, so the bits of
  /// the difference modulo 2^64 are all of it, whichever sign the integer has.
  private static func rest(_ word: UInt64, _ nearest: Double) -> Double {
    let pattern =
      nearest < 0x1p63 ? UInt64(bitPattern: Int64(nearest)) : nearest < 0x1p64 ? UInt64(nearest) : 0
    return Double(Int64(bitPattern: word &- pattern))
  }

  private mutating func append(_ value: Double, _ count: Int, _ rest: Double = 0) {
    guard !value.isNaN else { return nanCount += count }
    if value.isInfinite { infinityCount += count }
    values.append(value)
    counts?.append(count)
    rests?.append(rest)
  }

  /// Numbers from anywhere: NaN is counted and left out.
  package init(_ numbers: [Double]) {
    self.init(Column(values: numbers, states: [UInt8](repeating: CellState.valid.rawValue, count: numbers.count)))
  }

  /// The numbers that are finite.
  var finite: Numbers {
    guard infinityCount > 0 else { return self }
    var finite = Numbers([])
    finite.counts = counts.map { _ in [] }
    finite.rests = rests.map { _ in [] }
    for (index, value) in values.enumerated() where value.isFinite {
      finite.append(value, counts?[index] ?? 1, rests?[index] ?? 0)
    }
    return finite
  }

  /// How many rows hold one of `values`.
  var rowCount: Int { counts?.reduce(0, +) ?? values.count }
}
