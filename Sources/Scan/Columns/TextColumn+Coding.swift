internal import CKernels

extension TextColumn {
  /// The same texts with a dictionary of the different ones, in the order in which each came first; unchanged when it
  /// has one, or when they are more than 255, so that a dictionary is no gain. O(bytes), much less when unchanged.
  func coded() -> TextColumn {
    guard codes == nil, ends.count > Self.codedRows else { return self }
    var entries = [Int32](repeating: 0, count: Int(CK_CODE_LIMIT))
    var found: Int32 = -1
    let codes = [Int32](unsafeUninitializedCapacity: ends.count) { codes, count in
      // Safe because: the kernel writes a code for every text, at most as many entries as its limit, and reads no
      // further than the bytes go.
      found = ck_code_texts(
        bytes, bytes.count, starts, ends, ends.count, Int32(CK_CODE_LIMIT), codes.baseAddress, &entries)
      count = found < 0 ? 0 : ends.count
    }
    guard found >= 0 else { return self }
    let used = entries[..<Int(found)]
    return TextColumn(
      bytes: bytes, starts: used.map { starts[Int($0)] }, ends: used.map { ends[Int($0)] }, codes: codes)
  }

  /// Fewer rows are not worth a dictionary.
  private static let codedRows = 512
}
