import TestSupport
import Testing

@testable import Scan

@Suite struct DuplicateKeysTests {
  private static func keys(_ columns: [(name: String, values: [String?])], limit: Int = 1 << 30) -> DuplicateKeys {
    var keys = DuplicateKeys.Specification(columns.map(\.name), memoryLimit: limit).empty
    for batch in TestTable(columns: columns).batches(of: 3) { keys.update(batch) }
    return keys
  }

  @Test func agreesWithASet() {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<300 {
      let values = (0..<50).map { _ in
        ["a", "b", "1", "01", "", "é", "e\u{301}", nil].randomElement(using: &generator) ?? nil
      }
      let summary = Self.keys([("k", values)]).summary
      let present = values.compactMap { $0.map { Array($0.utf8) } }
      #expect(summary.rows == 50)
      #expect(summary.nulls == 50 - present.count)
      #expect(summary.evaluated == present.count)
      #expect(summary.violating == present.count - Set(present).count)
    }
  }

  @Test func fieldsDoNotRunIntoEachOther() {
    #expect(Self.keys([("a", ["a", "ab", ""]), ("b", ["bc", "c", "abc"])]).summary.violating == 0)
    #expect(Self.keys([("a", ["a", "a"]), ("b", ["b", "b"])]).summary.violating == 1)
  }

  @Test func aRowThatLacksAPartHasNoKey() {
    let summary = Self.keys([("a", ["1", "1", nil, "1"]), ("b", [nil, nil, "2", "2"])]).summary
    #expect(summary.nulls == 3)
    #expect(summary.violating == 0)
  }

  @Test func samplesNameBothLines() {
    let summary = Self.keys([("k", ["x", "y", "x", "x", "y"])]).summary
    #expect(summary.first.map(\.line) == [4, 5, 6])
    #expect(
      summary.first.map(\.values) == [["x", "first in line 2"], ["x", "first in line 2"], ["y", "first in line 3"]])
  }

  @Test func keysBeyondTheLimitEndTheCount() {
    let many = (0..<5000).map { "key number \($0)" }
    #expect(Self.keys([("k", many)], limit: 10_000).isOverLimit)
    #expect(!Self.keys([("k", many)]).isOverLimit)
  }
}
