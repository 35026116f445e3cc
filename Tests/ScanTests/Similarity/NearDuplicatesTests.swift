import TestSupport
import Testing

@testable import Scan

@Suite struct NearDuplicatesTests {
  /// Texts of random words, of which some are edited copies of others.
  private static func texts(_ count: Int, _ generator: inout SeededGenerator) -> [String?] {
    let letters = Array("abcdefghij")
    func word() -> String {
      String(
        (0..<Int.random(in: 2...7, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "a" })
    }
    var texts: [String?] = []
    for _ in 0..<count {
      let known = texts.compactMap { $0 }
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: texts.append(nil)
      case 1: texts.append(known.randomElement(using: &generator))
      case 2...4:
        var words = known.randomElement(using: &generator)?.split(separator: " ").map(String.init) ?? [word()]
        let place = Int.random(in: words.indices, using: &generator)
        if Bool.random(using: &generator) { words[place] = word() } else { words.insert(word(), at: place) }
        texts.append(words.joined(separator: " "))
      default: texts.append((0..<Int.random(in: 5...40, using: &generator)).map { _ in word() }.joined(separator: " "))
      }
    }
    return texts
  }

  /// The slow twin of the similarity: sets of all pieces of five characters.
  private static func similarity(_ a: String, _ b: String) -> Double {
    func pieces(_ text: String) -> Set<String> {
      let scalars = Array(text.unicodeScalars)
      guard scalars.count >= 5 else { return [text] }
      return Set(
        (0...scalars.count - 5).map { start in
          var piece = String.UnicodeScalarView()
          piece.append(contentsOf: scalars[start..<start + 5])
          return String(piece)
        })
    }
    let (first, second) = (pieces(a), pieces(b))
    return Double(first.intersection(second).count) / Double(first.union(second).count)
  }

  private static func found(
    _ here: TestTable, _ there: [TestTable] = [], _ columns: [String] = ["t"], similarity: Double = 0.8,
    _ resources: ScanResources = ScanResources()
  ) async throws -> NearDuplicates {
    let rows = SketchedRows.Specification(columns, similarity: similarity)
    var others: [SketchedRows] = []
    for table in there { others.append(try await rows.summary(of: table.parts, resources)) }
    return try await NearDuplicates.Specification(rows, with: others, of: there.indices.map { "t\($0)" }).summary(
      of: here.parts, resources)
  }

  /// What is reported is alike, and of what is alike hardly anything is missed.
  @Test func agreesWithAllPairs() async throws {
    var generator = SeededGenerator(seed: 71)
    var (expected, missed, reported) = (0, 0, 0)
    for _ in 0..<12 {
      let texts = Self.texts(150, &generator)
      let table = TestTable(columns: [("t", texts)])
      let found = try await Self.found(table)
      for (row, text) in texts.enumerated() {
        let isFound = found.places.contains(RowPlace(number: table.line(of: row)))
        let best = texts[..<row].compactMap { $0 }.map { Self.similarity($0, text ?? "") }.max() ?? 0
        let isAlike = text != nil && best >= 0.8
        #expect(!isFound || isAlike, "row \(row): \(best)")
        expected += isAlike ? 1 : 0
        missed += isAlike && !isFound ? 1 : 0
        reported += isFound ? 1 : 0
      }
      #expect(found.summary.evaluated == texts.count { $0 != nil })
      #expect(found.summary.violating == found.places.count)
      for (row, other) in zip(found.summary.first, found.others) {
        let pair = [row.place, other.place].compactMap { place in
          texts.indices.first { table.line(of: $0) == place.number }.flatMap { texts[$0] }
        }
        #expect(other.place < row.place && pair.count == 2)
        #expect((Self.similarity(pair[0], pair[1]) - other.similarity).magnitude < 1e-12)
      }
    }
    #expect(expected > 100 && reported > 100)
    #expect(Double(missed) <= 0.02 * Double(expected), "\(missed) of \(expected)")
  }

