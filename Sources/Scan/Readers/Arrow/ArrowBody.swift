internal import CKernels

/// The buffers of one record batch: read from the file when and as far as they are needed, or in memory already.
struct ArrowBody: Sendable {
  enum Storage: Sendable {
    case file(RandomAccessFile, offset: Int)
    case memory(ArrowBodyParts)

    /// Bytes of the body, which are known to lie in it.
    func bytes(_ offset: Int, _ count: Int) throws(ArrowFault) -> ArrowBytes {
      switch self {
      case .memory(let parts): return try parts.bytes(offset, count)
      case .file(let file, let start):
        do {
          return ArrowBytes(array: try file.read(start + offset, count), range: 0..<count)
        } catch {
          throw ArrowFault(error)
        }
      }
    }
  }

  /// What a compressed buffer is, once it was looked at.
  private enum Content {
    /// Not compressed after all: where it lies in the body.
    case plain(Range<Int>)
    case whole([UInt8])
    case stream(ArrowBufferStream)
  }

  private let storage: Storage
  /// How many bytes the body has in the file.
  let length: Int
  private let batch: ArrowRecordBatch
  private var contents: [Int: Content] = [:]
  /// What a buffer that is decompressed as a whole may have at most: ranges of texts have 32 bits.
  private static let maximumBufferBytes = Int(Int32.max)
  /// Larger buffers are decompressed row by row: a window of theirs is smaller than they are.
  private static let maximumWholeBytes = 2 << 20

  init(_ storage: Storage, length: Int, of batch: ArrowRecordBatch) {
    self.storage = storage
    self.length = length
    self.batch = batch
  }

  /// Whether parts of buffers are fast to read in order only.
  var isCompressed: Bool { batch.codec != nil }

  /// A part of a buffer. Its bounds are compared with the buffer, and the buffer's with the body.
  ///
  /// - Parameter isInOrder: whether no later part begins before this one.
  mutating func bytes(
    _ buffer: Int, _ part: Range<Int>, isInOrder: Bool = true
  ) throws(ArrowFault) -> ArrowBytes {
    guard !part.isEmpty else { return ArrowBytes() }
    if let codec = batch.codec { return try decompressed(buffer, part, codec, isInOrder: isInOrder) }
    try check(buffer)
    let (offset, length) = batch.buffers[buffer]
    return try slice(part, of: offset..<offset + length)
  }

  private func slice(_ part: Range<Int>, of place: Range<Int>) throws(ArrowFault) -> ArrowBytes {
    guard part.lowerBound >= 0, part.upperBound <= place.count else {
      throw ArrowFault.short(part.upperBound, place.count)
    }
    return try storage.bytes(place.lowerBound + part.lowerBound, part.count)
  }

  private func check(_ buffer: Int) throws(ArrowFault) {
    let (offset, length) = batch.buffers[buffer]
    guard offset <= self.length, length <= self.length - offset else {
      throw ArrowFault("a buffer of \(length) bytes at \(offset) lies outside of the body of \(self.length) bytes")
    }
  }

  private mutating func decompressed(
    _ buffer: Int, _ part: Range<Int>, _ codec: ArrowRecordBatch.Codec, isInOrder: Bool
  ) throws(ArrowFault) -> ArrowBytes {
    let content: Content
    if let known = contents[buffer] { content = known } else { content = try open(buffer, codec, isInOrder: isInOrder) }
    contents[buffer] = content
    switch content {
    case .plain(let place): return try slice(part, of: place)
    case .whole(let bytes):
      guard part.lowerBound >= 0, part.upperBound <= bytes.count else {
        throw ArrowFault.short(part.upperBound, bytes.count)
      }
      return ArrowBytes(array: bytes, range: part)
    case .stream(var stream):
      let storage = storage
      let bytes = try stream.bytes(part) { offset, count throws(ArrowFault) in try storage.bytes(offset, count) }
      contents[buffer] = .stream(stream)
      return bytes
    }
  }

  /// Looks at the size that stands before the compressed bytes.
  private func open(_ buffer: Int, _ codec: ArrowRecordBatch.Codec, isInOrder: Bool) throws(ArrowFault) -> Content {
    try check(buffer)
    let (offset, length) = batch.buffers[buffer]
    guard length > 0 else { return .whole([]) }
    guard length >= 8 else { throw ArrowFault("a compressed buffer has less than 8 bytes") }
    let size: Int64 = try storage.bytes(offset, 8).load(0)
    let place = offset + 8..<offset + length
    // -1 says that the bytes behind it are not compressed.
    if size == -1 { return .plain(place) }
    guard size >= 0 else { throw ArrowFault("a compressed buffer claims to have \(size) bytes") }
    // No byte of LZ4 yields more than 255; a block of zstd takes at least 4 bytes and yields at most 128 KiB.
    let maximumRatio = codec == .lz4 ? 255 : 32 << 10
    guard Int(size) / maximumRatio <= place.count else {
      throw ArrowFault("\(place.count) compressed bytes cannot be the \(size) bytes that a buffer claims")
    }
    if isInOrder, size > Self.maximumWholeBytes { return .stream(ArrowBufferStream(codec, at: place, size: Int(size))) }
    guard size <= Self.maximumBufferBytes else {
      throw ArrowFault("a compressed buffer claims to have \(size) bytes, more than 2 GiB", kind: .limit)
    }
    return .whole(try decompress(try storage.bytes(place.lowerBound, place.count), codec, to: Int(size)))
  }

  private func decompress(
    _ source: ArrowBytes, _ codec: ArrowRecordBatch.Codec, to size: Int
  ) throws(ArrowFault) -> [UInt8] {
    var result: Int32 = 1
    // Safe because: the range is checked by the slice, and the array counts as filled only when the codec says that it
    // wrote every byte.
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, filled in
      result = source.array.withUnsafeBufferPointer { input in
        let input = UnsafeBufferPointer(rebasing: input[source.range])
        return codec == .lz4
          ? ck_lz4_frame_decompress(input.baseAddress, input.count, output.baseAddress, size)
          : ck_zstd_frame_decompress(input.baseAddress, input.count, output.baseAddress, size)
      }
      filled = result == 0 ? size : 0
    }
    guard result == 0 else { throw ArrowFault.corruptBuffer }
    return bytes
  }
}
