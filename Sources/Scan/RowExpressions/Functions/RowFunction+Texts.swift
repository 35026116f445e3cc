internal import CKernels

/// Texts. Lengths and places are counted in Unicode scalars, from 1.
extension RowFunction {
  static let texts: [RowFunction] = [
    RowFunction(
      "length", or: ["char_length"], "How many characters (Unicode scalars) a text has.", "length('größe') = 5",
      [.of(text: .integer) { text in Int64(scalarCount(text, text.indices)) }]),
    RowFunction(
      "lower", "The text in lower case.", "lower('Ärger') = 'ärger'",
      [.built(texts: 1) { text, _, _, result in appendCased(text, to: &result, isUpper: false) }]),
    RowFunction(
      "upper", "The text in upper case.", "upper('straße') = 'STRASSE'",
      [.built(texts: 1) { text, _, _, result in appendCased(text, to: &result, isUpper: true) }]),
    RowFunction(
      "trim", "The text without white space at its ends, or without any of the characters of a second text.",
      "trim(' a b ') = 'a b' and trim('--a-b-', '-') = 'a-b'", trimming(start: true, end: true)),
    RowFunction(
      "ltrim", "The same at its beginning alone.", "ltrim(' a ') = 'a ' and ltrim('0070', '0') = '70'",
      trimming(start: true, end: false)),
    RowFunction(
      "rtrim", "The same at its end alone.", "rtrim(' a ') = ' a' and rtrim('1.50', '0') = '1.5'",
      trimming(start: false, end: true)),
    RowFunction(
      "substr", or: ["substring"],
      "The text from a place on, or so many characters of it; a negative place counts from the end.",
      "substr('AA1545', 3) = '1545' and substr('AA1545', 1, 2) = 'AA'",
      [
        .slice(integers: 1) { text, start, _ in substring(text, start, nil) },
        .slice(integers: 2) { text, start, count in substring(text, start, count) },
      ]),
    RowFunction(
      "left", "The first characters; with a negative count all but so many of the last.", "left('AA1545', 2) = 'AA'",
      [
        .slice(integers: 1) { text, count, _ in
          let end = place(text, after: count >= 0 ? count : Int64(scalarCount(text, text.indices)) &+ count)
          return 0..<end
        }
      ]),
    RowFunction(
      "right", "The last characters; with a negative count all but so many of the first.",
      "right('AA1545', 4) = '1545'",
      [
        .slice(integers: 1) { text, count, _ in
          let left = count >= 0 ? Int64(scalarCount(text, text.indices)) - count : count == .min ? .max : -count
          return place(text, after: left)..<text.count
        }
      ]),
    RowFunction(
      "starts_with", "Whether the text begins with another.", "starts_with('AA1545', 'AA')",
      [.of(texts: .boolean) { text, other in contains(text, other, at: 0) }]),
    RowFunction(
      "ends_with", "Whether the text ends with another.", "ends_with('a.csv', '.csv')",
      [.of(texts: .boolean) { text, other in contains(text, other, at: text.count - other.count) }]),
    RowFunction(
      "contains", "Whether another text stands anywhere in the text.", "contains('a@b', '@')",
      [.of(texts: .boolean) { text, other in firstPlace(of: other, in: text, from: 0) != nil }]),
    RowFunction(
      "same_value", "Whether two texts are the same, or the same number. What = says of columns of no declared type.",
      "same_value('1', '1.0') and not same_value('a', 'A')",
      [
        .of(texts: .boolean) { text, other in
          text.count == other.count && contains(text, other, at: 0) || isSameNumber(text, other)
        }
      ]),
    RowFunction(
      "strpos", "Where another text first stands in the text; 0 when it does not. Also: position('@' in 'a@b').",
      "strpos('a@b', '@') = 2",
      [
        .of(texts: .integer) { text, other in
          firstPlace(of: other, in: text, from: 0).map { Int64(scalarCount(text, 0..<$0)) + 1 } ?? 0
        }
      ]),
    RowFunction(
      "replace", "The text with every occurrence of a second replaced by a third.",
      "replace('1,234', ',', '') = '1234'",
      [.built(texts: 3, replace)]),
    RowFunction(
      "reverse", "The characters from the last to the first.", "reverse('abc') = 'cba'",
      [.built(texts: 1) { text, _, _, result in reverse(text, &result) }]),
  ]

  private static func isSameNumber(_ text: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    let (text, other) = (string(text), string(other))
    guard let number = Literal.number(text), number == Literal.number(other) else { return false }
    // Beyond 2^53 one double stands for several whole numbers.
    guard number.magnitude >= 0x1p53, let digits = digits(text), let others = self.digits(other) else { return true }
    return digits == others
  }

