import Testing
import XML

@Suite struct XMLTextSanitizerTests {
  /// XML 1.0, fifth edition, production 2, minus the C1 controls and DEL that the sanitizer also keeps out.
  static func isAllowed(_ value: UInt32) -> Bool {
    if value == 0x9 || value == 0xA || value == 0xD { return true }
    if value < 0x20 || value == 0x7F || (0x80...0x9F).contains(value) { return false }
    return value <= 0xD7FF || (0xE000...0xFFFD).contains(value) || value >= 0x10000
  }

  static let interesting: [UInt32] =
    Array(0...0x2FF) + Array(0xD700...0xD7FF) + Array(0xE000...0xE010) + Array(0xFDD0...0xFDEF)
    + Array(0xFFF0...0x1_0010) + [0x1_FFFE, 0x1_F600, 0x10_FFFD, 0x10_FFFE, 0x10_FFFF]

  @Test func keepsWhatIsAllowedAndReplacesTheRest() throws {
    for value in Self.interesting {
      let scalar = try #require(Unicode.Scalar(value))
      let cleaned = XMLTextSanitizer.clean("a\(String(scalar))ä")
      if Self.isAllowed(value) {
        #expect(cleaned == "a\(String(scalar))ä")
      } else {
        #expect(cleaned.unicodeScalars.allSatisfy { Self.isAllowed($0.value) }, "U+\(String(value, radix: 16))")
        #expect(cleaned.unicodeScalars.first == "a" && cleaned.unicodeScalars.last == "ä")
      }
    }
  }

  /// The reader is libxml2, which refuses a file with a forbidden character.
  @Test func everyScalarSurvivesAReader() throws {
    let texts = Self.interesting.compactMap { Unicode.Scalar($0) }.map { "<\(String($0))>&]]>" }
    let root = XMLElement("r", children: texts.map { XMLElement("e", ["a": $0], text: $0) })
    let read = try XMLDocument.parse(root.render())
    #expect(read.children.count == texts.count)
    for (element, text) in zip(read.children, texts) {
      #expect(element[attribute: "a"] == XMLTextSanitizer.clean(text))
      #expect(element.text == XMLTextSanitizer.clean(text))
    }
  }

  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "red"),
    ("\u{1B}[38;5;196;1mx", "x"),
    ("\u{1B}]0;title\u{07}x", "x"),
    ("\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("\u{1B}P1$r\u{1B}\\x", "x"),
    ("\u{1B}(Bx", "x"),
    ("\u{1B}7x\u{1B}8", "x"),
    // What is no complete sequence stays visible, and swallows nothing.
    ("\u{1B}", "#x1B"),
    ("\u{1B}[31", "#x1B[31"),
    ("\u{1B}]0;never ends", "#x1B]0;never ends"),
    ("\u{1B}[3\u{1B}[0mx", "#x1B[3x"),
    ("hello \u{1B}\u{0}", "hello #x1B#x00"),
    ("a\u{0}b\u{7F}c\u{FFFE}d\u{9B}e", "a#x00b#x7Fc#xFFFEde"),
    ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
  ])
  func escapeSequences(text: String, expected: String) {
    #expect(XMLTextSanitizer.clean(text) == expected)
  }

  @Test func isIdempotent() {
    for value in Self.interesting {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = XMLTextSanitizer.clean("\u{1B}[1m\(String(scalar))\u{1B}]")
      #expect(XMLTextSanitizer.clean(once) == once)
    }
  }
}
