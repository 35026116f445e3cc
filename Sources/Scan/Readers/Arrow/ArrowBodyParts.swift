/// The parts of a message's body that are needed, read from a stream: in memory while they are small, else in a file.
struct ArrowBodyParts: Sendable {
  /// Where they lie in the body, in order, and what they hold, unless the file does. They do not overlap.
  private var parts: [(range: Range<Int>, bytes: [UInt8])] = []
  /// Has the parts at their offsets in the body.
  private let file: SpillFile?

  private static let pieceBytes = 1 << 20

  /// Reads as many bytes as a body has, and keeps those in some ranges of it.
  ///
  /// - Parameters:
  ///   - memory: how many bytes are kept in memory; more go to a file.
  ///   - folder: where the file is made.
  ///   - read: the next bytes of the stream, as many as it is asked for.
  init(
    _ ranges: [Range<Int>], ofBodyWith length: Int, memory: Int, spillingTo folder: String,
    _ read: (Int) throws(ScanError) -> [UInt8]
  ) throws(ScanError) {
    let ranges = Self.united(ranges.map { $0.clamped(to: 0..<length) })
    let total = ranges.reduce(0) { $0 + $1.count }
    file = total > memory ? try SpillFile(in: folder) : nil
    var position = 0
    for range in ranges {
      try Self.takePieces(position..<range.lowerBound, read)
      if let file {
        try Self.takePieces(range, read) { bytes, offset throws(ScanError) in try file.write(bytes, at: offset) }
        parts.append((range, []))
      } else {
        parts.append((range, try read(range.count)))
      }
      position = range.upperBound
    }
    try Self.takePieces(position..<length, read)
  }

  /// Reads a range bit by bit.
  private static func takePieces(
    _ range: Range<Int>, _ read: (Int) throws(ScanError) -> [UInt8],
    _ body: ([UInt8], Int) throws(ScanError) -> Void = { _, _ in }
  ) throws(ScanError) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: pieceBytes) {
      try body(try read(min(pieceBytes, range.upperBound - start)), start)
    }
  }

  /// The ranges in order; those that overlap as one.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var united: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = united.last, range.lowerBound < last.upperBound {
        united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        united.append(range)
      }
    }
    return united
  }

  /// Bytes that lie in one of the ranges.
  func bytes(_ offset: Int, _ count: Int) throws(ArrowFault) -> ArrowBytes {
    // The last part that begins at the offset or before it.
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { throw .outside }
    let (range, bytes) = parts[low - 1]
    guard offset <= range.upperBound, count <= range.upperBound - offset else { throw .outside }
    guard let file else {
      let start = offset - range.lowerBound
      return ArrowBytes(array: bytes, range: start..<start + count)
    }
    do throws(ScanError) {
      return ArrowBytes(array: try file.read(offset, count), range: 0..<count)
    } catch {
      throw ArrowFault(error)
    }
  }
}
