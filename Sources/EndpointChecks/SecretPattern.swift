/// A secret as a server may write what it was sent: each of its characters plainly, or as JSON, JavaScript, Python, HTML
/// and URLs escape it, in any mixture, because writers differ in what they escape, and documents stand in documents.
struct SecretPattern: Sendable, Hashable {
  /// What it looks for, plainly.
  let text: String
  private let characters: [Character]

  /// One character of the secret, in the forms that need no reckoning.
  private struct Character: Sendable, Hashable {
    var scalar: UInt32
    var utf8: [UInt8]
    var utf16: [UInt16]
    /// `n` for a line end: what stands for it behind a backslash.
    var letter: UInt8?
    /// `quot` for a quotation mark.
    var entities: [[UInt8]]
    var isAlphanumeric: Bool
  }

  init(_ text: String) {
    self.text = text
    characters = text.unicodeScalars.map { scalar in
      let text = String(scalar)
      let letter: UInt8? = Self.letters[scalar.value].map { UInt8(ascii: $0) }
      var entities = Self.entities[scalar.value].map { [$0] } ?? []
      if (0xA0...0xFF).contains(scalar.value) { entities = [Self.latin[Int(scalar.value) - 0xA0]] }
      return Character(
        scalar: scalar.value, utf8: Array(text.utf8), utf16: Array(text.utf16), letter: letter,
        entities: entities.map { Array($0.utf8) },
        isAlphanumeric: scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)))
    }
  }

  private static let letters: [UInt32: Unicode.Scalar] = [8: "b", 9: "t", 10: "n", 12: "f", 13: "r"]
  private static let entities: [UInt32: String] = [0x22: "quot", 0x26: "amp", 0x27: "apos", 0x3C: "lt", 0x3E: "gt"]
  /// HTML's names of U+00A0 to U+00FF.
  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
    para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
    Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
    igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
    thorn yuml
    """.split(separator: " ").map(String.init)

  /// The bytes with the secret replaced wherever it is written. O(bytes) for texts that hold little of it.
  func replaced(in bytes: [UInt8], by mask: [UInt8]) -> [UInt8] {
    guard !characters.isEmpty else { return bytes }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let end = end(in: bytes, from: position) ?? end(in: bytes, from: position, prefersEscapes: true)
      if let end {
        result += mask
        position = end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  /// Where the secret ends that begins at a place; nil where none does.
  ///
  /// - Parameter prefersEscapes: whether `&amp;` is rather one character than five, and two backslashes one.
  private func end(in bytes: [UInt8], from start: Int, prefersEscapes: Bool = false) -> Int? {
    let first = bytes[start]
    guard first == characters[0].utf8[0] || Self.escapes.contains(first) else { return nil }
    var position = start
    for character in characters {
      let plain = position + character.utf8.count
      let isPlain = bytes[min(position, bytes.count)...].starts(with: character.utf8)
      let escape = isPlain && !prefersEscapes ? nil : Self.end(of: character, in: bytes, from: position)
      guard let next = escape ?? (isPlain ? plain : nil) else { return nil }
      position = next
    }
    return position
  }

  private static let escapes = Array("\\&%+".utf8)

  private static func end(of character: Character, in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\\"): return backslashed(character, bytes, start)
    case UInt8(ascii: "&"): return entity(character, bytes, start)
    case UInt8(ascii: "%"): return escaped(character.utf8, bytes, start, by: percent)
    case UInt8(ascii: "+"): return character.scalar == 0x20 ? start + 1 : nil
    default: return nil
    }
  }

  // MARK: - Spellings

  /// `\"`, `\n`, `\u00e4`, `\ud83d\ude00`, `\U0001f600`, `\xe4`, `\xc3\xa4`, with any number of backslashes.
  private static func backslashed(_ character: Character, _ bytes: [UInt8], _ start: Int) -> Int? {
    if character.scalar == 0x5C {
      return start + 1 < bytes.count && bytes[start + 1] == bytes[start] ? start + 2 : nil
    }
    let next = afterBackslashes(bytes, start)
    guard next < bytes.count else { return nil }
    if !character.isAlphanumeric, bytes[next...].starts(with: character.utf8) { return next + character.utf8.count }
    if let letter = character.letter, bytes[next] == letter { return next + 1 }
    switch bytes[next] {
    case UInt8(ascii: "u"):
      return escaped(character.utf16, bytes, start) { unit, place in
        let digits = afterBackslashes(bytes, place)
        guard digits > place, digits < bytes.count, bytes[digits] == UInt8(ascii: "u") else { return nil }
        return hexadecimal(bytes, digits + 1, count: 4) == UInt32(unit) ? digits + 5 : nil
      }
    case UInt8(ascii: "U"): return hexadecimal(bytes, next + 1, count: 8) == character.scalar ? next + 9 : nil
    case UInt8(ascii: "x"):
      if hexadecimal(bytes, next + 1, count: 2) == character.scalar { return next + 3 }
      return escaped(character.utf8, bytes, start) { byte, place in
        let digits = afterBackslashes(bytes, place)
        guard digits > place, digits < bytes.count, bytes[digits] == UInt8(ascii: "x") else { return nil }
        return hexadecimal(bytes, digits + 1, count: 2) == UInt32(byte) ? digits + 3 : nil
      }
    default: return nil
    }
  }

  /// `&amp;`, `&#39;`, `&#x27;`, and each of them escaped once more: `&amp;#39;`.
  private static func entity(_ character: Character, _ bytes: [UInt8], _ start: Int) -> Int? {
    var position = start + 1
    let again = Array("amp;".utf8)
    while true {
      let end = bytes[position...].prefix(10).firstIndex(of: UInt8(ascii: ";"))
      let isAgain = character.scalar == 0x26 && bytes[position...].dropFirst(again.count).starts(with: again)
      if let end, !isAgain, names(bytes[position..<end], character) { return end + 1 }
      guard bytes[position...].starts(with: again) else { return nil }
      position += again.count
    }
  }

  /// Whether what stands between `&` and `;` means the character.
  private static func names(_ name: ArraySlice<UInt8>, _ character: Character) -> Bool {
    guard name.first == UInt8(ascii: "#") else { return character.entities.contains { name.elementsEqual($0) } }
    let digits = String(decoding: name.dropFirst(), as: UTF8.self)
    let value = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value == character.scalar
  }

  /// `%2F`, and `%252F`.
  private static func percent(_ byte: UInt8, _ bytes: [UInt8], _ start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "%") else { return nil }
    var position = start + 1
    let again = Array("25".utf8)
    while true {
      if hexadecimal(bytes, position, count: 2) == UInt32(byte) { return position + 2 }
      guard bytes[min(position, bytes.count)...].starts(with: again) else { return nil }
      position += again.count
    }
  }

  private static func escaped(
    _ units: [UInt8], _ bytes: [UInt8], _ start: Int, by end: (UInt8, [UInt8], Int) -> Int?
  ) -> Int? {
    escaped(units, bytes, start) { end($0, bytes, $1) }
  }

  /// Where the escapes of some units end that begin at a place.
  private static func escaped<Unit>(
    _ units: [Unit], _ bytes: [UInt8], _ start: Int, _ end: (Unit, Int) -> Int?
  ) -> Int? {
    units.reduce(Optional(start)) { place, unit in place.flatMap { end(unit, $0) } }
  }

  private static func afterBackslashes(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[min(start, bytes.count)...].firstIndex { $0 != UInt8(ascii: "\\") } ?? bytes.count
  }

  private static func hexadecimal(_ bytes: [UInt8], _ start: Int, count: Int) -> UInt32? {
    guard start + count <= bytes.count else { return nil }
    let digits = String(decoding: bytes[start..<(start + count)], as: UTF8.self)
    return digits.utf8.count == count ? UInt32(digits, radix: 16) : nil
  }
}
