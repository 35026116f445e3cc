internal import CKernels

/// Values of eight bytes by their bit patterns, each with the number of rows that hold it: the different ones when they
/// are few, and else all as they came.
package struct CountedWords: Sendable {
  package let words: [UInt64]
  /// How many rows hold each word; nil when it is one.
  package let counts: [Int]?

  package init(_ words: [UInt64]) {
    self = words.withUnsafeBufferPointer { CountedWords($0) } ?? CountedWords(words, counts: nil)
  }

  /// The bit patterns of numbers as they are.
  init?(patternsOf numbers: [Double]) {
    // Safe because: a number and its bit pattern have the same layout.
    let counted = numbers.withUnsafeBufferPointer { numbers in
      numbers.withMemoryRebound(to: UInt64.self) { CountedWords($0) }
    }
    guard let counted else { return nil }
    self = counted
  }

  /// The different ones, if they are few.
  private init?(_ words: UnsafeBufferPointer<UInt64>) {
    var entries = [Int32](repeating: 0, count: Int(CK_CODE_LIMIT))
    var found: Int32 = -1
    let codes = [Int32](unsafeUninitializedCapacity: words.count) { codes, count in
      // Safe because: the kernel writes a code for every word and at most as many entries as its limit.
      found = ck_code_words(words.baseAddress, words.count, Int32(CK_CODE_LIMIT), codes.baseAddress, &entries)
      count = found < 0 ? 0 : words.count
    }
    guard found >= 0 else { return nil }
    self.init(
      entries[..<Int(found)].map { words[Int($0)] }, counts: CountedTexts.counts(codes, entries: Int(found)))
  }

  private init(_ words: [UInt64], counts: [Int]?) {
    self.words = words
    self.counts = counts
  }

  /// The bit patterns of numbers. Zero has two signs and is one value.
  init(_ numbers: [Double]) {
    self.init(
      [UInt64](unsafeUninitializedCapacity: numbers.count) { words, count in
        // Safe because: every word is initialised.
        for (index, number) in numbers.enumerated() {
          words.initializeElement(at: index, to: (number + 0).bitPattern)
        }
        count = numbers.count
      })
  }

  /// The valid values of a column.
  init(_ column: Column<Int64>) {
    let valid = CellState.valid.rawValue
    if column.states.reduce(0, { $0 | ($1 ^ valid) }) == 0 {
      // Safe because: a signed and an unsigned word have the same layout.
      self.init(
        column.values.withUnsafeBufferPointer { values in
          values.withMemoryRebound(to: UInt64.self) { Array($0) }
        })
      return
    }
    self.init(
      [UInt64](unsafeUninitializedCapacity: column.values.count) { words, count in
        // Safe because: every word up to `count` is initialised, and there are no more than values.
        for (value, state) in zip(column.values, column.states) where state == valid {
          words.initializeElement(at: count, to: UInt64(bitPattern: value))
          count &+= 1
        }
      })
  }

  /// How many rows hold a word.
  var rowCount: Int { counts?.reduce(0, +) ?? words.count }
}
