/// A leaf of a nested column: its entries one after the other, each with its levels and the token of its value.
struct NestedLeaf {
  /// How many entries are decoded at once.
  private static let blockSize = 4096

  private var pages: ColumnPages<TextValues>
  private let maximumDefinition: Int32
  private var definitions = [Int32](repeating: 0, count: blockSize)
  private var repetitions = [Int32](repeating: 0, count: blockSize)
  /// The tokens of the values that are present.
  private var tokens = TextColumn()
  private var codes: [Int32] = []
  private var isCoded = false
  private var entry = 0
  private var entryCount = 0
  private var token = 0

  init(_ pages: ColumnPages<TextValues>, _ leaf: ParquetLeaf) {
    self.pages = pages
    maximumDefinition = Int32(leaf.maximumDefinition)
  }

  /// The levels of the next entry; the definition level is -1 at the end of the column.
  mutating func peek() throws(ScanError) -> (definition: Int32, repetition: Int32) {
    if entry == entryCount { guard try refill() else { return (-1, 0) } }
    return (definitions[entry], repetitions[entry])
  }

  /// Steps over the next entry; appends its value to the text, or `null` when there is none.
  mutating func take(into text: inout [UInt8]) throws(ScanError) {
    let (definition, _) = try peek()
    guard definition >= 0 else { throw fault("the column ends before its rows do") }
    entry += 1
    guard definition == maximumDefinition else { return text.append(contentsOf: "null".utf8) }
    let index = isCoded ? Int(codes[token]) : token
    token += 1
    if isCoded, let dictionary = pages.values.dictionary {
      text.append(contentsOf: dictionary.bytes[Int(dictionary.starts[index])..<Int(dictionary.ends[index])])
    } else {
      text.append(contentsOf: tokens.bytes[Int(tokens.starts[index])..<Int(tokens.ends[index])])
    }
  }

  /// Steps over the next entry, which stands for no value.
  mutating func skip() throws(ScanError) {
    let (definition, _) = try peek()
    guard definition >= 0 else { throw fault("the column ends before its rows do") }
    guard definition < maximumDefinition else { throw fault("its levels contradict those of the fields beside it") }
    entry += 1
  }

  /// Passes over the next rows, each of which begins at repetition level 0: whole pages where that is possible.
  mutating func skip(rows: Int) throws(ScanError) {
    var rest = rows
    while true {
      while entry < entryCount {
        if repetitions[entry] == 0 {
          guard rest > 0 else { return }
          rest -= 1
        }
        if definitions[entry] == maximumDefinition { token += 1 }
        entry += 1
      }
      if pages.left == 0 { rest = try pages.skipRepeated(rest) }
      // What is missing is missed by whoever reads on.
      guard try refill() else { return }
    }
  }

  func fault(_ what: String) -> ScanError { pages.fault(PageFault(what)) }

  func tooLarge(_ limit: Int) -> ScanError { pages.fault(.tooLarge(limit)) }

  /// Decodes the next block; false at the end of the column. A block lies within a page.
  private mutating func refill() throws(ScanError) -> Bool {
    guard try pages.loadIfAny() else { return false }
    entry = 0
    token = 0
    entryCount = min(pages.left, Self.blockSize)
    let present = try pages.readLevels(entryCount, definitions: &definitions, repetitions: &repetitions)
    isCoded = pages.values.isCoded
    do {
      if isCoded {
        codes.resize(to: present, filler: 0)
        try pages.values.readCodes(present, from: pages.page, into: &codes, at: 0)
      } else {
        tokens.bytes.removeAll(keepingCapacity: true)
        tokens.starts.resize(to: present, filler: 0)
        tokens.ends.resize(to: present, filler: 0)
        try pages.values.readTexts(present, from: pages.page, into: &tokens, at: 0)
      }
    } catch {
      throw pages.fault(error)
    }
    return true
  }
}
