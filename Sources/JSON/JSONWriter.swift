/// Writes JSON: members in their order, the same bytes for the same value every time.
///
/// Numbers keep their literal. NaN and the infinities, for which JSON has no number, become the strings `"NaN"`,
/// `"Infinity"` and `"-Infinity"`. Control characters (C0, DEL, C1) and U+2028 and U+2029 are escaped, so that the text is
/// safe in terminals, logs and scripts.
package struct JSONWriter: Sendable {
  /// No blanks at all.
  package static let compact = JSONWriter(isPretty: false)
  /// No blanks, and NaN and the infinities bare, as the lenient reader reads them and as many servers do.
  package static let lenient = JSONWriter(isPretty: false, isLenient: true)
  /// One member or element a line, indented by two spaces; no newline at the end.
  package static let pretty = JSONWriter(isPretty: true)

  private let isPretty: Bool
  private var isLenient = false

  /// The value as text.
  package func string(_ value: JSONValue) -> String {
    String(decoding: bytes(value), as: UTF8.self)
  }

  /// The value as UTF-8.
  package func bytes(_ value: JSONValue) -> [UInt8] {
    var output: [UInt8] = []
    write(value, to: &output)
    return output
  }

  /// The value as UTF-8, as it stands so many levels deep.
  package func bytes(_ value: JSONValue, depth: Int) -> [UInt8] {
    var output: [UInt8] = []
    write(value, indent: depth, to: &output)
    return output
  }

  /// Appends the value as text.
  package func write(_ value: JSONValue, to output: inout String) {
    output += string(value)
  }

  /// Appends the value as UTF-8.
  package func write(_ value: JSONValue, to output: inout [UInt8]) {
    write(value, indent: 0, to: &output)
  }

  private func write(_ value: JSONValue, indent: Int, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number) where isLenient && !number.isJSON:
      output.append(contentsOf: JSONNumber.nonFiniteName(number.double).utf8)
    case .number(let number) where number.isJSON: output.append(contentsOf: number.literal.utf8)
    case .number(let number): Self.write(JSONNumber.nonFiniteName(number.double), to: &output)
    case .string(let text): Self.write(text, to: &output)
    case .array(let elements):
      write(elements, between: "[", "]", indent: indent, to: &output) { element, output in
        write(element, indent: indent + 1, to: &output)
      }
    case .object(let object):
      write(object.members, between: "{", "}", indent: indent, to: &output) { member, output in
        Self.write(member.key, to: &output)
        output.append(contentsOf: (isPretty ? ": " : ":").utf8)
        write(member.value, indent: indent + 1, to: &output)
      }
    }
  }

  private func write<Item>(
    _ items: [Item], between opening: Unicode.Scalar, _ closing: Unicode.Scalar, indent: Int,
    to output: inout [UInt8], each: (Item, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: opening))
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      startLine(indent + 1, in: &output)
      each(item, &output)
    }
    if !items.isEmpty { startLine(indent, in: &output) }
    output.append(UInt8(ascii: closing))
  }

  private func startLine(_ indent: Int, in output: inout [UInt8]) {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  private static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output.append(contentsOf: #"\""#.utf8)
      case "\\": output.append(contentsOf: #"\\"#.utf8)
      case "\u{8}": output.append(contentsOf: #"\b"#.utf8)
      case "\u{C}": output.append(contentsOf: #"\f"#.utf8)
      case "\n": output.append(contentsOf: #"\n"#.utf8)
      case "\r": output.append(contentsOf: #"\r"#.utf8)
      case "\t": output.append(contentsOf: #"\t"#.utf8)
      case ..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": writeEscape(scalar, to: &output)
      default: output.append(contentsOf: scalar.utf8)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// `\uXXXX`; every escaped character lies in the basic plane.
  private static func writeEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    let digits = String(scalar.value, radix: 16)
    output.append(contentsOf: #"\u"#.utf8)
    output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
    output.append(contentsOf: digits.utf8)
  }
}
