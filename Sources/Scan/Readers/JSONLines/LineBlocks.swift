internal import CKernels

/// Cuts a stream of lines into blocks of whole lines. Where they end follows from the bytes alone.
struct LineBlocks: Sendable {
  /// Some whole lines, and behind them the zero bytes that the kernel may read.
  struct Block: Sendable {
    let bytes: [UInt8]
    /// Where the first line begins: behind the byte-order mark, if there is one.
    let start: Int
    /// Where the text ends and the zero bytes begin.
    var end: Int { bytes.count - LineBlocks.padding }
  }

  static let padding = Int(CK_JSON_PADDING)

  private(set) var source: any ByteSource
  private let blockBytes: Int
  private let maximumLineBytes: Int
  private var rest: [UInt8] = []
  private var isFirst = true
  private var atEnd = false
  /// How many bytes the blocks before had.
  private var offset = 0

  init(_ source: any ByteSource, blockBytes: Int, maximumLineBytes: Int = 64 << 20) {
    self.source = source
    self.blockBytes = max(1, blockBytes)
    self.maximumLineBytes = maximumLineBytes
  }

  /// The next block; nil at the end.
  mutating func next() throws(ScanError) -> Block? {
    var bytes = rest
    rest = []
    bytes.reserveCapacity(blockBytes + Self.padding)
    var wanted = blockBytes
    var cut = 0
    while true {
      let searched = bytes.count
      while bytes.count < wanted, !atEnd {
        atEnd = try source.read(wanted - bytes.count, into: &bytes) == 0
      }
      if atEnd {
        cut = bytes.count
        break
      }
      if let newline = bytes[min(searched, wanted)...].lastIndex(of: UInt8(ascii: "\n")) {
        cut = newline + 1
        break
      }
      guard bytes.count <= maximumLineBytes else { break }
      wanted = bytes.count * 2
    }
    // Only the first line of a block can be that long: it is what made the block larger than others.
    let isLong = cut > maximumLineBytes && (bytes.firstIndex(of: UInt8(ascii: "\n")) ?? cut) > maximumLineBytes
    guard !isLong, cut > 0 || bytes.isEmpty else {
      throw ScanError(
        .limit,
        "\(source.name): the line at offset \(offset) is longer than \(maximumLineBytes >> 20) MiB",
        hint: "JSON Lines holds one object a line; is this really such a file?")
    }
    guard cut > 0 else { return nil }
    rest = Array(bytes[cut...])
    bytes.removeLast(bytes.count - cut)
    let start = isFirst && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    isFirst = false
    offset += cut
    bytes.append(contentsOf: repeatElement(0, count: Self.padding))
    return Block(bytes: bytes, start: start)
  }
}
