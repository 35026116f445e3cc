import TestSupport
import Testing

@testable import Scan

@Suite struct ColumnDigestTests {
  private static func digest(_ values: [String?], parts size: Int = 4) async throws -> [UInt64] {
    let parts = TestTable(columns: [("a", values)]).batches(of: size).map { [$0] }
    return try await ColumnDigest.Specification("a").summary(of: parts).value
  }

  @Test func equalColumnsHaveEqualDigestsAndOthersHaveNot() async throws {
    var generator = SeededGenerator(seed: 45)
    var digests: [[String?]: [UInt64]] = [:]
    for _ in 0..<2000 {
      let values = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        ["a", "b", "", nil].randomElement(using: &generator) ?? nil
      }
      let digest = try await Self.digest(values, parts: Int.random(in: 1...3, using: &generator))
      #expect(digests[values] == nil || digests[values] == digest)
      digests[values] = digest
    }
    #expect(digests.count > 400 && Set(digests.values).count == digests.count)
  }

  @Test func orderAndPlaceCount() async throws {
    let columns: [[String?]] = [
      ["a", "b", nil], ["b", "a", nil], [nil, "a", "b"], ["a", nil, "b"], ["a", "b"], ["ab", "", nil], ["a", "b", ""],
    ]
    var digests: Set<[UInt64]> = []
    for column in columns { digests.insert(try await Self.digest(column)) }
    #expect(digests.count == columns.count)
  }

  @Test func aDictionaryDoesNotMatter() async throws {
    let plain = CountedTexts(["a", "b", "c"])
    func digest(_ column: StoredColumn, _ type: StoredType) -> [UInt64] {
      var batch = Batch()
      batch.add(Field("a", type), column, at: 0)
      var digest = ColumnDigest.Specification("a").empty
      digest.update(batch)
      return digest.value
    }
    let coded = TextColumn(bytes: plain.bytes, starts: plain.starts, ends: plain.ends, codes: [2, -1, 0, 2])
    let rows: [String?] = ["c", nil, "a", "c"]
    #expect(try await Self.digest(rows) == digest(.texts(coded), .text))
    // Zero has two signs, and there are many NaN.
    let states = [CellState.valid.rawValue, CellState.valid.rawValue]
    let first = digest(.numbers(Column(values: [-0.0, .nan], states: states)), .float(bits: 64))
    #expect(first == digest(.numbers(Column(values: [0, -Double.nan], states: states)), .float(bits: 64)))
    // In JSON the text "1" and the number 1 are different values.
    let one = TextColumn(bytes: [0x31], starts: [0], ends: [1])
    #expect(
      digest(.tokens(one, kinds: [TokenKind.string.rawValue]), .tokens)
        != digest(.tokens(one, kinds: [TokenKind.number.rawValue]), .tokens))
  }
}
