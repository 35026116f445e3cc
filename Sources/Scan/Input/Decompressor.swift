internal import CKernels

/// The decompressed bytes of a compressed source.
///
/// Members or frames that follow one another are one stream. Memory is that of a window, whatever the ratio: at most
/// 128 MiB, which only zstd frames of a large window take. What has expanded to more than a gigabyte, and to more than
/// 500 times its size, is a compression bomb and no table: those shrink to a hundredth at best.
package struct Decompressor: ByteSource {
  package var name: String { source.name }

  private var source: any ByteSource
  private let stream: CompressedStream
  private let maximumBytes: Int
  /// How many bytes come out before their number is held against that of the compressed ones.
  private let trustedBytes: Int
  private static let maximumRatio = 500
  private var input: [UInt8] = []
  private var position = 0
  /// How many compressed bytes were in the inputs before this one.
  private var inputOffset = 0
  private var produced = 0
  /// Whether the last step ran out of room: then the decompression may still hold bytes that it could not give.
  private var mayHoldMore = false
  /// Whether the stream may end here: nothing of a member or frame is open.
  private var isComplete = false
  private static let inputBytes = 256 << 10

  /// - Parameters:
  ///   - maximumBytes: how many bytes may come out, 1 TiB unless told otherwise.
  ///   - trustedBytes: how many may come out whatever the ratio.
  package init(
    _ source: any ByteSource, _ compression: Compression, maximumBytes: Int = 1 << 40, trustedBytes: Int = 1 << 30
  ) throws(ScanError) {
    guard let stream = CompressedStream(compression == .gzip ? CK_GZIP : CK_ZSTD) else {
      throw ScanError(.limit, "there is not enough memory to decompress \(source.name)")
    }
    self.source = source
    self.stream = stream
    self.maximumBytes = maximumBytes
    self.trustedBytes = trustedBytes
  }

  package mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    guard count > 0 else { return 0 }
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    var given = 0
    defer { buffer.removeLast(count - given) }
    // Some bytes are enough for a read, as long as there are any.
    while given == 0 {
      if position == input.count, !mayHoldMore, try !refill() { break }
      let step = stream.step(input, position..<input.count, into: &buffer, from: start)
      try check(step)
      position += step.taken
      given = step.given
      mayHoldMore = given == count
      if step.status == CK_STREAM_BOUNDARY {
        isComplete = true
      } else if step.taken > 0 {
        isComplete = false
      }
    }
    // Both are counts of bytes that passed through memory: their sum cannot overflow.
    produced += given
    guard produced <= maximumBytes else {
      throw ScanError(
        .limit, "\(name) holds more than \(maximumBytes) bytes when decompressed",
        hint: "split it, if it is what it should be")
    }
    guard produced <= trustedBytes || produced / Self.maximumRatio <= inputOffset + position else {
      throw ScanError(
        .limit, "\(name) expands to more than \(Self.maximumRatio) times its size, \(produced) bytes so far",
        hint: "a compression bomb does that; if it is what it should be, decompress it to a file first")
    }
    return given
  }

  /// Reads compressed bytes; false at their end, an error when something was still open there.
  private mutating func refill() throws(ScanError) -> Bool {
    inputOffset += input.count
    input.removeAll(keepingCapacity: true)
    position = 0
    if try source.read(Self.inputBytes, into: &input) > 0 { return true }
    guard isComplete else {
      throw ScanError(
        .malformed, "\(name): the compressed data ends before it is complete, at offset \(inputOffset)",
        hint: "the file was cut off; fetch or write it again")
    }
    return false
  }

  private func check(_ step: CompressedStream.Step) throws(ScanError) {
    let offset = inputOffset + position + step.taken
    switch step.status {
    case CK_STREAM_CORRUPT:
      throw ScanError(
        .malformed, "\(name): the compressed data is corrupt at offset \(offset)",
        hint: isComplete ? "bytes that belong to no compressed data may follow its end" : nil)
    case CK_STREAM_SHORT:
      throw ScanError(
        .malformed, "\(name): the compressed data that ends at offset \(offset) holds less than it says",
        hint: "it was not written to its end; fetch or write it again")
    case CK_STREAM_TOO_LARGE:
      throw ScanError(
        .limit, "\(name): the compressed data at offset \(offset) needs a window of more than 128 MiB",
        hint: "compress it again without --long")
    case CK_STREAM_NO_MEMORY:
      throw ScanError(.limit, "there is not enough memory to decompress \(name)")
    default:
      // With input and room there is progress, or the loop would never end.
      guard step.taken > 0 || step.given > 0 || position == input.count else {
        throw ScanError(.malformed, "\(name): the compressed data is corrupt at offset \(offset)")
      }
    }
  }
}
