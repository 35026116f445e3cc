import TestSupport
import Testing

@testable import Scan

@Suite struct CountedTextsTests {
  @Test func nullsAndUnusedEntriesAreLeftOut() {
    func list(_ column: TextColumn) -> [String] {
      var found: [String] = []
      CountedTexts(column).forEach { text, index, count in
        found.append(text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } + " \(index) \(count)")
      }
      return found
    }
    let plain = TextColumn(bytes: Array("abc".utf8), starts: [0, 0, 1], ends: [1, -1, 3])
    #expect(list(plain) == ["a 0 1", "bc 2 1"])
    let coded = TextColumn(bytes: Array("abc".utf8), starts: [0, 0, 1], ends: [1, 0, 3], codes: [2, -1, 0, 2])
    #expect(list(coded) == ["a 0 1", "bc 2 2"])
  }

  @Test func equalTextsAreCountedTogether() {
    for (distinct, count) in [(1, 2000), (20, 5000), (512, 5000), (513, 5000), (3, 100)] {
      var column = TextColumn()
      for row in 0..<count {
        column.starts.append(Int32(column.bytes.count))
        if row % 7 != 3 {
          column.bytes += Array("text number \(row * row % distinct)".utf8.dropFirst(row % distinct % 13))
        }
        column.ends.append(row % 7 == 3 ? -1 : Int32(column.bytes.count))
      }
      func list(_ texts: CountedTexts) -> [[UInt8]: Int] {
        var found: [[UInt8]: Int] = [:]
        texts.forEach { text, _, count in found[(0..<text.count).map { text[$0] }, default: 0] += count }
        return found
      }
      let plain = CountedTexts(column)
      let hashes = Murmur3.hashes(plain)
      let places = plain.ends.indices.filter { plain.ends[$0] >= 0 }.map { Int32($0) }
      let (combined, combinedHashes) = plain.combined(places, hashes)
      let truth = list(plain)
      #expect(list(combined) == truth && combined.ends.count == truth.count)
      #expect(Murmur3.hashes(combined) == combinedHashes)
      // What does not depend on the order is the same.
      var (one, other) = (LengthSummary(), LengthSummary())
      one.update(plain)
      other.update(combined)
      #expect(one == other)
      // Equal hashes do not make texts equal.
      let colliding = [Murmur3.Hash](repeating: Murmur3.Hash(1, 1), count: hashes.count)
      #expect(list(plain.combined(places, colliding).texts) == truth)
    }
  }
}

@Suite struct LengthSummaryTests {
  private func summary(_ texts: [String]) -> LengthSummary {
    var summary = LengthSummary()
    for part in SketchData.parts(texts, seed: 2, longest: 700) { summary.update(CountedTexts(part)) }
    return summary
  }

  @Test func agreesWithTheStandardLibrary() {
    let texts = SketchData.texts(8000)
    let summary = summary(texts)
    let lengths = texts.map(\.unicodeScalars.count)
    #expect(summary.count == texts.count)
    #expect(summary.minimum == lengths.min() && summary.maximum == lengths.max())
    #expect(summary.scalars.sum == lengths.reduce(0, +))
    #expect(summary.bytes.sum == texts.reduce(0) { $0 + $1.utf8.count })
    #expect(summary.mean == Double(lengths.reduce(0, +)) / 8000)
    for length in 0...256 { #expect(summary.counts[length] == lengths.count { $0 == length }) }
    #expect(summary.longer.count == lengths.count { $0 > 256 } && summary.longer.count > 0)
  }

  @Test func mergingIsExact() {
    let texts = SketchData.texts(5000, seed: 2)
    var (merged, backwards) = (LengthSummary(), LengthSummary())
    let parts = SketchData.parts(texts, seed: 3, longest: 900)
    for part in parts { merged.merge(summary(part)) }
    for part in parts.reversed() { backwards.merge(summary(part)) }
    #expect(merged == summary(texts) && backwards == merged)
  }

  @Test func nothingHasNoLength() {
    #expect(summary([]).minimum == nil && summary([]).mean == nil)
    #expect(summary([""]).minimum == 0)
  }
}

@Suite struct CharacterClassesTests {
  private func classes(_ texts: [String]) -> CharacterClasses {
    var classes = CharacterClasses()
    for part in SketchData.parts(texts, seed: 4, longest: 700) { classes.update(CountedTexts(part)) }
    return classes
  }

  /// Whether a text has a character of the classes, from the properties of its scalars.
  private func contains(_ text: String, _ classes: CharacterClasses.Classes) -> Bool {
    text.unicodeScalars.contains { scalar in
      let isVisible = (0x21...0x7e).contains(scalar.value)
      let isSpace = scalar.isASCII && scalar.properties.isWhitespace
      let isLetter = scalar.isASCII && scalar.properties.isAlphabetic
      let isDigit = scalar.isASCII && scalar.properties.numericType == .decimal
      if classes.contains(.lowercase), isLetter, scalar.properties.isLowercase { return true }
      if classes.contains(.uppercase), isLetter, scalar.properties.isUppercase { return true }
      if classes.contains(.digit), isDigit { return true }
      if classes.contains(.space), isSpace { return true }
      if classes.contains(.punctuation), isVisible, !isLetter, !isDigit { return true }
      if classes.contains(.control), scalar.isASCII, !isVisible, !isSpace { return true }
      return classes.contains(.nonASCII) && !scalar.isASCII
    }
  }

