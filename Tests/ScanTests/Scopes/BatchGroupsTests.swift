import TestSupport
import Testing

@testable import Scan

/// The groups of a batch beside a table of values.
@Suite struct BatchGroupsTests {
  /// Up to three columns of few and of many values, missing ones among them; a part of the rows is selected.
  @Test(arguments: [3, 40, 2000])
  func rowsAreTogetherWhoseValuesAreEqual(values: Int) throws {
    var generator = SeededGenerator(seed: UInt64(values))
    let names = ["a", "b", "c"]
    let table = TestTable(
      columns: names.map { name in
        (
          name,
          (0..<3000).map { _ in
            .random(in: 0...values, using: &generator) == 0 ? nil : "\(Int.random(in: 1...values, using: &generator))é"
          }
        )
      })
    let batch = table.batch(0..<3000)
    let selected = (0..<Int32(3000)).filter { _ in .random(using: &generator) }
    for count in 1...3 {
      let found = BatchGroups(RowScope(by: Array(names.prefix(count))), batch, among: selected)
      var (expected, order): ([[String?]: [Int32]], [[String?]]) = ([:], [])
      for row in selected {
        let key = table.columns.prefix(count).map { $0.values[Int(row)] }
        if expected[key] == nil { order.append(key) }
        expected[key, default: []].append(row)
      }
      #expect(found.groups.map(\.values) == order)
      #expect(found.rows == order.map { expected[$0] ?? [] })
    }
  }

  @Test func nothingSelectedIsNoGroup() {
    let batch = TestTable(columns: [("a", ["x", "y"])]).batch(0..<2)
    #expect(BatchGroups(RowScope(by: ["a"]), batch, among: []).groups.isEmpty)
    #expect(BatchGroups(RowScope(by: []), batch, among: [1]).rows == [[1]])
  }

  /// Long values that begin alike are told apart, and so are bytes that are no text.
  @Test func longValuesAreCut() {
    let long = String(repeating: "x", count: 200)
    let batch = TestTable(columns: [("a", [long + "1", long + "2", long + "1"])]).batch(0..<3)
    let found = BatchGroups(RowScope(by: ["a"]), batch, among: [0, 1, 2])
    #expect(found.rows == [[0, 2], [1]] && found.groups[0] != found.groups[1])
    #expect(found.groups.allSatisfy { ($0.values[0]?.count ?? .max) < 200 })
  }
}
