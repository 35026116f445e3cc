internal import CKernels

/// The bytes of a buffer, or of a part of one, as a range of an array.
struct ArrowBytes: Sendable {
  var array: [UInt8] = []
  var range: Range<Int> = 0..<0

  var count: Int { range.count }
}

/// The buffers of one record batch: read from the file when and as far as they are needed, or in memory already.
struct ArrowBody {
  enum Storage: Sendable {
    case file(RandomAccessFile, offset: Int)
    case memory([UInt8])
  }

  private let storage: Storage
  private let length: Int
  private let batch: ArrowRecordBatch
  /// Compressed buffers are decompressed as a whole, once.
  private var decompressed: [Int: [UInt8]] = [:]
  /// What a decompressed buffer may have at most: ranges of texts have 32 bits.
  private static let maximumBufferBytes = Int(Int32.max)

  init(_ storage: Storage, length: Int, of batch: ArrowRecordBatch) {
    self.storage = storage
    self.length = length
    self.batch = batch
  }

  /// Whether the buffer is there at all: without nulls there need be no validity.
  func isEmpty(_ buffer: Int) -> Bool { batch.buffers[buffer].length == 0 }

  /// A part of a buffer. Its bounds are compared with the buffer, and the buffer's with the body.
  mutating func bytes(_ buffer: Int, _ part: Range<Int>) throws(ArrowFault) -> ArrowBytes {
    guard !part.isEmpty else { return ArrowBytes() }
    guard batch.codec == nil else { return try slice(try decompress(buffer), part) }
    let (offset, length) = batch.buffers[buffer]
    try check(buffer)
    guard part.lowerBound >= 0, part.upperBound <= length else { throw Self.short(part.upperBound, length) }
    return try stored(offset + part.lowerBound, part.count)
  }

  private func slice(_ bytes: [UInt8], _ part: Range<Int>) throws(ArrowFault) -> ArrowBytes {
    guard part.lowerBound >= 0, part.upperBound <= bytes.count else { throw Self.short(part.upperBound, bytes.count) }
    return ArrowBytes(array: bytes, range: part)
  }

  private static func short(_ needed: Int, _ length: Int) -> ArrowFault {
    ArrowFault("a buffer has \(length) bytes, and its rows need \(needed)")
  }

  private func check(_ buffer: Int) throws(ArrowFault) {
    let (offset, length) = batch.buffers[buffer]
    guard offset <= self.length, length <= self.length - offset else {
      throw ArrowFault("a buffer of \(length) bytes at \(offset) lies outside of the body of \(self.length) bytes")
    }
  }

  private func stored(_ offset: Int, _ count: Int) throws(ArrowFault) -> ArrowBytes {
    switch storage {
    case .memory(let bytes): return ArrowBytes(array: bytes, range: offset..<offset + count)
    case .file(let file, let start):
      do {
        return ArrowBytes(array: try file.read(start + offset, count), range: 0..<count)
      } catch {
        throw ArrowFault(error)
      }
    }
  }

  private mutating func decompress(_ buffer: Int) throws(ArrowFault) -> [UInt8] {
    if let bytes = decompressed[buffer] { return bytes }
    try check(buffer)
    let (offset, length) = batch.buffers[buffer]
    var bytes: [UInt8] = []
    if length > 0 {
      guard length >= 8 else { throw ArrowFault("a compressed buffer has less than 8 bytes") }
      let source = try stored(offset, length)
      let size: Int64 = source.load(0)
      let content = source.range.dropFirst(8)
      // -1 says that the bytes behind it are not compressed.
      bytes = size == -1 ? Array(source.array[content]) : try decompress(source.array, content, to: size)
    }
    decompressed[buffer] = bytes
    return bytes
  }

  private func decompress(_ source: [UInt8], _ range: Range<Int>, to size: Int64) throws(ArrowFault) -> [UInt8] {
    guard size >= 0 else { throw ArrowFault("a compressed buffer claims to have \(size) bytes") }
    guard size <= Self.maximumBufferBytes else {
      throw ArrowFault("a compressed buffer claims to have \(size) bytes, more than 2 GiB", kind: .limit)
    }
    let codec = batch.codec
    // No byte of LZ4 yields more than 255; a block of zstd takes at least 4 bytes and yields at most 128 KiB.
    let maximumRatio = codec == .lz4 ? 255 : 32 << 10
    guard Int(size) / maximumRatio <= range.count else {
      throw ArrowFault("\(range.count) compressed bytes cannot be the \(size) bytes that a buffer claims")
    }
    var result: Int32 = 1
    // Safe because: the array counts as filled only when the codec says that it wrote every byte.
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { output, filled in
      result = source.withUnsafeBufferPointer { input in
        let start = input.baseAddress?.advanced(by: range.lowerBound)
        return codec == .lz4
          ? ck_lz4_frame_decompress(start, range.count, output.baseAddress, Int(size))
          : ck_zstd_frame_decompress(start, range.count, output.baseAddress, Int(size))
      }
      filled = result == 0 ? Int(size) : 0
    }
    guard result == 0 else { throw ArrowFault("a compressed buffer is corrupt") }
    return bytes
  }
}

extension ArrowBytes {
  /// A number at an offset in the range, little end first; the caller has compared its end with `count`.
  @inline(__always)
  func load<Number: FixedWidthInteger>(_ offset: Int) -> Number {
    // Safe because: `bytes` is checked by the array, and every bit pattern is a number.
    array.withUnsafeBytes { bytes in
      precondition(offset >= 0 && range.lowerBound + offset + MemoryLayout<Number>.size <= bytes.count)
      return bytes.loadUnaligned(fromByteOffset: range.lowerBound + offset, as: Number.self)
    }
  }

  /// All numbers in the range, each turned into another: a loop that the compiler can vectorise.
  @inline(__always)
  func map<Number, Value>(_ transform: (Number) -> Value) -> [Value] {
    let count = count / MemoryLayout<Number>.size
    return array.withUnsafeBytes { bytes in
      // Safe because: the range is sliced by the bounds-checked buffer, and `count` numbers fit it. `Number` is one of
      // the standard numbers, for which every bit pattern is a value.
      let numbers = UnsafeRawBufferPointer(rebasing: bytes[range])
      return [Value](unsafeUninitializedCapacity: count) { values, filled in
        for index in 0..<count {
          let number = numbers.loadUnaligned(fromByteOffset: index * MemoryLayout<Number>.size, as: Number.self)
          values.initializeElement(at: index, to: transform(number))
        }
        filled = count
      }
    }
  }
}