  @Test func agreesWithTheProperties() {
    let texts = SketchData.texts(600, seed: 3)
    let counted = classes(texts)
    #expect(counted.count == texts.count && counted.emptyCount == texts.count { $0.isEmpty })
    for raw in UInt8(1)..<128 {
      let set = CharacterClasses.Classes(rawValue: raw)
      let others = CharacterClasses.Classes(rawValue: ~raw & 127)
      #expect(counted.count(containing: set) == texts.count { contains($0, set) })
      #expect(counted.count(onlyOf: set) == texts.count { !$0.isEmpty && !contains($0, others) })
    }
    #expect(counted.asciiCount == texts.count { $0.utf8.allSatisfy { $0 < 128 } })
    #expect(counted.leadingSpaceCount == texts.count { $0.first?.isWhitespace ?? false })
    #expect(counted.trailingSpaceCount == texts.count { $0.last?.isWhitespace ?? false })
  }

  @Test func knownTexts() {
    let counted = classes(["", " ", "\t\n", " a", "b ", "12", "aB", "a1", "é", "x-y"])
    #expect(counted.emptyCount == 1 && counted.blankCount == 2 && counted.digitsOnlyCount == 1)
    #expect(counted.lettersOnlyCount == 1 && counted.asciiCount == 9)
    #expect(counted.leadingSpaceCount == 3 && counted.trailingSpaceCount == 3)
    #expect(counted.count(containing: .nonASCII) == 1 && counted.count(containing: .punctuation) == 1)
  }

  @Test func mergingIsExact() {
    let texts = SketchData.texts(5000, seed: 4)
    var merged = CharacterClasses()
    for part in SketchData.parts(texts, seed: 5, longest: 900) { merged.merge(classes(part)) }
    #expect(merged == classes(texts))
  }
}

@Suite struct TypeCensusTests {
  private func census(_ texts: [String]) -> TypeCensus {
    var census = TypeCensus()
    for part in SketchData.parts(texts, seed: 6, longest: 700) { census.update(CountedTexts(part)) }
    return census
  }

  @Test func knownTexts() {
    let texts = [
      "0", "1", "-7", "+7", "007", "9223372036854775808", "1.5", "-.5e3", "nan", "-Infinity", "true", "FALSE", "yes",
      "", "2024-02-29", "2023-02-29", "2024-02-29T10:00", "2024-02-29 10:00:00.5+02:00", "00000000000000000000042",
      "1e999", "inf", "item1", "12a", "-", "+", ".",
    ]
    let census = census(texts)
    #expect(census.count == texts.count && census.count(of: .string) == texts.count)
    #expect(census.count(of: .integer) == 6)
    #expect(census.count(of: .number) == 12)
    #expect(census.count(of: .boolean) == 4)
    #expect(census.count(of: .date) == 1)
    #expect(census.count(of: .timestamp) == 2)
    #expect(census.count(ofFinest: .integer) == 6 && census.count(ofFinest: .number) == 6)
    #expect(census.count(ofFinest: .boolean) == 2 && census.count(ofFinest: .date) == 1)
    #expect(census.count(ofFinest: .timestamp) == 2 && census.count(ofFinest: .string) == texts.count - 17)
  }

  @Test(arguments: VectorLevel.allCases) func agreesWithTheParsers(level: VectorLevel) {
    let texts = SketchData.texts(20_000, seed: 7)
    let census = level.run { self.census(texts) }
    func count(_ parse: (Span<UInt8>) -> Int64?) -> Int { texts.count { parse(Array($0.utf8).span) != nil } }
    #expect(census.count(of: .integer) == count(parseInteger))
    #expect(census.count(of: .boolean) == count(parseBoolean))
    #expect(census.count(of: .date) == count(parseDate))
    #expect(census.count(of: .timestamp) == count(parseTimestamp))
    #expect(census.count(of: .time) == count(parseTime))
    // What the standard library reads but for hexadecimal digits and numbers too large for a double.
    let words = ["nan", "inf", "infinity"].flatMap { [$0, "-" + $0, "+" + $0] }
    let numbers = texts.count { text in
      let lowered = text.lowercased()
      if words.contains(lowered) { return true }
      return lowered.allSatisfy { "0123456789+-.e".contains($0) } && Double(text).map { $0.isFinite } ?? false
    }
    #expect(census.count(of: .number) == numbers)
    let finest = [ValueType.string, .integer, .number, .boolean, .date, .time, .timestamp]
    #expect(finest.reduce(0) { $0 + census.count(ofFinest: $1) } == texts.count)
  }

