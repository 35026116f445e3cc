import TestSupport
import Testing

@testable import Scan

/// The automaton beside RE2, which is its slow twin.
@Suite struct PatternAutomatonTests {
  private static func column(_ texts: [String?]) -> TextColumn {
    TestTable(columns: [("a", texts)]).batch(0..<texts.count).texts("a")
  }

  private static func expectAgreement(_ pattern: String, on texts: [String?]) {
    guard let compiled = try? Pattern(pattern) else { return }
    let column = column(texts)
    let wanted = compiled.matchesByRE2(column)
    for (isApart, column) in [(false, column), (true, apart(column))] {
      for level in [VectorLevel.base, .sse4, .avx512] {
        let found = level.run { compiled.matches(column) }
        for (row, text) in texts.enumerated() where text != nil {
          #expect(found[row] == wanted[row], "\(level), \(isApart), \(pattern) on \(text.debugDescription)")
        }
      }
    }
  }

  /// The same texts with other bytes between them, as other columns have.
  private static func apart(_ column: TextColumn) -> TextColumn {
    var apart = TextColumn()
    for row in 0..<column.rowCount {
      apart.bytes += Array(",\n\"é".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 60)
      apart.starts.append(Int32(apart.bytes.count))
      apart.bytes += column.range(row).map { Array(column.bytes[$0]) } ?? []
      apart.ends.append(column.isNull(row) ? -1 : Int32(apart.bytes.count))
    }
    return apart
  }

  /// A pattern RE2 refuses must not be accepted here: the parser may only know less.
  @Test(arguments: 0..<6)
  func agreesOnRandomPatterns(seed: Int) {
    var generator = SeededGenerator(seed: 40 + UInt64(seed))
    let pieces = [
      "a", "b", "ab", ".", "\\.", "[ab]", "[^a]", "[a-c]", "[]a]", "[^]-]", "[a\\-b]", "\\d", "\\w", "\\S", "\\D",
      "(a|b)",
      "(?:ab)", "(", ")", "|", "*", "+", "?", "{2}", "{1,2}", "{0,}", "{,2}", "é", "[é]", "^", "$", "\\b", "-", "@",
      "]",
      "\\\\", "(?i)", "[[:alpha:]]", "*?", "a{3}", "[a-", "\\", "[\\d.]", "\\n",
    ]
    let parts = ["a", "b", "c", "", "é", "日", "😀", "1", ".", "-", "@", "\n", "]", "\\", "ab", "A", "_", " "]
    var (understood, matched) = (0, 0)
    for _ in 0..<4000 {
      let pattern = (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }.joined()
      let texts: [String?] = (0..<9).map { index in
        index == 4
          ? nil
          : (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in parts.randomElement(using: &generator) }
            .joined()
      }
      if PatternAutomaton(pattern) != nil {
        understood += 1
        #expect((try? Pattern(pattern)) != nil, "RE2 refuses \(pattern)")
      }
      Self.expectAgreement(pattern, on: texts)
      if let compiled = try? Pattern(pattern) { matched += compiled.matches(Self.column(texts)).count { $0 == 1 } }
    }
    #expect(understood > 1000 && matched > 500)
  }

  /// Texts of one class of characters are seen to match many bytes at a time.
  @Test func agreesOnTextsOfOneClass() {
    var generator = SeededGenerator(seed: 47)
    let patterns = [
      ".*", ".+", "[a-z]*", "[a-z0-9_]+", "[^@]*", "\\d+", "\\w*", "(a|b)+", "a*", "[a-y]+z?", "[[:alpha:] ]+",
    ]
    let parts = ["abc", "xyz", "0123456789", "_", " ", "@", "\n", "é", "A", String(repeating: "ab", count: 31), "z"]
    var matched = 0
    for pattern in patterns {
      let texts: [String?] = (0..<400).map { row in
        guard row % 9 != 0 else { return row % 2 == 0 ? nil : "" }
        let kinds = row % 3 == 0 ? parts : Array(parts.shuffled(using: &generator).prefix(2))
        return (0..<Int.random(in: 1...5, using: &generator)).compactMap { _ in kinds.randomElement(using: &generator) }
          .joined()
      }
      Self.expectAgreement(pattern, on: texts)
      if let compiled = try? Pattern(pattern) { matched += compiled.matches(Self.column(texts)).count { $0 == 1 } }
    }
    #expect(matched > 500)
  }

  @Test func knowsThePatternsThatPeopleWrite() {
    for pattern in [
      "[a-z0-9.]+@[a-z]+\\.[a-z]+", "^[A-Z]{2}\\d{6}$", "\\d{4}-\\d{2}-\\d{2}", "(AA|B6|DL)", "[^,]*", "N\\w{1,5}",
      "\\+?[0-9 ()-]{7,20}",
    ] {
      #expect(PatternAutomaton(pattern) != nil, "\(pattern)")
    }
  }

  @Test(arguments: ["(a{100}){100}", "(a|b)*a(a|b){12}", "((a?){30}){30}", String(repeating: "(", count: 5000)])
  func patternsWithManyStatesAreLeftToRE2(pattern: String) { #expect(PatternAutomaton(pattern) == nil) }
}
