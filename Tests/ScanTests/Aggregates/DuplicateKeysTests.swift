import TestSupport
import Testing

@testable import Scan

@Suite struct DuplicateKeysTests {
  private static func keys(
    _ columns: [(name: String, values: [String?])], _ resources: ScanResources = ScanResources()
  ) async throws -> DuplicateKeys {
    let parts = TestTable(columns: columns).batches(of: 3).map { [$0] }
    return try await DuplicateKeys.Specification(columns.map(\.name)).summary(of: parts, resources)
  }

  @Test func agreesWithASet() async throws {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<300 {
      let values = (0..<50).map { _ in
        ["a", "b", "1", "01", "", "é", "e\u{301}", nil].randomElement(using: &generator) ?? nil
      }
      let summary = try await Self.keys([("k", values)]).summary
      let present = values.compactMap { $0.map { Array($0.utf8) } }
      #expect(summary.rows == 50)
      #expect(summary.nulls == 50 - present.count)
      #expect(summary.evaluated == present.count)
      #expect(summary.violating == present.count - Set(present).count)
    }
  }

  @Test func fieldsDoNotRunIntoEachOther() async throws {
    #expect(try await Self.keys([("a", ["a", "ab", ""]), ("b", ["bc", "c", "abc"])]).summary.violating == 0)
    #expect(try await Self.keys([("a", ["a", "a"]), ("b", ["b", "b"])]).summary.violating == 1)
  }

  @Test func aRowThatLacksAPartHasNoKey() async throws {
    let summary = try await Self.keys([("a", ["1", "1", nil, "1"]), ("b", [nil, nil, "2", "2"])]).summary
    #expect(summary.nulls == 3)
    #expect(summary.violating == 0)
  }

  @Test func samplesNameBothLines() async throws {
    let summary = try await Self.keys([("k", ["x", "y", "x", "x", "y"])]).summary
    #expect(summary.first.map(\.place.number) == [4, 5, 6])
    #expect(
      summary.first.map { [$0.values[0], "\($0.earlier?.number ?? 0)"] } == [["x", "2"], ["x", "2"], ["y", "3"]])
  }

  /// With hardly any memory everything goes to disk, and is looked through in many parts.
  @Test(arguments: [1, 10_000, 300_000, 256 << 20])
  func theMemoryDoesNotMatter(memory: Int) async throws {
    var generator = SeededGenerator(seed: 15)
    let values = (0..<20_000).map { _ in "key \(Int.random(in: 0..<15_000, using: &generator))" }
    let expected = try await Self.keys([("k", values)]).summary
    let found = try await Self.keys([("k", values)], ScanResources(memory: memory)).summary
    #expect(found == expected)
    #expect(expected.violating == values.count - Set(values).count)
  }

  @Test func aFolderThatCannotBeWrittenIsAClearError() async {
    let many = (0..<5000).map { "key number \($0)" }
    await #expect {
      try await Self.keys([("k", many)], ScanResources(memory: 1000, temporaryFolder: "/nowhere/at/all"))
    } throws: {
      ($0 as? ScanError)?.message.contains("/nowhere/at/all") == true
    }
  }
}