  /// Long runs of fractions, which no text is looked at for, with others between them and at their ends.
  @Test(arguments: VectorLevel.allCases) func fractionsAreCountedInTheirRuns(level: VectorLevel) {
    for others in 0..<40 {
      var texts = (0..<200).map { "\($0).\($0 % 9 + 1)" }
      for other in 0..<others { texts[other * 67 % 200] = ["7", "x", "1e30", "-0.0", "true"][other % 5] }
      let census = level.run { self.census(texts) }
      #expect(census.count == 200)
      #expect(census.count(ofFinest: .integer) == texts.count { Int($0) != nil })
      #expect(census.count(of: .number) == texts.count { Double($0) != nil })
      #expect(census.count(of: .boolean) == texts.count { $0 == "true" })
    }
  }

  /// Of the form that most have, and of one that differs from it in a few bytes.
  @Test(arguments: [
    "2024-02-29T10:00:00Z", "2024-11-30 23:59:59", "2024-01-31", "12345678", "-1234567", "0.5", "true", "07:30",
    "07:30:00", "23:59:59.125",
  ])
  func agreesWithTheParsersNextToPlainTexts(plain: String) {
    var generator = SeededGenerator(seed: UInt64(plain.utf8.count))
    for _ in 0..<4000 {
      var column = TextColumn()
      var expected: [ValueType: Int] = [:]
      for _ in 0..<8 {
        var text = Array(plain.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          let near = "0123456789-:+ TtZz/;eE.".utf8.randomElement(using: &generator) ?? 0
          text[Int.random(in: 0..<text.count, using: &generator)] =
            Bool.random(using: &generator) ? near : UInt8.random(in: 0...255, using: &generator)
        }
        if Int.random(in: 0..<9, using: &generator) == 0 { text.removeLast() }
        column.starts.append(Int32(column.bytes.count))
        column.bytes += text
        column.ends.append(Int32(column.bytes.count))
        expected[.integer, default: 0] += parseInteger(text.span) == nil ? 0 : 1
        expected[.boolean, default: 0] += parseBoolean(text.span) == nil ? 0 : 1
        expected[.date, default: 0] += parseDate(text.span) == nil ? 0 : 1
        expected[.timestamp, default: 0] += parseTimestamp(text.span) == nil ? 0 : 1
        expected[.time, default: 0] += parseTime(text.span) == nil ? 0 : 1
      }
      var census = TypeCensus()
      census.update(CountedTexts(column))
      #expect(census.count == 8)
      for (type, count) in expected {
        #expect(census.count(of: type) == count, "\(type) in \(String(decoding: column.bytes, as: UTF8.self))")
      }
    }
  }

  @Test func mergingIsExact() {
    let texts = SketchData.texts(5000, seed: 8)
    var merged = TypeCensus()
    for part in SketchData.parts(texts, seed: 9, longest: 900) { merged.merge(census(part)) }
    #expect(merged == census(texts))
  }
}

@Suite struct PatternCountsTests {
  private func shape(_ text: String) -> String {
    var counts = PatternCounts()
    counts.update(CountedTexts([text]))
    return String(decoding: counts.shapes.rows.first?.item ?? [], as: UTF8.self)
  }

  @Test func knownShapes() {
    let shapes = [
      "AB-1234": "A+-9+", "a": "a", "": "", "aB1": "aA9", "a--b": "a-+a", "12:30:00": "9+:9+:9+", "é": "é", "éé": "éé",
      "++": "++", "+": "+", "  x": " +a", "日本1": "日本9",
    ]
    for (text, expected) in shapes { #expect(shape(text) == expected) }
  }

  @Test func longShapesAreCutBetweenCharacters() {
    #expect(shape(String(repeating: "a1", count: 32)) == String(repeating: "a9", count: 32))
    #expect(shape(String(repeating: "a1", count: 33)) == String(repeating: "a9", count: 32) + "…")
    #expect(shape(String(repeating: "é", count: 32)) == String(repeating: "é", count: 32))
    #expect(shape("x" + String(repeating: "é", count: 40)) == "a" + String(repeating: "é", count: 32) + "…")
    #expect(shape(String(repeating: "a1", count: 32) + "111") == String(repeating: "a9", count: 32) + "+")
    for length in 60...70 {
      let bytes = [UInt8](repeating: 0x80, count: length)
      var counts = PatternCounts()
      counts.update(CountedTexts(TextColumn(bytes: bytes, starts: [0], ends: [Int32(length)])))
      #expect(counts.shapes.rows[0].item.count <= 70)
    }
  }

  @Test func shapesAreCountedWithinBounds() {
    let texts = SketchData.texts(20_000, seed: 10)
    var (whole, merged) = (PatternCounts(), PatternCounts())
    whole.update(CountedTexts(texts))
    for part in SketchData.parts(texts, seed: 11) {
      var counts = PatternCounts()
      counts.update(CountedTexts(part))
      merged.merge(counts)
    }
    let truth = texts.reduce(into: [String: Int]()) { $0[shape($1), default: 0] += 1 }
    for counts in [whole, merged] {
      #expect(counts.shapes.totalWeight == texts.count)
      for row in counts.top(20) {
        let count = truth[String(decoding: row.item, as: UTF8.self)] ?? -1
        #expect(row.lowerBound <= count && count <= row.upperBound)
      }
      #expect(counts.top(3).count == 3)
    }
  }
}