  /// The digits of a whole number, without zeros before them; nil for other numbers.
  private static func digits(_ text: String) -> [UInt8]? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "0") }
    return digits.allSatisfy { (0x30...0x39).contains($0) } ? Array(digits) : nil
  }

  /// A byte that does not continue a scalar begins one.
  @inline(__always)
  private static func beginsScalar(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

  private static func scalarCount(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    for index in range where beginsScalar(text[index]) { count += 1 }
    return count
  }

  /// The offset of the byte behind so many scalars, or the end.
  private static func place(_ text: Span<UInt8>, after scalars: Int64) -> Int {
    guard scalars > 0 else { return 0 }
    var left = scalars
    for index in text.indices where beginsScalar(text[index]) {
      if left == 0 { return index }
      left -= 1
    }
    return text.count
  }

  private static func substring(_ text: Span<UInt8>, _ start: Int64, _ count: Int64?) -> Range<Int>? {
    // Places before the first count, as in SQL: two characters from 0 on are one.
    let first = start >= 0 ? start : Int64(scalarCount(text, text.indices)) &+ start &+ 1
    let from = place(text, after: max(first, 1) - 1)
    guard let count else { return from..<text.count }
    guard count >= 0 else { return nil }
    let (end, overflowed) = first.addingReportingOverflow(count)
    return from..<max(from, place(text, after: overflowed ? .max : max(end, 1) - 1))
  }

  private static func contains(_ text: Span<UInt8>, _ other: Span<UInt8>, at place: Int) -> Bool {
    guard place >= 0, place + other.count <= text.count else { return false }
    return order(text.extracting(place..<place + other.count), other) == 0
  }

  /// Linear in both texts, however they repeat themselves.
  private static func firstPlace(of other: Span<UInt8>, in text: Span<UInt8>, from start: Int) -> Int? {
    guard other.count > 0 else { return start }
    // Safe because: the kernel reads so many bytes of both and keeps no pointer.
    let place = text.withUnsafeBufferPointer { text in
      other.withUnsafeBufferPointer { ck_text_place(text.baseAddress, text.count, start, $0.baseAddress, $0.count) }
    }
    return place < 0 ? nil : place
  }

  @Sendable private static func replace(
    _ text: Span<UInt8>, _ old: Span<UInt8>, _ new: Span<UInt8>, _ result: inout [UInt8]
  ) {
    let start = result.count
    var place = 0
    // What is too long already is given up anyway.
    while old.count > 0, result.count - start <= TextBuilder.longest,
      let found = firstPlace(of: old, in: text, from: place)
    {
      result.append(text.extracting(place..<found))
      result.append(new)
      place = found + old.count
    }
    result.append(text.extracting(place..<text.count))
  }

  private static func reverse(_ text: Span<UInt8>, _ result: inout [UInt8]) {
    var end = text.count
    for index in text.indices.reversed() where beginsScalar(text[index]) || index == 0 {
      result.append(text.extracting(index..<end))
      end = index
    }
  }

  /// What takes white space, or the characters of a second text, off the ends of a text.
  private static func trimming(start: Bool, end: Bool) -> [Overload] {
    [
      .slice(integers: 0) { text, _, _ in trimmed(text, start, end, of: isWhiteSpace) },
      .built(texts: 2) { text, characters, _, result in
        let range = trimmed(text, start, end) { firstPlace(of: $0, in: characters, from: 0) != nil }
        result.append(text.extracting(range))
      },
    ]
  }

  /// The part of the text between the scalars that go.
  @inline(__always)
  private static func trimmed(
    _ text: Span<UInt8>, _ start: Bool, _ end: Bool, of goes: (Span<UInt8>) -> Bool
  ) -> Range<Int> {
    var (from, to) = (0, text.count)
    while start, from < to {
      let next = place(text.extracting(from..<to), after: 1)
      guard goes(text.extracting(from..<from + next)) else { break }
      from += next
    }
    while end, from < to {
      var last = to - 1
      while last > from, !beginsScalar(text[last]) { last -= 1 }
      guard goes(text.extracting(last..<to)) else { break }
      to = last
    }
    return from..<to
  }

  private static func isWhiteSpace(_ scalar: Span<UInt8>) -> Bool {
    if scalar.count == 1 { return scalar[0] == 0x20 || (0x09...0x0D).contains(scalar[0]) }
    return string(scalar).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// Bytes of ASCII are mapped one by one, anything else by the tables of Unicode.
  private static func appendCased(_ text: Span<UInt8>, to result: inout [UInt8], isUpper: Bool) {
    let start = result.count
    let first: UInt8 = isUpper ? 0x61 : 0x41
    var seen: UInt8 = 0
    result.append(text)
    for index in start..<result.count {
      let byte = result[index]
      seen |= byte
      result[index] = byte &- first < 26 ? byte ^ 0x20 : byte
    }
    guard seen >= 0x80 else { return }
    result.removeLast(result.count - start)
    result.append(contentsOf: (isUpper ? string(text).uppercased() : string(text).lowercased()).utf8)
  }

  private static func string(_ text: Span<UInt8>) -> String {
    // Safe because: the bytes are copied within the closure.
    text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension Array<UInt8> {
  /// Appends a part of a text.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>) {
    // Safe because: the bytes are copied within the closure.
    text.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
