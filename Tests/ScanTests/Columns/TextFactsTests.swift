import TestSupport
import Testing

@testable import Scan

/// What the kernel says of texts together is what looking at each says.
@Suite struct TextFactsTests {
  private static func column(_ texts: [String?]) -> TextColumn {
    TestTable(columns: [("a", texts)]).batch(0..<texts.count).texts("a")
  }

  @Test func factsAreThoseOfEachText() throws {
    var dice = SeededGenerator(seed: 81)
    let pieces = ["a", "bc", " ", "\t", "é", "日本", "😀", "\u{A0}", String(repeating: "x", count: 61), "0123456789"]
    var seen = (ascii: 0, trimmed: 0, neither: 0)
    for round in 0..<3000 {
      let known = round % 3 == 0 ? pieces : ["a", "bc", "0123456789", String(repeating: "y", count: 62)]
      let texts = (0..<Int.random(in: 0...6, using: &dice)).map { _ -> String? in
        guard Int.random(in: 0..<5, using: &dice) > 0 else { return nil }
        return (0..<Int.random(in: 0...4, using: &dice)).compactMap { _ in known.randomElement(using: &dice) }.joined()
      }
      let present = texts.compactMap { $0 }
      let level: VectorLevel = round % 2 == 0 ? .avx512 : .base
      let facts = level.run { TextFacts(Self.column(texts)) }
      guard let facts, let some = present.first else {
        #expect(facts == nil && present.isEmpty)
        continue
      }
      let lengths = present.map(\.unicodeScalars.count)
      #expect(facts.lengths == (lengths.min() ?? 0)...(lengths.max() ?? 0))
      #expect(facts.areASCII == present.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
      func isEdge(_ byte: UInt8?) -> Bool { byte.map { $0 == 32 || 9...13 ~= $0 || $0 > 127 } ?? false }
      #expect(facts.areTrimmed == !present.contains { isEdge($0.utf8.first) || isEdge($0.utf8.last) })
      for text in present { #expect(facts.mayHave(byteLength: text.utf8.count)) }
      for length in 0..<63 where !present.contains(where: { $0.utf8.count == length }) {
        #expect(!facts.mayHave(byteLength: length), "\(some)")
      }
      seen.ascii += facts.areASCII ? 1 : 0
      seen.trimmed += facts.areTrimmed ? 1 : 0
      seen.neither += facts.areASCII || facts.areTrimmed ? 0 : 1
    }
    #expect(min(seen.ascii, seen.trimmed, seen.neither) > 100)
  }
}
