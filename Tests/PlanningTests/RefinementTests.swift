import FoundationEssentials
import Planning
import Scan
import Testing

/// A second pass is made when the first leaves a question open, and a third one never.
@Suite struct RefinementTests {
  /// The native scan of a file, watched.
  private struct Watched: Backend {
    var scan: NativeScan
    var canReadAgain = true
    /// How many aggregates each pass computed.
    var passes: [Int] = []
    var beforeSecond: @Sendable () -> Void = {}

    init(_ path: String) { scan = NativeScan(TableSource(path: path, displayedAs: "t.csv")) }

    mutating func fields() throws(ScanError) -> [Field] { try scan.fields() }

    mutating func compute(_ plan: Plan) async throws(ScanError) -> Measurements {
      if !passes.isEmpty { beforeSecond() }
      passes.append(plan.requirements.count)
      return try await scan.compute(plan)
    }
  }

  private static func withTable(_ body: (String) async throws -> Void) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)
    try Data("a,b\n1,x\n2,x\n2,y\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await body(file.path())
  }

  @Test(arguments: [true, false])
  func whatIsNotNeededIsNotThere(canReadAgain: Bool) async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      backend.canReadAgain = canReadAgain
      var plan = Plan()
      let rows = plan.require(RowCount.Specification())
      let keys = plan.require(DuplicateKeys.Specification(["a"])) { $0[rows].rows > 3 }
      let found = try await plan.measure(with: &backend)
      #expect(found[keys] == nil)
      #expect(backend.passes == [canReadAgain ? 1 : 2])
    }
  }

  @Test(arguments: [true, false])
  func whatIsNeededComesFromOneMorePass(canReadAgain: Bool) async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      backend.canReadAgain = canReadAgain
      var plan = Plan()
      let rows = plan.require(RowCount.Specification())
      let a = plan.require(DuplicateKeys.Specification(["a"])) { $0[rows].rows == 3 }
      let b = plan.require(DuplicateKeys.Specification(["b"])) { $0[rows].rows == 3 }
      let never = plan.require(DuplicateKeys.Specification(["b"])) { _ in false }
      let found = try await plan.measure(with: &backend)
      #expect(found[a]?.summary.violating == 1 && found[b]?.summary.violating == 1)
      // Whether somebody else needs the same changes nothing.
      #expect(found[never] == nil)
      #expect(backend.passes == (canReadAgain ? [1, 3] : [3]))
    }
  }

  /// What only the first pass can tell is not known of a table that can be read only once.
  @Test(arguments: [true, false])
  func whatTheFirstPassMakesComesFromOneMorePass(canReadAgain: Bool) async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      backend.canReadAgain = canReadAgain
      var plan = Plan()
      let extremes = plan.require(Extremes.Specification(ColumnReading("a", as: .number)))
      let ranks = plan.require { parts in
        parts[0][extremes].numbers.map { RankCounts.Specification("a", limits: [$0.upperBound]) }
      }
      let (grouped, rows) = plan.within(RowScope(by: ["b"])) { plan in
        let extremes = plan.require(Extremes.Specification(ColumnReading("a", as: .number)))
        return plan.require { parts in
          RankCounts.Specification("a", limits: parts.compactMap { $0[extremes].numbers?.upperBound })
        }
      }
      let never = plan.require { _ -> RankCounts.Specification? in nil }
      let found = try await plan.measure(with: &backend)
      #expect(found[ranks]?.below == (canReadAgain ? [1] : nil) && found[never] == nil)
      #expect(backend.passes.count == (canReadAgain ? 2 : 1))
      let below = try found.parts(rows).compactMap { $0.measurements[grouped]?.below }
      #expect(below == (canReadAgain ? [[1, 1], [0, 0]] : []))
    }
  }

  @Test func whatTheFirstPassKnowsIsNotComputedAgain() async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      var plan = Plan()
      let unique = plan.require(DuplicateKeys.Specification(["a"]))
      let again = plan.require(DuplicateKeys.Specification(["a"])) { _ in true }
      let found = try await plan.measure(with: &backend)
      #expect(found[again]?.summary == found[unique].summary)
      #expect(backend.passes == [2])
    }
  }

  @Test func aPlanWithoutQuestionsIsOnePassAsItStands() async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      var plan = Plan()
      let keys = plan.require(DuplicateKeys.Specification(["a"]))
      let found = try await plan.measure(with: &backend)
      #expect(found[keys].summary.rows == 3)
      #expect(backend.passes == [1])
    }
  }

  @Test func aTableThatChangesBetweenThePassesIsAnError() async throws {
    try await Self.withTable { path in
      var backend = Watched(path)
      backend.beforeSecond = { try? Data("a,b\n1,x\n2,x\n2,y\n3,z\n".utf8).write(to: URL(filePath: path)) }
      var plan = Plan()
      _ = plan.require(DuplicateKeys.Specification(["a"])) { _ in true }
      await #expect {
        _ = try await plan.measure(with: &backend)
      } throws: {
        ($0 as? ScanError)?.message == "the table changed while it was read: 3 rows became 4"
      }
    }
  }

  @Test func aPipeIsReadOnce() async throws {
    try await Self.withTable { path in
      #expect(TableSource(path: path, displayedAs: "t").canBeReadAgain)
      #expect(!TableSource(path: path, displayedAs: "t").isStream)
      for stream in ["-", "/dev/null", "/nowhere/at/all"] {
        #expect(!TableSource(path: stream, displayedAs: "t").canBeReadAgain)
        #expect(TableSource(path: stream, displayedAs: "t").isStream == !stream.contains("nowhere"))
      }
    }
  }
}
