/// A column of texts. A batch whose rows all come from dictionary-coded pages keeps the codes; the dictionary is
/// shared by all batches, not copied.
struct TextCursor: ColumnCursor {
  private var pages: ColumnPages<TextValues>
  private let limit: Int
  private var states: [UInt8] = []
  /// Whether the last batch's texts lie in the dictionary, which all batches share.
  private var isBorrowed = false

  init(_ pages: ColumnPages<TextValues>, limit: Int) {
    self.pages = pages
    self.limit = limit
  }

  mutating func fill(_ count: Int, into column: inout StoredColumn) throws(ScanError) {
    var texts = TextColumn()
    if case .texts(let used) = exchange(&column, with: .texts(TextColumn())) { texts = used }
    var codes = texts.codes ?? []
    // The ranges of a coded column are those of its dictionary: they stay as they are.
    if isBorrowed || texts.codes != nil { texts = TextColumn() }
    texts.codes = nil
    texts.bytes.removeAll(keepingCapacity: true)

    states.resize(to: count, filler: 0)
    var codedRanges: [Range<Int>] = []
    var filled = 0
    while filled < count {
      try pages.load()
      let step = min(pages.left, count - filled)
      let range = filled..<filled + step
      let present = try pages.readStates(step, into: &states, at: filled)
      if pages.values.isCoded {
        codes.resize(to: count, filler: 0)
        try readCodes(present, into: &codes, at: filled)
        if present < step {
          PageKernels.spread(&codes, present: present, states: states, range: range, filler: -1)
        }
        codedRanges.append(range)
      } else {
        texts.starts.resize(to: count, filler: 0)
        texts.ends.resize(to: count, filler: 0)
        try readTexts(present, into: &texts, at: filled)
        if present < step {
          PageKernels.spread(&texts.starts, present: present, states: states, range: range, filler: 0)
          PageKernels.spread(&texts.ends, present: present, states: states, range: range, filler: -1)
        }
      }
      filled += step
    }

    let codedRows = codedRanges.reduce(0) { $0 + $1.count }
    if codedRows == count, let dictionary = pages.values.dictionary, count > 0 {
      texts = dictionary
      texts.codes = codes
      texts = texts.withoutLargeDictionary()
      isBorrowed = true
    } else {
      isBorrowed = false
      try resolve(codes, in: codedRanges, &texts, count)
    }
    column = .texts(texts)
  }

  mutating func skip(_ rows: Int) throws(ScanError) -> Int { try pages.skip(rows) }

  /// In a batch where a dictionary gives way to plain texts, the codes become ranges into a copy of the dictionary.
  private func resolve(
    _ codes: [Int32], in ranges: [Range<Int>], _ texts: inout TextColumn, _ count: Int
  ) throws(ScanError) {
    texts.starts.resize(to: count, filler: 0)
    texts.ends.resize(to: count, filler: 0)
    guard !ranges.isEmpty, let dictionary = pages.values.dictionary else { return }
    do {
      try ByteArrayDecoder.check(texts, dictionary.bytes.count, limit)
    } catch {
      throw pages.fault(error)
    }
    let shift = Int32(texts.bytes.count)
    texts.bytes.append(contentsOf: dictionary.bytes)
    for range in ranges {
      for row in range {
        let code = Int(codes[row])
        texts.starts[row] = code < 0 ? 0 : dictionary.starts[code] + shift
        texts.ends[row] = code < 0 ? -1 : dictionary.ends[code] + shift
      }
    }
  }

  private mutating func readCodes(_ count: Int, into codes: inout [Int32], at start: Int) throws(ScanError) {
    do {
      try pages.values.readCodes(count, from: pages.page, into: &codes, at: start)
    } catch {
      throw pages.fault(error)
    }
  }

  private mutating func readTexts(_ count: Int, into texts: inout TextColumn, at start: Int) throws(ScanError) {
    do {
      try pages.values.readTexts(count, from: pages.page, into: &texts, at: start)
    } catch {
      throw pages.fault(error)
    }
  }
}