  @Test(arguments: [1, 30_000, 256 << 20], [1, 3])
  func theMemoryAndTheThreadsDoNotMatter(memory: Int, threads: Int) async throws {
    var generator = SeededGenerator(seed: 72)
    let here = TestTable(columns: [("t", Self.texts(400, &generator))])
    let there = [TestTable(columns: [("t", Self.texts(100, &generator))]), here]
    let resources = ScanResources(threads: threads, memory: memory)
    for others in [[], there] {
      let expected = try await Self.found(here, others)
      let found = try await Self.found(here, others, ["t"], similarity: 0.8, resources)
      #expect(found.places == expected.places && found.others == expected.others)
      #expect(found.summary.violating > 60 && found.summary.first == expected.summary.first)
    }
  }

  @Test func caseAndWhiteSpaceAreIgnored() async throws {
    let table = TestTable(columns: [("t", ["Some  Text of a few\twords ", "some text OF a few words", "other words"])])
    let found = try await Self.found(table, similarity: 1)
    #expect(found.summary.violating == 1 && found.others.map(\.similarity) == [1])
    #expect(found.others.map(\.place.number) == [2])
  }

  /// Rows of several columns are compared cell by cell: of ten cells nine are the same, of eleven together.
  @Test func cellsAreCompared() async throws {
    let columns = (0..<10).map { column in
      (name: "c\(column)", values: ["\(column)", column == 3 ? "x" : "\(column)", "\(column + 1)"] as [String?])
    }
    let names = columns.map(\.name)
    let found = try await Self.found(TestTable(columns: columns), [], names, similarity: 0.8)
    #expect(found.summary.violating == 1)
    #expect((try #require(found.others.first).similarity - 9.0 / 11).magnitude < 1e-12)
    let stricter = try await Self.found(TestTable(columns: columns), [], names, similarity: 0.83)
    #expect(stricter.summary.violating == 0)
    // Nulls are nothing that rows have in common.
    let nulls = TestTable(columns: [("a", [nil, nil, "1"]), ("b", [nil, nil, nil])])
    let none = try await Self.found(nulls, [], ["a", "b"])
    #expect(none.summary.violating == 0 && none.summary.nulls == 2)
  }

  /// Bands are long enough to tell sets apart, and short enough to find what is alike.
  @Test(arguments: [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1])
  func theBandsFindWhatIsAlike(similarity: Double) {
    let bands = MinHashBands(similarity: similarity)
    #expect(bands.bands * bands.rows <= 128)
    #expect(bands.probability(of: similarity) >= 0.99)
    #expect(bands.probability(of: similarity / 3) < 0.45)
  }

  /// Two sets agree in a least value with a probability of their similarity.
  @Test func theLeastValuesAgreeAsOftenAsTheSetsAreAlike() {
    var generator = SeededGenerator(seed: 73)
    let bands = MinHashBands(similarity: 0.5)
    var (agreed, all) = (0, 0)
    for _ in 0..<200 {
      let common = (0..<50).map { _ in UInt64.random(in: 0...(.max), using: &generator) }
      let (a, b) = (0..<2).map { _ in common + (0..<25).map { _ in UInt64.random(in: 0...(.max), using: &generator) } }
        .withFirstTwo
      agreed += zip(bands.keys(of: a), bands.keys(of: b)).count { $0 == $1 }
      all += bands.bands
    }
    // Of 100 elements 50 are common: a band of r agrees with a probability of 0.5^r.
    let expected = (0..<bands.rows).reduce(1.0) { share, _ in share * 0.5 }
    let share = Double(agreed) / Double(all)
    #expect((share - expected).magnitude < 5 * (expected / Double(all)).squareRoot() + 0.01, "\(share) for \(expected)")
  }
}

extension Array {
  fileprivate var withFirstTwo: (Element, Element) { (self[0], self[1]) }
}
