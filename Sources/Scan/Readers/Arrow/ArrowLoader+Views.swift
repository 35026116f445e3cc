// Views: 16 bytes a value, which hold up to 12 bytes themselves or say in which buffer more of them are.
extension ArrowLoader {
  private struct View {
    var length: Int
    var buffer: Int
    var offset: Int

    /// The length and four bytes of text in the lower word, the buffer and the offset in it in the upper one.
    init(_ bits: UInt128) {
      length = Int(Int32(truncatingIfNeeded: bits))
      buffer = Int(Int32(truncatingIfNeeded: bits >> 64))
      offset = Int(Int32(truncatingIfNeeded: bits >> 96))
    }

    var isInline: Bool { length <= 12 }
  }

  /// The room that every view has for a text of its own.
  private static let inlineBytes = 12

  /// The texts of views: those inside views first, in as much room as they have there, and behind them of each buffer
  /// the part that is pointed to.
  mutating func views(_ slot: ArrowSlot, _ rows: Range<Int>, isText: Bool) throws(ArrowFault) -> ArrowArray.Values {
    let source = try body.bytes(slot.firstBuffer + 1, rows.lowerBound * 16..<rows.upperBound * 16)
    let validity = try validity(slot, rows)
    let views: [View] = source.map { (bits: UInt128) in View(bits) }
    let parts = try parts(views, validity, slot.viewBuffers)
    var bytes = inlineTexts(source, views)
    var shifts = [Int](repeating: 0, count: parts.count)
    for (index, part) in parts.enumerated() {
      guard let part else { continue }
      // The views of a few rows may lie far apart.
      guard bytes.count + part.count <= Self.maximumDictionaryBytes else { throw tooMuchText }
      let data = try body.bytes(slot.firstBuffer + 2 + index, part, isInOrder: false)
      shifts[index] = bytes.count - part.lowerBound
      bytes.append(contentsOf: data.array[data.range])
    }
    var starts = [Int32](repeating: 0, count: rows.count)
    var ends = starts
    for row in views.indices where validity?[row] != 0 {
      let view = views[row]
      // Inside of the part, which is inside of the bytes.
      let start = view.isInline ? Self.inlineBytes * row : view.offset + shifts[view.buffer]
      starts[row] = Int32(truncatingIfNeeded: start)
      ends[row] = Int32(truncatingIfNeeded: start + view.length)
    }
    if isText { try check(bytes, 0..<bytes.count, starts, ends, validity: validity) }
    return .ranges(bytes, starts: starts, ends: ends)
  }

  /// The texts inside of views, each followed by zeros; nothing but zeros where the text is elsewhere.
  private func inlineTexts(_ source: ArrowBytes, _ views: [View]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.inlineBytes * views.count)
    source.array.withUnsafeBytes { source in
      bytes.withUnsafeMutableBytes { bytes in
        // Safe because: there are 16 bytes in the source and 12 in the result for every view.
        for row in views.indices where views[row].isInline {
          let head = source.loadUnaligned(fromByteOffset: place(row) + 4, as: UInt64.self)
          let tail = source.loadUnaligned(fromByteOffset: place(row) + 12, as: UInt32.self)
          bytes.storeBytes(of: head, toByteOffset: Self.inlineBytes * row, as: UInt64.self)
          bytes.storeBytes(of: tail, toByteOffset: Self.inlineBytes * row + 8, as: UInt32.self)
        }
      }
    }
    return bytes

    func place(_ row: Int) -> Int { source.range.lowerBound + 16 * row }
  }

  /// Of each buffer the part that holds all that the views point to.
  private func parts(
    _ views: [View], _ validity: [UInt8]?, _ bufferCount: Int
  ) throws(ArrowFault) -> [Range<Int>?] {
    // The lowest offset and the highest end in each buffer.
    var first = [Int](repeating: .max, count: bufferCount)
    var last = [Int](repeating: 0, count: bufferCount)
    var total = 0
    for row in views.indices where validity?[row] != 0 {
      let view = views[row]
      guard view.length >= 0 else { throw ArrowFault("a view has a negative length") }
      total += view.length
      guard !view.isInline else { continue }
      guard view.offset >= 0, view.buffer >= 0, view.buffer < bufferCount else {
        throw ArrowFault("a view points outside of its buffers")
      }
      first[view.buffer] = min(first[view.buffer], view.offset)
      last[view.buffer] = max(last[view.buffer], view.offset + view.length)
    }
    guard total <= maximumTextBytes else { throw tooMuchText }
    return zip(first, last).map { $0 < $1 ? $0..<$1 : nil }
  }
}
