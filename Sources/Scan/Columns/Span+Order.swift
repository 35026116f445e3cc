internal import Glibc

extension Span<UInt8> {
  /// Whether these bytes come before others, byte by byte. Of texts in UTF-8 that is the order of their scalars.
  @inline(__always)
  func precedes(_ other: Span<UInt8>) -> Bool {
    withUnsafeBytes { first in
      other.withUnsafeBytes { second in
        // Safe because: as many bytes are compared as the shorter one has.
        let common = Swift.min(first.count, second.count)
        guard common > 0, let a = first.baseAddress, let b = second.baseAddress else {
          return first.count < second.count
        }
        let order = memcmp(a, b, common)
        return order < 0 || order == 0 && first.count < second.count
      }
    }
  }
}
