internal import CKernels

extension TextColumn {
  /// Texts with a dictionary of the different ones, in the order in which each came first; without one when they are
  /// more than 255, so that a dictionary is no gain. O(bytes), much less without one.
  init(coding bytes: [UInt8], _ starts: ArraySlice<Int32>, _ ends: ArraySlice<Int32>) {
    self = Self.coded(bytes, starts, ends) ?? TextColumn(bytes: bytes, starts: Array(starts), ends: Array(ends))
  }

  /// The same texts with such a dictionary; unchanged when they have one.
  func coded() -> TextColumn { codes == nil ? Self.coded(bytes, starts[...], ends[...]) ?? self : self }

  /// The same rows without their dictionary where it has more entries than there are rows: who looks at every entry would
  /// look at more than there is, batch after batch. Unchanged where the rows have more bytes than the entries, some of which
  /// may be long. O(rows).
  func withoutLargeDictionary() -> TextColumn {
    guard let codes, ends.count > codes.count else { return self }
    var plain = TextColumn(bytes: bytes, starts: codes, ends: codes)
    var length = 0
    for (row, code) in codes.enumerated() {
      let entry = Int(code)
      (plain.starts[row], plain.ends[row]) = code < 0 ? (0, -1) : (starts[entry], ends[entry])
      if plain.ends[row] >= 0 { length += Int(plain.ends[row] - plain.starts[row]) }
    }
    return length <= bytes.count ? plain : self
  }

  private static func coded(
    _ bytes: [UInt8], _ starts: ArraySlice<Int32>, _ ends: ArraySlice<Int32>
  ) -> TextColumn? {
    guard ends.count > codedRows else { return nil }
    var entries = [Int32](repeating: 0, count: Int(CK_CODE_LIMIT))
    var found: Int32 = -1
    let codes = [Int32](unsafeUninitializedCapacity: ends.count) { codes, count in
      starts.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          // Safe because: the kernel writes a code for every text, at most as many entries as its limit, and reads no
          // further than the bytes go.
          found = ck_code_texts(
            bytes, bytes.count, starts.baseAddress, ends.baseAddress, ends.count, Int32(CK_CODE_LIMIT),
            codes.baseAddress, &entries)
        }
      }
      count = found < 0 ? 0 : ends.count
    }
    guard found >= 0 else { return nil }
    let used = entries[..<Int(found)].map { Int($0) }
    return TextColumn(
      bytes: bytes, starts: used.map { starts[starts.startIndex + $0] },
      ends: used.map { ends[ends.startIndex + $0] }, codes: codes)
  }

  /// Fewer rows are not worth a dictionary.
  private static let codedRows = 512
}
