/// Masks secrets in everything that is printed.
///
/// Looks for each secret as it is, and as URLs, forms, JSON and base64 write it. It works on plain text: apply it
/// before a report escapes for XML or HTML.
package struct Redaction: Sendable {
  /// Shorter secrets, in bytes, are not masked: they would match everywhere.
  package static let shortestSecret = 4
  private static let mask = Array("***".utf8)

  /// The forms to look for by their first four bytes, the longest first.
  private var forms: [UInt32: [[UInt8]]] = [:]
  /// Which bytes begin a form: most text is passed over by this table alone.
  private var begins = [Bool](repeating: false, count: 256)

  package init(secrets: some Sequence<String>) {
    var all: Set<[UInt8]> = []
    for secret in secrets where secret.utf8.count >= Self.shortestSecret {
      all.formUnion(SecretForms.all(of: secret).filter { $0.count >= Self.shortestSecret })
    }
    for form in all.sorted(by: { $0.count > $1.count }) {
      forms[Self.key(form, at: 0), default: []].append(form)
      begins[Int(form[0])] = true
    }
  }

  /// Whether there is nothing to mask.
  package var isEmpty: Bool { forms.isEmpty }

  /// The text with every secret replaced by `***`; secrets that overlap become one mask.
  package func redact(_ text: String) -> String {
    guard !isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    var masked = 0
    for index in bytes.indices where begins[Int(bytes[index])] {
      guard let length = match(bytes, at: index) else { continue }
      if index >= masked {
        result += bytes[copied..<index] + Self.mask
      }
      masked = max(masked, index + length)
      copied = masked
    }
    guard copied > 0 else { return text }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  /// The length of the longest form that stands there.
  private func match(_ bytes: [UInt8], at index: Int) -> Int? {
    guard index + Self.shortestSecret <= bytes.count else { return nil }
    let rest = bytes[index...]
    return forms[Self.key(bytes, at: index)]?.first { rest.starts(with: $0) }?.count
  }

  private static func key(_ bytes: [UInt8], at index: Int) -> UInt32 {
    bytes[index..<(index + shortestSecret)].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
