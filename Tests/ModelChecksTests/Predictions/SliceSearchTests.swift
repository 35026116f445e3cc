import Scan
import TestSupport
import Testing

@testable import ModelChecks

/// The search for the worst slices, against one that looks at the rows of every slice.
@Suite struct SliceSearchTests {
  private static let names = ["a", "b", "c", "d"]
  private static let rows = 3000

  /// Rows of four columns with a few values each, and of each row how much worse it is.
  private static func table(seed: UInt64) throws -> (columns: [SearchedColumn], codes: [[Int]], excess: [Double]) {
    var random = SeededGenerator(seed: seed)
    let codes = names.indices.map { column in (0..<rows).map { _ in Int.random(in: 0..<(3 + column), using: &random) } }
    let excess = (0..<rows).map { row in
      Double.random(in: -1...1, using: &random) + (codes[0][row] == 1 && codes[2][row] == 4 ? 0.3 : 0)
    }
    let mean = excess.reduce(0, +) / Double(rows)
    let columns = try names.indices.map { column in
      try #require(
        SearchedColumn(
          names[column], words: CollectedWords(codes[column].map { "\($0)" }), numbers: nil, isHidden: false))
    }
    return (columns, codes, excess.map { $0 - mean })
  }

  @Test(arguments: [UInt64(1), 2, 3], 1...3) func findsWhatASlowSearchFinds(seed: UInt64, depth: Int) throws {
    let (columns, codes, excess) = try Self.table(seed: seed)
    let fewest = 60
    let search = SliceSearch(columns: columns, depth: depth, fewest: fewest, wanted: 1)
    let found = search.worst(
      of: Array(0..<Self.rows), excess: excess, weights: [Double](repeating: 1, count: Self.rows))
    let spread = excess.reduce(0) { $0 + $1 * $1 } / Double(Self.rows)
    var slices: [String: (mean: Double, error: Double)] = [:]
    var wider: [String: [String]] = [:]
    func name(_ conditions: [(column: Int, value: Int)]) -> String {
      conditions.map { "\(Self.names[$0.column]) = \($0.value)" }.joined(separator: ", ")
    }
    func look(_ conditions: [(column: Int, value: Int)]) {
      let values = (0..<Self.rows).filter { row in conditions.allSatisfy { codes[$0.column][row] == $0.value } }
        .map { excess[$0] }
      guard values.count >= fewest else { return }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      slices[name(conditions)] = (mean, (squares + spread).squareRoot() / count)
      wider[name(conditions)] = conditions.indices.map { left in
        name(conditions.indices.filter { $0 != left }.map { conditions[$0] })
      }
    }
    func cross(_ chosen: [(column: Int, value: Int)]) {
      for column in ((chosen.last?.column ?? -1) + 1)..<Self.names.count {
        for value in 0..<(3 + column) {
          look(chosen + [(column: column, value: value)])
          if chosen.count + 1 < depth { cross(chosen + [(column: column, value: value)]) }
        }
      }
    }
    cross([])
    #expect(found.searched == slices.count)
    // Narrower ones are worse than each wider one by three of their errors.
    let clear = slices.filter { name, slice in
      (wider[name] ?? []).allSatisfy { slice.mean - 3 * slice.error > slices[$0]?.mean ?? -.infinity }
    }
    let worst = try #require(
      clear.max { $0.value.mean - 1.645 * $0.value.error < $1.value.mean - 1.645 * $1.value.error })
    let first = try #require(found.worst.first)
    #expect(first.conditions.map { columns[$0.column].names[Int($0.code)] }.joined(separator: ", ") == worst.key)
    #expect(abs(first.bound - (worst.value.mean - 1.645 * worst.value.error)) < 1e-9)
    if depth > 1 { #expect(worst.key == "a = 1, c = 4") }
  }

  /// The worst slices are not one slice in other words: no part of another, and no twin by another column.
  @Test func theWorstSlicesAreDifferentOnes() throws {
    let (own, _, excess) = try Self.table(seed: 4)
    let columns = own + [own[0]]
    let search = SliceSearch(columns: columns, depth: 3, fewest: 60, wanted: 8)
    let found = search.worst(
      of: Array(0..<Self.rows), excess: excess, weights: [Double](repeating: 1, count: Self.rows))
    #expect(found.worst.count > 3)
    for (place, one) in found.worst.enumerated() {
      for other in found.worst[..<place] {
        #expect(
          !Set(one.conditions).isSubset(of: other.conditions) && !Set(other.conditions).isSubset(of: one.conditions))
        func rows(_ slice: SliceSearch.Found) -> Set<Int> {
          Set(
            (0..<Self.rows).filter { row in slice.conditions.allSatisfy { columns[$0.column].codes[row] == $0.code } })
        }
        let (mine, theirs) = (rows(one), rows(other))
        #expect(Double(mine.intersection(theirs).count) <= 0.5 * Double(mine.union(theirs).count))
      }
    }
  }

  /// Eight bins of about as many rows each; few numbers are values, many words only where they are frequent.
  @Test func columnsBecomeFewValues() throws {
    let numbers = (0..<4000).map { Double($0) }
    let binned = try #require(
      SearchedColumn("n", words: nil, numbers: CollectedNumbers(numbers + [.nan]), isHidden: false))
    #expect(binned.names.count == 9 && binned.names[0] == "n below 500" && binned.names[1] == "n from 500 to 1000")
    #expect(binned.codes[499] == 0 && binned.codes[500] == 1 && binned.codes[3999] == 7 && binned.codes[4000] == 8)
    let few = try #require(
      SearchedColumn(
        "h", words: CollectedWords((0..<100).map { "\($0 % 3)" }),
        numbers: CollectedNumbers((0..<100).map { Double($0 % 3) }), isHidden: false))
    #expect(few.names.prefix(3) == ["h = 0", "h = 1", "h = 2"])
    let many = try #require(
      SearchedColumn(
        "w", words: CollectedWords((0..<1000).map { "w\($0 % 7 == 0 ? 0 : $0)" }), numbers: nil, isHidden: true))
    #expect(many.names[0] == "w 1 (hidden)" && !many.names.contains { $0.contains("w0") })
    #expect(many.isSlice.count == 26 && many.isSlice.count { !$0 } == 1)
    #expect(SearchedColumn("one", words: CollectedWords(["x", "x"]), numbers: nil, isHidden: false) == nil)
    #expect(SearchedColumn("none", words: nil, numbers: CollectedNumbers([.nan, .nan]), isHidden: false) == nil)
  }

  /// Of many keys about half fall into either half, and the same in every run.
  @Test func halvesAreStable() {
    let halves = (0..<10_000).map { StableHash.half(Array("id\($0)".utf8)) }
    #expect(abs(halves.count { $0 } - 5000) < 200)
    #expect(StableHash.hash(Array("cupel".utf8)) == StableHash.hash(Array("cupel".utf8)))
    #expect((0..<8).map { StableHash.half(Array("\($0)".utf8)) } == Self.first)
  }

  /// By an independent implementation of FNV-1a and the finaliser.
  private static let first = [true, false, true, false, false, false, true, false]
}
