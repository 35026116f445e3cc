/// The values of a column by the words that they are written with, one a row: each by the place of its word among those
/// that there are, which are in the order of their first rows. Equal values of different types are one word: `1` and
/// `1.0`.
package struct CollectedWords: Sendable {
  private var table = KeyTable()
  private var codes = Codes.narrow([])
  package private(set) var nulls = 0
  /// Where the first row without a value stands.
  package internal(set) var firstNull: RowPlace?

  /// A code for every row; the greatest of its width is that of no value.
  private enum Codes: Sendable {
    case narrow([UInt8])
    case wide([UInt32])
  }

  package init() {}

  /// The words of all rows, for tables in memory.
  package init(_ words: [String?]) {
    for word in words { append(word.map { code(Array($0.utf8).span) }) }
  }

  package var count: Int {
    switch codes {
    case .narrow(let codes): codes.count
    case .wide(let codes): codes.count
    }
  }

  /// The different words, cut where they are long.
  package var words: [String] { (0..<table.count).map { Batch.display(table.key($0)) } }
  package var wordCount: Int { table.count }
  /// The different words in full.
  package var texts: [String] { (0..<table.count).map { String(decoding: table.key($0), as: UTF8.self) } }

  /// Which word a row has; nil for none. O(1).
  package subscript(row: Int) -> Int? {
    switch codes {
    case .narrow(let codes): codes[row] == .max ? nil : Int(codes[row])
    case .wide(let codes): codes[row] == .max ? nil : Int(codes[row])
    }
  }

  /// For every row the place of its word; -1 where there is none.
  package var indices: [Int32] {
    switch codes {
    case .narrow(let codes): codes.map { $0 == .max ? -1 : Int32($0) }
    case .wide(let codes): codes.map { $0 == .max ? -1 : Int32(truncatingIfNeeded: $0) }
    }
  }

  mutating func append(_ column: KeyColumn, of batch: Batch) {
    // What many rows share is looked up once: an entry of a dictionary, or a small whole number.
    var known: [Int32: Int] = [:]
    var text: [UInt8] = []
    for row in 0..<batch.rowCount {
      let shared = column.shared(row)
      if let shared, let code = known[shared] {
        append(code)
        continue
      }
      text.removeAll(keepingCapacity: true)
      guard column.append(row, to: &text) else {
        append(nil)
        if firstNull == nil { firstNull = batch.place(row) }
        continue
      }
      let code = code(text.span)
      if let shared { known[shared] = code }
      append(code)
    }
  }

  private mutating func code(_ word: Span<UInt8>) -> Int { table.insert(word).index }

  private mutating func append(_ code: Int?) {
    if code == nil { nulls += 1 }
    switch codes {
    case .narrow(var narrow) where code ?? 0 < UInt8.max:
      // Taken out while it changes, so that there is one of it.
      codes = .narrow([])
      narrow.append(code.map { UInt8($0) } ?? .max)
      codes = .narrow(narrow)
    case .narrow(let narrow):
      codes = .wide(narrow.map { $0 == .max ? .max : UInt32($0) })
      append(widened: code)
    case .wide: append(widened: code)
    }
  }

  private mutating func append(widened code: Int?) {
    guard case .wide(var wide) = codes else { return }
    codes = .wide([])
    wide.append(code.map { UInt32(truncatingIfNeeded: $0) } ?? .max)
    codes = .wide(wide)
  }

  mutating func merge(_ other: CollectedWords) {
    firstNull = firstNull ?? other.firstNull
    let places = (0..<other.table.count).map { index in code(Array(other.table.key(index)).span) }
    for row in 0..<other.count { append(other[row].map { places[$0] }) }
  }

  var footprint: Int {
    switch codes {
    case .narrow(let codes): codes.count + table.load
    case .wide(let codes): codes.count * MemoryLayout<UInt32>.stride + table.load
    }
  }
}

extension KeyColumn {
  /// What rows of the batch with the same value have in common, where that is easily told; nil where it is not, and for
  /// nulls.
  fileprivate func shared(_ row: Int) -> Int32? {
    switch values {
    case .texts(let texts):
      guard let code = texts.codes?[row], code >= 0, texts.ends[Int(code)] >= 0 else { return nil }
      return code
    case .integers(let column):
      guard column.states[row] == CellState.valid.rawValue else { return nil }
      return (-1...255).contains(column.values[row]) ? Int32(column.values[row]) : nil
    case .tokens, .numbers: return nil
    }
  }
}
