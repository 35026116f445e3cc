import TestSupport
import Testing

@testable import Scan

@Suite struct IntegerRangesTests {
  // `#expect` takes no spans.
  private static func has(_ ranges: IntegerRanges, _ text: String) -> Bool { ranges.contains(Array(text.utf8).span) }
  private static func has(_ set: KeySet, _ text: String) -> Bool { set.contains(Array(text.utf8).span) }

  @Test func agreesWithASet() {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<200 {
      var ranges = IntegerRanges()
      var known: Set<Int64> = []
      var next = Int64.random(in: -40...0, using: &generator)
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        let last = next + Int64.random(in: 0...3, using: &generator)
        ranges.append(next...last)
        known.formUnion(next...last)
        next = last + Int64.random(in: 1...4, using: &generator)
      }
      for number in Int64(-45)...80 {
        #expect(Self.has(ranges, "\(number)") == known.contains(number))
      }
    }
  }

  @Test func onlyTheShortestTextIsANumber() {
    var ranges = IntegerRanges()
    ranges.append(.min ... .min)
    ranges.append(-9...0)
    ranges.append(7...7)
    ranges.append(.max ... .max)
    for text in ["0", "-9", "7", "9223372036854775807", "-9223372036854775808"] {
      #expect(Self.has(ranges, text), "\(text)")
    }
    for text in [
      "", "-", "-0", "00", "07", "+7", "7.0", "7 ", "x", "8", "9223372036854775808", "-9223372036854775809",
      "18446744073709551616", "99999999999999999999999",
    ] {
      #expect(!Self.has(ranges, text), "\(text)")
    }
  }

  /// Keys that grow, cut into batches and chunks, give the ranges of all of them.
  @Test func keysThatGrowBecomeRanges() async throws {
    var generator = SeededGenerator(seed: 32)
    for round in 0..<100 {
      var next = Int.random(in: -50...50, using: &generator)
      let values = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
        next += Int.random(in: 0..<5, using: &generator) == 0 ? Int.random(in: 2...300, using: &generator) : 1
        return next
      }
      let table = TestTable(columns: [("k", values.map(String.init))])
      let lookup = try await LookupKeys.Specification(["k"]).summary(of: table.batches(of: 7).map { [$0] })
      let set = try #require(lookup.set)
      let known = Set(values)
      for number in (values[0] - 3)...(next + 3) {
        #expect(Self.has(set, "\(number)") == known.contains(number), "round \(round)")
      }
    }
  }

  /// A look-up of any size, in next to no memory.
  @Test func whatLeavesOutNothingFitsAnywhere() async throws {
    let table = TestTable(columns: [("k", (-50_000..<50_000).map(String.init))])
    let resources = ScanResources(memory: 1000, temporaryFolder: "/nowhere/at/all")
    let lookup = try await LookupKeys.Specification(["k"]).summary(of: table.batches(of: 1000).map { [$0] }, resources)
    #expect(lookup.set != nil && lookup.partitions == nil && lookup.keys == 100_000)
    let rows = TestTable(columns: [("a", ["50000", "-50000", "49999", nil, "-50001", "07", "7"])])
    let found = try await ForeignKeys.Specification(["a"], in: lookup, of: "t").summary(of: [rows.batches(of: 4)])
    #expect(found.summary.first.map(\.values) == [["50000"], ["-50001"], ["07"]])
  }
}
