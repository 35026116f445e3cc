/// The pages of one column chunk, decoded as far as they are asked for: their levels here, their values by `Values`.
struct ColumnPages<Values: PageValues> {
  /// The values of the page at hand.
  var values: Values
  /// The bytes of the page at hand.
  private(set) var page: [UInt8] = []
  /// How many entries of the page at hand are left: values and nulls.
  private(set) var left = 0
  private var stream: PageStream
  private let leaf: ParquetLeaf
  private var definition = LevelDecoder.none
  private var repetition = LevelDecoder.none
  private var levels: [Int32] = []
  private var hasDictionary = false
  /// The memory of longer pages is given back.
  private static var longPage: Int { 4 << 20 }
  /// Where the page at hand begins in the file, for messages.
  private var offset = 0

  init(_ stream: PageStream, _ leaf: ParquetLeaf, _ values: Values) {
    self.stream = stream
    self.leaf = leaf
    self.values = values
  }

  /// Makes sure that the page at hand has entries, by going to the next one if need be.
  mutating func load() throws(ScanError) {
    while left == 0 {
      guard try advance() else { throw fault(PageFault("the column ends before its rows do")) }
    }
  }

  /// Whether there is an entry, or no page is left.
  mutating func loadIfAny() throws(ScanError) -> Bool {
    while left == 0 { guard try advance() else { return false } }
    return true
  }

  /// Steps over whole pages that lie before a row, reading their headers alone; returns how many rows of the page at
  /// hand lie before it still. Only for columns that are not repeated, where every entry is a row.
  mutating func skip(_ rows: Int) throws(ScanError) -> Int {
    guard rows >= left else { return rows }
    var rest = rows - left
    left = 0
    while rest > 0 {
      offset = stream.offset
      guard let header = try stream.nextHeader(isSkipping: true) else {
        throw fault(PageFault("the column ends before its rows do"))
      }
      switch header.kind {
      case .data, .dataV2:
        guard header.valueCount <= rest else {
          try begin(header)
          return rest
        }
        rest -= header.valueCount
        stream.skip(header)
      case .dictionary, .other: try begin(header)
      }
    }
    return 0
  }

  /// The same for a repeated column, where a row is an entry at the lowest repetition level and what follows it: to the
  /// last page that has no more than these rows. Headers of version 2 say how many rows a page has; of version 1 the
  /// repetition levels are read. Called between two pages.
  mutating func skipRepeated(_ rows: Int) throws(ScanError) -> Int {
    var rest = rows
    while rest > 0, left == 0 {
      offset = stream.offset
      guard let header = try stream.nextHeader(isSkipping: true) else { return rest }
      if header.kind == .dataV2, let rowCount = header.rowCount, rowCount <= rest {
        rest -= rowCount
        stream.skip(header)
        continue
      }
      try begin(header)
      guard header.kind == .data else { continue }
      let rowCount = try countRows()
      if rowCount <= rest {
        rest -= rowCount
        left = 0
      }
    }
    return rest
  }

  /// How many rows begin in the page at hand, of which nothing is read yet.
  private func countRows() throws(ScanError) -> Int {
    var (levels, repetition) = ([Int32](repeating: 0, count: 4096), repetition)
    var (rows, rest) = (0, left)
    do throws(PageFault) {
      while rest > 0 {
        let count = min(rest, levels.count)
        try repetition.read(count, from: page, into: &levels)
        for index in 0..<count where levels[index] == 0 { rows += 1 }
        rest -= count
      }
    } catch {
      throw fault(error)
    }
    return rows
  }

  /// Writes the states of the next entries and returns how many are present.
  mutating func readStates(_ count: Int, into states: inout [UInt8], at start: Int) throws(ScanError) -> Int {
    left -= count
    let maximum = Int32(leaf.maximumDefinition)
    do throws(PageFault) {
      if let level = try definition.constant(count, in: page) {
        guard level <= maximum else { throw PageFault("a definition level is too high") }
        let isPresent = level == maximum
        let state = isPresent ? CellState.valid : .null
        for index in start..<start + count { states[index] = state.rawValue }
        return isPresent ? count : 0
      }
      levels.resize(to: max(count, levels.count), filler: 0)
      try definition.read(count, from: page, into: &levels)
      let present = PageKernels.states(of: levels, count: count, maximum: maximum, into: &states, at: start)
      guard let present else { throw PageFault("a definition level is too high") }
      return present
    } catch {
      throw fault(error)
    }
  }

  /// Reads both levels of the next entries; returns how many values are present.
  mutating func readLevels(
    _ count: Int, definitions: inout [Int32], repetitions: inout [Int32]
  ) throws(ScanError) -> Int {
    left -= count
    do {
      try definition.read(count, from: page, into: &definitions)
      try repetition.read(count, from: page, into: &repetitions)
    } catch {
      throw fault(error)
    }
    var present = 0
    for index in 0..<count {
      guard definitions[index] <= leaf.maximumDefinition, repetitions[index] <= leaf.maximumRepetition else {
        throw fault(PageFault("a level is too high"))
      }
      if definitions[index] == leaf.maximumDefinition { present += 1 }
    }
    return present
  }

  /// An error in the page at hand.
  func fault(_ fault: PageFault) -> ScanError { stream.place.error(fault, at: offset) }

  /// Goes to the next page, a dictionary too; false at the end.
  private mutating func advance() throws(ScanError) -> Bool {
    offset = stream.offset
    guard let header = try stream.nextHeader() else { return false }
    try begin(header)
    return true
  }

  private mutating func begin(_ header: PageHeader) throws(ScanError) {
    guard header.kind != .other else { return stream.skip(header) }
    // The page's memory is given away, so that it is used again instead of copied.
    let spare = exchange(&page, with: [])
    let range: Range<Int>
    (page, range) = try stream.body(header, reusing: spare)
    do throws(PageFault) {
      if header.kind == .dictionary {
        guard !hasDictionary else { throw PageFault("the column has a second dictionary") }
        hasDictionary = true
        try values.setDictionary(page, range, count: header.valueCount)
        // No page of data is as long, and the dictionary stays for all of them.
        if page.count > Self.longPage { page = [] }
      } else {
        try beginData(header, range)
      }
    } catch {
      throw fault(error)
    }
  }

  private mutating func beginData(_ header: PageHeader, _ range: Range<Int>) throws(PageFault) {
    var position = range.lowerBound
    if header.kind == .data {
      repetition = try LevelDecoder(
        page, &position, end: range.upperBound, encoding: header.repetitionEncoding, maximum: leaf.maximumRepetition,
        count: header.valueCount)
      definition = try LevelDecoder(
        page, &position, end: range.upperBound, encoding: header.definitionEncoding, maximum: leaf.maximumDefinition,
        count: header.valueCount)
    } else {
      guard header.repetitionSize + header.definitionSize <= range.count else { throw .endsEarly }
      let middle = position + header.repetitionSize
      repetition = try LevelDecoder(position..<middle, maximum: leaf.maximumRepetition)
      position = middle + header.definitionSize
      definition = try LevelDecoder(middle..<position, maximum: leaf.maximumDefinition)
    }
    guard let encoding = PageEncoding(rawValue: header.encoding) else {
      throw PageFault("its encoding \(header.encoding) is unknown", kind: .unreadable)
    }
    left = header.valueCount
    // A page of nulls alone may have no bytes for values, not even the head of their encoding.
    let isEmpty = position == range.upperBound && encoding != .dictionary && encoding != .plainDictionary
    try values.begin(page, position..<range.upperBound, encoding: isEmpty ? .plain : encoding)
  }
}
