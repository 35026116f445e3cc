/// A cursor over UTF-8 text and the tokens that JSON and JSONPath share: blanks, strings, numbers.
struct JSONScanner {
  /// A place in the text and what is wrong there.
  struct Fault: Error {
    let kind: JSONError.Kind
    let offset: Int
    let message: String
  }

  let bytes: [UInt8]
  /// How many bytes have been read.
  var offset = 0
  /// Whether half of a surrogate pair is read as U+FFFD, which is what stands for what is no character.
  let replacesHalves: Bool

  init(_ bytes: [UInt8], replacesHalves: Bool = false) {
    self.bytes = bytes
    self.replacesHalves = replacesHalves
  }

  /// The next byte; nil at the end.
  var byte: UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// The byte after the next one.
  var byteAfter: UInt8? {
    offset + 1 < bytes.count ? bytes[offset + 1] : nil
  }

  /// Skips space, tab, line feed and carriage return.
  mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// Reads this character if it is next.
  mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// Reads these characters if they are next.
  mutating func consume(word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  /// The fault of finding something other than what was expected here.
  func expected(_ what: String) -> Fault {
    Fault(kind: .syntax, offset: offset, message: "expected \(what), found \(found)")
  }

  /// The fault of something at `offset`.
  func fault(_ message: String, at offset: Int, kind: JSONError.Kind = .syntax) -> Fault {
    Fault(kind: kind, offset: offset, message: message)
  }

  /// The next character in words that are safe to print.
  private var found: String {
    guard let byte else { return "the end" }
    switch byte {
    case 0x21...0x7E: return "'\(Unicode.Scalar(byte))'"
    case 0x20: return "a space"
    case 0x0A, 0x0D: return "the end of the line"
    case ..<0x80: return "the control character U+\(Self.hex(UInt32(byte)))"
    default: break
    }
    var decoder = UTF8()
    var rest = bytes[offset...].prefix(4).makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&rest) { return "the character U+\(Self.hex(scalar.value))" }
    return "the byte 0x\(Self.hex(UInt32(byte), width: 2))"
  }

  private static func hex(_ value: UInt32, width: Int = 4) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
