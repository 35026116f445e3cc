/// A string compared code point by code point, as JSON compares names.
///
/// `String` itself compares by canonical equivalence, under which `é` in one and in two code points are equal.
struct JSONKey: Hashable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Whether both have the same code points.
  static func equal(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let (left, right) = (left.utf8Span.span, right.utf8Span.span)
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  static func == (lhs: JSONKey, rhs: JSONKey) -> Bool {
    equal(lhs.text, rhs.text)
  }

  /// Hashes the bytes: the hash of `String` would put all canonically equivalent names into one bucket.
  func hash(into hasher: inout Hasher) {
    let bytes = text.utf8Span.span
    for index in bytes.indices { hasher.combine(bytes[index]) }
    hasher.combine(0xFF as UInt8)
  }
}
