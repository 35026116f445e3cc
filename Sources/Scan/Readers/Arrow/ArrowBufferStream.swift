internal import CKernels

/// A compressed buffer that is decompressed as far as rows are needed, and forgotten behind them.
struct ArrowBufferStream: Sendable {
  private let codec: ArrowRecordBatch.Codec
  /// Where the compressed bytes lie in the body.
  private let place: Range<Int>
  /// How many bytes they are decompressed.
  private let size: Int

  private var stream: CompressedStream?
  /// Compressed bytes that were read and not taken yet, and where those behind them begin.
  private var input = ArrowBytes()
  private var nextInput: Int
  /// The part that was decompressed last, which ends where the stream is, and where it begins in the buffer.
  private var window: [UInt8] = []
  private var windowStart = 0

  private static let inputBytes = 256 << 10
  private static let droppedBytes = 1 << 20

  init(_ codec: ArrowRecordBatch.Codec, at place: Range<Int>, size: Int) {
    self.codec = codec
    self.place = place
    self.size = size
    nextInput = place.lowerBound
  }

  /// A part of the decompressed buffer. One that begins before the part asked for last starts all over.
  ///
  /// - Parameter read: bytes of the body.
  mutating func bytes(
    _ part: Range<Int>, _ read: (Int, Int) throws(ArrowFault) -> ArrowBytes
  ) throws(ArrowFault) -> ArrowBytes {
    guard part.lowerBound >= 0, part.upperBound <= size else { throw ArrowFault.short(part.upperBound, size) }
    if part.lowerBound < windowStart { self = ArrowBufferStream(codec, at: place, size: size) }
    while windowStart + window.count < part.lowerBound {
      windowStart += window.count
      var dropped: [UInt8] = []
      try decompress(min(Self.droppedBytes, part.lowerBound - windowStart), into: &dropped, read)
      window = dropped
    }
    if part.upperBound > windowStart + window.count {
      // A new array: the one before may be part of a batch.
      var bytes: [UInt8] = []
      bytes.reserveCapacity(part.count)
      bytes += window[(part.lowerBound - windowStart)...]
      try decompress(part.count - bytes.count, into: &bytes, read)
      (window, windowStart) = (bytes, part.lowerBound)
    }
    let start = part.lowerBound - windowStart
    return ArrowBytes(array: window, range: start..<start + part.count)
  }

  /// Appends the next bytes.
  private mutating func decompress(
    _ count: Int, into bytes: inout [UInt8], _ read: (Int, Int) throws(ArrowFault) -> ArrowBytes
  ) throws(ArrowFault) {
    guard count > 0 else { return }
    guard let stream = stream ?? CompressedStream(codec == .lz4 ? CK_LZ4_FRAME : CK_ZSTD) else {
      throw ArrowFault("there is not enough memory to decompress a buffer", kind: .limit)
    }
    self.stream = stream
    var filled = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    while filled < bytes.count {
      if input.range.isEmpty, nextInput < place.upperBound {
        input = try read(nextInput, min(Self.inputBytes, place.upperBound - nextInput))
        nextInput += input.count
      }
      let step = stream.step(input.array, input.range, into: &bytes, from: filled)
      input.range = input.range.dropFirst(step.taken)
      filled += step.given
      let isStuck = step.taken == 0 && step.given == 0 && (nextInput == place.upperBound || !input.range.isEmpty)
      guard step.status == CK_STREAM_MORE || step.status == CK_STREAM_BOUNDARY, !isStuck else {
        throw ArrowFault.corruptBuffer
      }
    }
  }
}
