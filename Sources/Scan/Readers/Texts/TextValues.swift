/// Values that are delivered as texts: byte arrays, and all that is formatted.
struct TextValues: PageValues {
  private enum Decoder {
    case fixed
    case bytes(ByteArrayDecoder)
    case codes(RunDecoder)
  }

  /// The dictionary of the column chunk, formatted once.
  private(set) var dictionary: TextColumn?
  private let format: ValueFormat
  private let width: Int?
  private let limit: Int
  private var decoder = Decoder.fixed
  private var fixed: FixedValues
  private var end = 0
  private var patterns: [Int64] = []
  private var raw = TextColumn()

  /// `limit` is how many bytes the texts of a batch, and those of a dictionary, may have.
  init(_ leaf: ParquetLeaf, isJSON: Bool, limit: Int) {
    format = ValueFormat(leaf, isJSON: isJSON)
    width = leaf.physical == .fixedLengthByteArray ? leaf.length : nil
    fixed = FixedValues(leaf)
    self.limit = limit
  }

  /// Whether the page at hand has codes of the dictionary instead of texts.
  var isCoded: Bool { if case .codes = decoder { true } else { false } }

  mutating func setDictionary(_ bytes: [UInt8], _ range: Range<Int>, count: Int) throws(PageFault) {
    // Every entry takes at least a byte, or four for its length.
    guard count >= 0, count <= range.count else { throw .endsEarly }
    var entries = TextColumn()
    entries.starts = [Int32](repeating: 0, count: count)
    entries.ends = entries.starts
    // Without room to grow: a dictionary may be as long as a page.
    if format.isVerbatim, format.hasBytes { entries.bytes.reserveCapacity(max(0, range.count - 4 * count)) }
    try begin(bytes, range, encoding: .plain)
    try readTexts(count, from: bytes, into: &entries, at: 0)
    dictionary = entries
  }

  mutating func begin(_ bytes: [UInt8], _ range: Range<Int>, encoding: PageEncoding) throws(PageFault) {
    end = range.upperBound
    switch encoding {
    case .dictionary, .plainDictionary:
      guard dictionary != nil else { throw PageFault("it refers to a dictionary, and there is none") }
      decoder = .codes(try RunDecoder.codes(bytes, range))
    default:
      if format.hasBytes {
        decoder = .bytes(try ByteArrayDecoder(bytes, range, encoding: encoding, width: width))
      } else {
        decoder = .fixed
        try fixed.begin(bytes, range, encoding: encoding)
      }
    }
  }

  /// Decodes the codes of the next values.
  mutating func readCodes(_ count: Int, from page: [UInt8], into codes: inout [Int32], at start: Int) throws(PageFault)
  {
    guard case .codes(var runs) = decoder else { return }
    try runs.read(count, from: page, into: &codes, at: start)
    guard PageKernels.areIndices(codes, start..<start + count, of: dictionary?.starts.count ?? 0) else {
      throw .outsideOfDictionary
    }
    decoder = .codes(runs)
  }

  /// Decodes the texts of the next values: appends their bytes, and writes their ranges at `start`.
  mutating func readTexts(
    _ count: Int, from page: [UInt8], into texts: inout TextColumn, at start: Int
  ) throws(PageFault) {
    let first = texts.bytes.count
    switch decoder {
    case .codes: break
    case .bytes(var decoder) where format.isVerbatim:
      try decoder.read(count, from: page, end: end, into: &texts, at: start, limit: limit)
      self.decoder = .bytes(decoder)
      if case .text = format.form, !UTF8Check.areValid(texts, start..<start + count, bytes: first..<texts.bytes.count) {
        throw .notText
      }
    case .bytes(var decoder):
      raw.bytes.removeAll(keepingCapacity: true)
      raw.starts.resize(to: count, filler: 0)
      raw.ends.resize(to: count, filler: 0)
      try decoder.read(count, from: page, end: end, into: &raw, at: 0, limit: limit)
      self.decoder = .bytes(decoder)
      for index in 0..<count {
        texts.starts[start + index] = Int32(texts.bytes.count)
        try format.append(Int(raw.starts[index])..<Int(raw.ends[index]), of: raw.bytes, to: &texts.bytes)
        try ByteArrayDecoder.check(texts, 0, limit)
        texts.ends[start + index] = Int32(texts.bytes.count)
      }
    case .fixed:
      patterns.resize(to: count, filler: 0)
      try fixed.read(count, from: page, into: &patterns, at: 0)
      for index in 0..<count {
        texts.starts[start + index] = Int32(texts.bytes.count)
        format.append(patterns[index], to: &texts.bytes)
        texts.ends[start + index] = Int32(texts.bytes.count)
      }
      try ByteArrayDecoder.check(texts, 0, limit)
    }
  }
}

extension Array {
  /// Makes the array as long as it shall be; what is new is the filler.
  mutating func resize(to count: Int, filler: Element) {
    if self.count > count {
      removeLast(self.count - count)
    } else if self.count < count {
      append(contentsOf: repeatElement(filler, count: count - self.count))
    }
  }
}
