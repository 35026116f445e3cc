internal import Verdict

/// What a CI system knows a test case by.
struct JUnitIdentity: Hashable {
  let classname: String
  let name: String

  /// Azure cuts at 512; readable lists need less.
  static let limit = 200

  init(classname: String, name: String) {
    self.classname = classname
    self.name = name
  }

  init(_ id: CheckID) {
    classname = Self.capped("cupel." + id.scope)
    name = Self.capped(id.name)
  }

  /// A long name is cut, and a hash of the whole keeps it apart from others that begin alike.
  private static func capped(_ text: String) -> String {
    let safe = TextSafety.inline(text, limit: limit)
    // A cut text is the same at a higher limit only when nothing was cut.
    guard safe != TextSafety.inline(text, limit: limit + 1) else { return safe }
    return TextSafety.inline(text, limit: limit - 8) + hash(text)
  }

  /// FNV-1a with 32 bits, as eight hexadecimal digits (draft-eastlake-fnv).
  private static func hash(_ text: String) -> String {
    var hash: UInt32 = 0x811C_9DC5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
