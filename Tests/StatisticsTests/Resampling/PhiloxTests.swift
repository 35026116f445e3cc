import Testing

@testable import Statistics

@Suite struct PhiloxTests {
  /// The known answers that Random123 ships (kat_vectors, philox 4x32 10).
  @Test func agreesWithTheKnownAnswers() {
    #expect(Philox.block((0, 0, 0, 0), (0, 0)) == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = UInt32.max
    #expect(
      Philox.block((ones, ones, ones, ones), (ones, ones)) == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox.block((0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), (0xa409_3822, 0x299f_31d0))
        == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func indicesAreEquallyLikely() {
    var random = Philox(Seed(7))
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.index(below: 7)] += 1 }
    // Six standard deviations of a count of 10,000.
    for count in counts { #expect((count - 10_000).magnitude < 560) }
  }

  /// A count just above 2^31 makes nearly half of the words be passed over.
  @Test(arguments: [1, 7, 100_000, 0x8000_0001, UInt32.max] as [UInt32]) func manyIndicesAreThoseOneByOne(count: UInt32)
  {
    for times in [0, 1, 3, 4, 1001] {
      var (one, many) = (Philox(Seed(11)), Philox(Seed(11)))
      _ = (one.word(), many.word())
      var indices: [Int] = []
      many.forEachIndex(below: count, times: times) { indices.append($0) }
      #expect(indices == (0..<times).map { _ in one.index(below: count) })
      #expect(one.next() == many.next())
    }
  }

  @Test func streamsDiffer() {
    var (first, second) = (Philox(Seed(1), stream: 0), Philox(Seed(1), stream: 1))
    #expect((0..<8).map { _ in first.next() } != (0..<8).map { _ in second.next() })
  }

  @Test func replicatesDoNotDependOnTheThreads() async {
    let draw: @Sendable (inout Int, inout Philox) -> UInt64 = { $1.next() }
    let alone = await Replicates.run(1000, seed: Seed(3), threads: 1, scratch: { 0 }, draw)
    for threads in [2, 3, 8] {
      let together = await Replicates.run(1000, seed: Seed(3), threads: threads, scratch: { 0 }, draw)
      #expect(alone == together)
    }
    #expect(Set(alone).count == 1000)
  }

  @Test func seedsTellContentsApart() {
    let seeds = [
      Seed("a", [1, 2]), Seed("a", [2, 1]), Seed("a", [1], [2]), Seed("b", [1, 2]), Seed("a", [1, 2, 0]), Seed("a"),
    ]
    #expect(Set(seeds).count == seeds.count)
    #expect(Seed("a", [1, 2]) == Seed("a", [1, 2]))
  }
}
