/// A path as AWS Signature Version 4 signs it for every service but S3 ("Create a canonical request"): without empty and
/// dot segments, and everything escaped that is no letter, digit, slash or one of `-._~`, the percent signs of escapes that
/// are sent, too.
struct CanonicalPath: Sendable, Equatable {
  let text: String

  init(_ path: String) {
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let isFolder = path.hasSuffix("/") && !segments.isEmpty
    let normal = "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
    text = normal.utf8.reduce(into: "") { text, byte in
      if Self.isPlain(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/-._~".utf8.contains(byte)
    }
  }
}
