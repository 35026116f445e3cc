/// Bytes in the container of zlib (RFC 1950) without compression: what a reader of zlib demands, and a histogram, whose
/// counters are packed already, does not need.
enum ZlibStream {
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    // Deflate with a window of 32 KB, the fastest level; the two bytes are a multiple of 31.
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let piece = bytes[start..<min(bytes.count, start + 0xFFFF)]
      start = piece.endIndex
      // A stored block (RFC 1951, 3.2.4): whether it is the last one, its length, and that with all bits turned.
      stream.append(start == bytes.count ? 1 : 0)
      for length in [UInt16(piece.count), ~UInt16(piece.count)] {
        stream += [UInt8(truncatingIfNeeded: length), UInt8(length >> 8)]
      }
      stream += piece
    } while start < bytes.count
    let sum = adler32(bytes)
    return stream + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
  }

  /// RFC 1950, section 9.
  static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }
}
