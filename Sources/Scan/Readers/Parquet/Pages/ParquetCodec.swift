internal import CKernels

/// How the pages of a column chunk are compressed (Compression.md).
struct ParquetCodec: Sendable {
  private let number: Int32
  /// No codec yields more bytes for one, 0 when there is no such bound: a page that claims more is refused before
  /// memory is asked for.
  private let maximumRatio: Int

  init(_ number: Int) throws(PageFault) {
    switch number {
    case 0: maximumRatio = 1
    case Int(CK_CODEC_SNAPPY.rawValue): maximumRatio = 22
    case Int(CK_CODEC_GZIP.rawValue): maximumRatio = 1032
    case Int(CK_CODEC_LZ4_HADOOP.rawValue), Int(CK_CODEC_LZ4.rawValue): maximumRatio = 256
    // A block of zstd that repeats one byte makes 128 KiB of four bytes.
    case Int(CK_CODEC_ZSTD.rawValue): maximumRatio = 32 << 10
    case Int(CK_CODEC_BROTLI.rawValue): maximumRatio = 0
    case 3: throw PageFault("it is compressed with LZO, which is not supported", kind: .unreadable)
    default: throw PageFault("its compression codec \(number) is unknown", kind: .unreadable)
    }
    self.number = Int32(number)
  }

  var compresses: Bool { number != 0 }

  func check(_ packed: Int, unpacksTo size: Int) throws(PageFault) {
    guard maximumRatio == 0 || size / maximumRatio <= packed else {
      throw PageFault("\(packed) compressed bytes cannot be the \(size) bytes that it claims")
    }
  }

  /// Decompresses a page whose size is known: the result fills the range exactly.
  func decompress(
    _ source: [UInt8], _ packed: Range<Int>, into target: inout [UInt8], _ range: Range<Int>
  ) throws(PageFault) {
    guard !range.isEmpty else { return }
    precondition(packed.upperBound <= source.count && range.upperBound <= target.count)
    // Safe because: both ranges lie inside of their arrays, and the callee keeps to them.
    let code = source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        ck_decompress(
          number, source.baseAddress.map { $0 + packed.lowerBound }, packed.count,
          target.baseAddress.map { $0 + range.lowerBound }, range.count)
      }
    }
    guard code == CK_CODEC_OK.rawValue else {
      throw PageFault("its compressed bytes are damaged or are not the \(range.count) bytes that it claims")
    }
  }

  /// CRC-32 of a range of bytes.
  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    precondition(range.upperBound <= bytes.count)
    // Safe because: the range lies inside of the array.
    return bytes.withUnsafeBufferPointer { ck_crc32($0.baseAddress.map { $0 + range.lowerBound }, range.count) }
  }
}
