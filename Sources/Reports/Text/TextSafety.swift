/// Makes text from outside harmless where people and CI systems read it.
///
/// Data is hostile: a value can hold terminal escapes, turn the reading direction around, or be a command to the CI
/// system that prints it. Everything that is not plainly visible becomes an escape (`\n`, `\x1B`, `\u{202E}`), and the
/// marks that start a command are broken with a backslash: `::` at the beginning (GitHub), `##[`, `##vso[` and
/// `##teamcity[` anywhere (GitHub, Azure, TeamCity). Safe text stays as it is, also the second time.
package enum TextSafety {
  /// One scalar of the original, as it is shown.
  struct Cell {
    var text: String
    /// How many terminal columns it takes.
    var width: Int
    /// Whether the scalar is a tab, which a source line expands instead.
    var isTab = false
  }

  /// The text on one line, without anything that a terminal or a CI system would obey, cut at `limit` columns.
  package static func inline(_ text: String, limit: Int = 2000) -> String {
    if text.utf8.count <= limit, isPlain(text) { return text }
    // One more scalar than fits is enough to know that the text must be cut.
    let head = text.unicodeScalars.prefix(limit + 1)
    let cells = cells(Array(head))
    let lengths = cells.map { max(1, $0.width) }
    if lengths.reduce(0, +) <= limit { return cells.map(\.text).joined() }
    var result = ""
    var room = limit - 1
    for (cell, length) in zip(cells, lengths) {
      guard length <= room else { break }
      result += cell.text
      room -= length
    }
    return result + "…"
  }

  /// The text with everything that is not plainly visible as an escape; lines stay lines.
  static func visible(_ text: String) -> String {
    if isPlain(text) { return text }
    return text.unicodeScalars.map { $0 == "\n" ? "\n" : escape($0) ?? String($0) }.joined()
  }

  /// The lines of a text that may have several; each one is to be made safe on its own.
  static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }
  }

  /// How many terminal columns a safe text takes.
  package static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + DisplayWidth.columns(of: $1) }
  }

  /// The scalars as they are shown, one cell each.
  static func cells(_ scalars: [Unicode.Scalar]) -> [Cell] {
    let command = startOfLineCommand(scalars)
    return scalars.indices.map { index in
      let scalar = scalars[index]
      if index == command { return Cell(text: "\\:", width: 2) }
      if scalar == "#", startsCommand(scalars, at: index) { return Cell(text: "#\\", width: 2) }
      if let escape = escape(scalar) { return Cell(text: escape, width: escape.utf8.count, isTab: scalar == "\t") }
      return Cell(text: String(scalar), width: DisplayWidth.columns(of: scalar))
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte) else { return false }
      if byte == previous, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":") { return false }
      previous = byte
    }
    return true
  }

  /// Where `::` stands when nothing but white space stands before it.
  private static func startOfLineCommand(_ scalars: [Unicode.Scalar]) -> Int? {
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }), first + 1 < scalars.count else {
      return nil
    }
    return scalars[first] == ":" && scalars[first + 1] == ":" ? first : nil
  }

  /// Whether `##`, letters and `[` stand there.
  private static func startsCommand(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    guard index + 1 < scalars.count, scalars[index + 1] == "#" else { return false }
    var next = index + 2
    while next < scalars.count, scalars[next].isASCII, scalars[next].properties.isAlphabetic { next += 1 }
    return next < scalars.count && scalars[next] == "["
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\u{200C}", "\u{200D}": return nil  // Joiners: scripts and emoji need them.
    case " "..."~": return nil
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: break
    default: if !isNoncharacter(scalar) { return nil }
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return scalar.value < 0x100 ? "\\x\(digits.utf8.count < 2 ? "0" : "")\(digits)" : "\\u{\(digits)}"
  }

  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
  }
}
