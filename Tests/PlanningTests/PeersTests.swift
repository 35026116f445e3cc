import FoundationEssentials
import Scan
import Testing

@testable import Planning

@Suite struct PeersTests {
  /// The native scan of a file that says how often it is read, and what it may use.
  private final class Passes: @unchecked Sendable {
    // Safe because: one test at a time looks at it, after the plan is measured.
    var shares: [Double] = []
  }

  private struct Watched: Backend {
    var scan: NativeScan
    let passes: Passes
    var canReadAgain: Bool { true }

    mutating func fields() throws(ScanError) -> [Field] { try scan.fields() }

    mutating func compute(_ plan: Plan) async throws(ScanError) -> Measurements {
      passes.shares.append(plan.share)
      return try await scan.compute(plan)
    }
  }

  private static func backend(_ path: String) -> Watched {
    Watched(scan: NativeScan(TableSource(path: path, displayedAs: path)), passes: Passes())
  }

  /// Files that go when it does.
  private final class Folder {
    private let place = FileManager.default.temporaryDirectory.appending(path: "cupel-" + UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: place) }

    func write(_ text: String, to name: String) throws -> String {
      try Data(text.utf8).write(to: place.appending(path: name))
      return place.appending(path: name).path()
    }
  }

  private static func keys(_ columns: [String], of table: String) -> @Sendable (LookupKeys) -> ForeignKeys.Specification
  {
    { ForeignKeys.Specification(columns, in: $0, of: table) }
  }

  @Test func everyPeerIsReadOnceBeforeTheTable() async throws {
    let folder = try Folder()
    var here = Self.backend(try folder.write("a,b\n1,x\n2,y\n3,z\n", to: "here"))
    let there = Self.backend(try folder.write("k,l\n1,x\n2,q\n", to: "there"))
    var plan = Plan()
    let a = plan.require(LookupKeys.Specification(["k"]), of: "there", join: Self.keys(["a"], of: "there"))
    let b = plan.require(LookupKeys.Specification(["l"]), of: "there", join: Self.keys(["b"], of: "there"))
    let again = plan.require(LookupKeys.Specification(["k"]), of: "there", join: Self.keys(["a"], of: "there"))
    let rows = plan.require(RowCount.Specification(), of: "there")
    let found = try await plan.measure(with: &here, peers: ["there": there])
    #expect(try found[a].get().summary.violating == 1)
    #expect(try found[again].get().summary == found[a].get().summary)
    #expect(try found[b].get().summary.violating == 2)
    #expect(try found[rows].get().rows == 2)
    #expect(there.passes.shares.count == 1 && here.passes.shares.count == 1)
    // All that may grow, on either side, shares the memory.
    #expect(abs(there.passes.shares[0] + here.passes.shares[0] - 1) < 1e-12)
    #expect(there.passes.shares[0] == 0.4)
  }

  @Test func aPeerThatCannotBeReadIsTheErrorOfItsSlots() async throws {
    let folder = try Folder()
    var here = Self.backend(try folder.write("a\n1\n", to: "here"))
    let broken = Self.backend(try folder.write("k\n1\n\"", to: "broken"))
    var plan = Plan()
    let rows = plan.require(RowCount.Specification())
    let join = plan.require(LookupKeys.Specification(["k"]), of: "broken", join: Self.keys(["a"], of: "broken"))
    let count = plan.require(RowCount.Specification(), of: "nowhere")
    let found = try await plan.measure(with: &here, peers: ["broken": broken])
    #expect(found[rows].rows == 1)
    #expect(throws: ScanError.self) { try found[join].get() }
    #expect(throws: ScanError.self) { try found[count].get() }
  }

  @Test func aJoinMaySpeakOfAPartOfTheRows() async throws {
    let folder = try Folder()
    var here = Self.backend(try folder.write("a,g\n1,x\n2,y\n9,y\n", to: "here"))
    let there = Self.backend(try folder.write("k\n1\n2\n", to: "there"))
    var plan = Plan()
    let (join, rows) = plan.within(RowScope(by: ["g"])) {
      $0.require(LookupKeys.Specification(["k"]), of: "there", join: Self.keys(["a"], of: "there"))
    }
    let found = try await plan.measure(with: &here, peers: ["there": there])
    let parts = try found.parts(rows)
    #expect(try parts.map { try $0.measurements[join].get().summary.violating } == [0, 1])
  }
}
