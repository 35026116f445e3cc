/// How the bytes of a stream are compressed, told by their first bytes.
package enum Compression: String, Sendable, Hashable, CaseIterable {
  /// RFC 1952. A stream of zlib, RFC 1950, is decompressed as well, and never detected.
  case gzip
  /// RFC 8878.
  case zstd

  /// How many first bytes decide.
  package static let signatureBytes = 4

  /// The compression of a stream that begins like this; nil when it is not compressed.
  package static func detect(_ first: [UInt8]) -> Compression? {
    if first.starts(with: [0x1F, 0x8B]) { return .gzip }
    if first.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    // A frame that decoders skip may stand first: 0x184D2A50 up to 0x184D2A5F, little end first.
    guard first.count >= 4, first[0] & 0xF0 == 0x50, first[1...3] == [0x2A, 0x4D, 0x18] else { return nil }
    return .zstd
  }
}
