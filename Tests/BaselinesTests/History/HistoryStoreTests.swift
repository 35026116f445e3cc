import Foundation
import TestSupport
import Testing

@testable import Baselines

@Suite struct HistoryStoreTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/history/runs.db" }

  init() throws { folder = try TemporaryFolder() }

  static func run(
    _ number: Int, commit: String? = nil, branch: String = "main", subject: String = "data.flights",
    _ values: [String: Double] = ["rows": 1000]
  ) -> HistoryRun {
    HistoryRun(
      project: "flights", subject: subject, time: Int64(1_767_225_600 + number * 86_400),
      commit: commit ?? "c\(number)", branch: branch, digest: "d\(number)",
      metrics: values.sorted { $0.key < $1.key }.map {
        HistoryMetric(check: "\(subject).anomaly_\($0.key)", name: $0.key, value: $0.value, count: 1000)
      })
  }

  private func withoutIDs(_ runs: [HistoryRun]) -> [HistoryRun] {
    runs.map { run in
      var run = run
      run.id = nil
      return run
    }
  }

  // MARK: - What is kept

  @Test func nothingIsNoHistory() throws {
    #expect(try HistoryStore.openExisting(at: path) == nil)
    #expect(!folder.exists("history"))
  }

  @Test func whatIsRecordedIsThere() throws {
    let runs = [
      Self.run(2, ["mean": -0.0, "rows": 1e300]), Self.run(1, ["mean": 0.1 + 0.2, "rows": 0x1p-1022]),
      Self.run(1, subject: "data.airports"),
    ]
    try HistoryStore.open(at: path).record(runs)
    let store = try #require(try HistoryStore.openExisting(at: path))
    let found = withoutIDs(try store.runs())
    #expect(found == [runs[2], runs[1], runs[0]])
    #expect(withoutIDs(try store.runs(project: "flights", subject: "data.flights")) == [runs[1], runs[0]])
    #expect(try store.runs(project: "other").isEmpty)
    #expect(try store.runs(subject: "data.Flights").isEmpty)
  }

  @Test func theSameRunIsOneRun() throws {
    let store = try HistoryStore.open(at: path)
    try store.record([Self.run(1, ["rows": 1, "gone": 2])])
    var again = Self.run(1, ["rows": 3])
    again.time += 500
    try store.record([again])
    let found = try store.runs()
    #expect(found.map(\.time) == [Self.run(1).time])
    #expect(found[0].metrics.map(\.name) == ["rows"] && found[0].metrics[0].value == 3)
    try store.record([Self.run(1, branch: "feature"), Self.run(1, commit: "other")])
    #expect(try store.runs().count == 3)
  }

  /// What somebody accepts once more counts once more, for whoever waits until three runs in a row are as good.
  @Test func whatIsAcceptedAgainIsAnotherRun() throws {
    let store = try HistoryStore.open(at: path)
    for _ in 0..<3 { try store.record([Self.run(1)]) { _ in true } }
    let found = try store.runs()
    #expect(found.map(\.commit) == ["c1", "c1", "c1"] && Set(found.map(\.digest)).count == 3, "\(found)")
    #expect(found.allSatisfy { $0.metrics.map(\.value) == [1000] })
    // A run that nobody accepts anew is the first of them.
    try store.record([Self.run(1)])
    #expect(try store.runs().count == 3)
    #expect(try store.merge(HistoryLines.runs(in: HistoryLines.text(found))) == 0)
  }

  /// A reason stays with the run, however often it is recorded without one, and makes it the newest.
  @Test func aReasonStays() throws {
    let store = try HistoryStore.open(at: path)
    try store.record([Self.run(1), Self.run(2)])
    var again = Self.run(1)
    (again.time, again.because) = (Self.run(3).time, "the old rows leaked")
    try store.record([again])
    again.because = ""
    try store.record([again])
    let found = try store.runs()
    #expect(found.map(\.commit) == ["c2", "c1"] && found.map(\.because) == ["", "the old rows leaked"])
    #expect(try HistoryLines.runs(in: HistoryLines.text(found)).map(\.because) == found.map(\.because))
  }

  /// Times are whole seconds: of two runs within one the later one is the one that came later.
  @Test func runsOfOneSecondStayInTheirOrder() throws {
    let store = try HistoryStore.open(at: path)
    for commit in ["m", "z", "a"] { try store.record([Self.run(1, commit: commit)]) }
    #expect(try store.runs().map(\.commit) == ["m", "z", "a"])
  }

  @Test func theOldestRunsGo() throws {
    let store = try HistoryStore.open(at: path)
    for number in [3, 1, 5, 2, 4] { try store.record([Self.run(number)], keep: 3) }
    try store.record([Self.run(9, branch: "feature"), Self.run(9, subject: "data.airports")], keep: 3)
    let flights = try store.runs(subject: "data.flights")
    #expect(flights.filter { $0.branch == "main" }.map(\.commit) == ["c3", "c4", "c5"])
    #expect(try store.runs().count == 5)
    #expect(try store.runs().allSatisfy { $0.metrics.count == 1 })
  }

  @Test func runsAndChecksAreForgotten() throws {
    let store = try HistoryStore.open(at: path)
    try store.record((1...4).map { Self.run($0, ["rows": 1, "mean": 2]) })
    let ids = try store.runs().compactMap(\.id)
    #expect(try store.forget(runs: [ids[0], 999]) == 1)
    #expect(try store.forget(checks: ["data.flights.anomaly_mean"], in: [ids[1], ids[2]]) == 2)
    #expect(try store.runs().map(\.metrics.count) == [1, 1, 2])
    #expect(try store.forget(checks: ["data.flights.anomaly_rows"], in: [ids[1]]) == 1)
    #expect(try store.runs().map(\.commit) == ["c3", "c4"])
  }

  @Test func notANumberIsNoValue() throws {
    let store = try HistoryStore.open(at: path)
    try store.record([Self.run(1, ["rows": .nan, "mean": .infinity, "std": 1])])
    #expect(try store.runs()[0].metrics.map(\.name) == ["std"])
  }

  // MARK: - Many at once

  /// Every writer opens the file for itself, as processes do, and the first of them make it.
  @Test func writersDoNotLoseRuns() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for step in 0..<6 { try HistoryStore.open(at: path).record([Self.run(writer * 100 + step)]) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try HistoryStore.open(at: path).runs().count == 48)
  }

  @Test func aWriterThatHoldsTheFileKeepsOthersOutAndNoReader() throws {
    let first = try HistoryStore.open(at: path)
    try first.record([Self.run(1)])
    let second = try HistoryStore.open(at: path, patience: 0.2)
    try first.write { _ throws in
      #expect(throws: HistoryError.locked(seconds: 0.2)) { try second.record([Self.run(2)]) }
      #expect(try second.runs().count == 1)
    }
    try second.record([Self.run(2)])
    #expect(try first.runs().count == 2)
  }

  @Test func whatFailsHalfWayChangesNothing() throws {
    let store = try HistoryStore.open(at: path)
    try store.record([Self.run(1)])
    #expect(throws: HistoryError.diskFull) {
      try store.write { database throws in
        try database.execute("DELETE FROM run")
        throw HistoryError.diskFull
      }
    }
    #expect(try store.runs().count == 1)
  }

  // MARK: - Files that are no history

  /// What both ways of opening say of a file, which neither of them may change.
  private func expectRefusal(
    _ expected: HistoryError, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let before = try Data(contentsOf: URL(filePath: path))
    for open: () throws -> HistoryStore? in [
      { try HistoryStore.openExisting(at: path) }, { try HistoryStore.open(at: path) },
    ] {
      #expect(throws: expected, sourceLocation: sourceLocation) { _ = try open() }
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before, sourceLocation: sourceLocation)
    #expect(!expected.message(for: "h.db").isEmpty && !expected.advice.isEmpty, sourceLocation: sourceLocation)
  }

  private func execute(_ sql: String) async throws {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()"
    let run = try await CupelBinary.command(["python3", "-c", script, path, sql], in: folder.path)
    try #require(run.exitCode == 0, "\(run.error)")
  }

  @Test func aFileOfAnotherKindIsRefused() throws {
    try folder.write("time,rows\n" + String(repeating: "1,2\n", count: 500), to: "history/runs.db")
    try expectRefusal(.notADatabase)
  }

  @Test func aDatabaseOfSomethingElseIsRefused() async throws {
    try folder.write("", to: "history/runs.db")
    try await execute("CREATE TABLE run (id INTEGER); INSERT INTO run VALUES (1);")
    try expectRefusal(.foreign)
  }

  /// A history that was cut to nothing is no new one: its runs would be lost without a word.
  @Test func aFileCutToNothingIsRefused() throws {
    try HistoryStore.open(at: path).record([Self.run(1)])
    try folder.write("", to: "history/runs.db")
    try expectRefusal(.empty)
    let message = HistoryError.empty.message(for: "h.db")
    #expect(message.contains("h.db has 0 bytes") && HistoryError.empty.advice.contains("remove it"))
  }

  /// What a run leaves is one file with a beginning; a database of SQLite without content becomes a history.
  @Test func aNewHistoryIsWholeAtOnce() async throws {
    _ = try HistoryStore.open(at: path)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/history").allSatisfy { !$0.contains(".new-") }
    )
    #expect(try #require(try HistoryStore.openExisting(at: path)).runs().isEmpty)
    try FileManager.default.removeItem(atPath: path)
    try await execute("PRAGMA journal_mode = WAL")
    #expect(try HistoryStore.openExisting(at: path) == nil)
    try HistoryStore.open(at: path).record([Self.run(1)])
    #expect(try HistoryStore.openExisting(at: path)?.runs().count == 1)
  }

  @Test func aNewerVersionIsRefused() async throws {
    try HistoryStore.open(at: path).record([Self.run(1)])
    try await execute("PRAGMA user_version = 7")
    try expectRefusal(.newer(version: 7, known: 3))
  }

  /// What version 1 made is read and goes on; its numbers have no basis.
  @Test func anOlderVersionIsTakenOver() async throws {
    try HistoryStore.open(at: path).record([Self.run(1, ["rows": 5])])
    try await execute(
      "ALTER TABLE metric DROP COLUMN basis; ALTER TABLE run DROP COLUMN because; PRAGMA user_version = 1")
    let store = try #require(try HistoryStore.openExisting(at: path))
    #expect(withoutIDs(try store.runs()) == [Self.run(1, ["rows": 5])])
    var next = Self.run(2, ["rows": 6])
    next.metrics[0].basis = "{\"rows\": 6}"
    try store.record([next])
    #expect(try store.runs().map { $0.metrics.map(\.basis) } == [[""], ["{\"rows\": 6}"]])
    let text = HistoryLines.text(try store.runs())
    #expect(try HistoryLines.runs(in: text).map { $0.metrics.map(\.basis) } == [[""], ["{\"rows\": 6}"]])
  }

  @Test func aFolderIsUnreachable() throws {
    _ = try folder.folder("history/runs.db")
    #expect(throws: HistoryError.unreachable) { _ = try HistoryStore.open(at: path) }
    #expect(throws: HistoryError.unreachable) { _ = try HistoryStore.openExisting(at: path) }
    try folder.write("x", to: "file")
    #expect(throws: HistoryError.unreachable) { _ = try HistoryStore.open(at: folder.path + "/file/runs.db") }
  }

  /// Cut short or overwritten anywhere: an error or the whole content, never a part of it, and never a crash.
  /// A page of zeros reads as an empty one: the history would be shorter, or none, and be written to.
  @Test func aPageThatIsGoneIsAnError() throws {
    try HistoryStore.open(at: path).record((0..<200).map { Self.run($0, ["rows": Double($0), "mean": 0.5]) })
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    let size = Int(whole[16]) << 8 | Int(whole[17])
    for page in 1..<whole.count / size {
      var bytes = whole
      for place in page * size..<(page + 1) * size { bytes[place] = 0 }
      let name = "history/page\(page).db"
      try folder.write(bytes, to: name)
      let other = folder.path + "/" + name
      #expect(throws: HistoryError.self, "page \(page)") { _ = try HistoryStore.openExisting(at: other)?.runs() }
      #expect(throws: HistoryError.self, "page \(page)") { _ = try HistoryStore.open(at: other) }
    }
  }

  @Test func aDamagedFileIsAnErrorOrWhole() throws {
    try HistoryStore.open(at: path).record((0..<200).map { Self.run($0, ["rows": Double($0), "mean": 0.5]) })
    let whole = try Data(contentsOf: URL(filePath: path))
    try #require(whole.count > 20_000 && !folder.exists("history/runs.db-wal"))
    let expected = (0..<200).map { Self.run($0, ["rows": Double($0), "mean": 0.5]) }
    var generator = SeededGenerator(seed: 6)
    var refused = 0
    for round in 0..<60 {
      var bytes = whole
      if round % 2 == 0 {
        bytes = bytes.prefix(Int.random(in: 1..<bytes.count, using: &generator))
      } else {
        let start = Int.random(in: 0..<bytes.count - 300, using: &generator)
        for place in start..<start + 300 { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      }
      let name = "history/damaged\(round).db"
      try folder.write(Array(bytes), to: name)
      do {
        let found = try HistoryStore.openExisting(at: folder.path + "/" + name)?.runs() ?? []
        // Values that were overwritten by others of their type cannot be told; that the file is whole can.
        if round % 2 == 0 { #expect(withoutIDs(found) == expected, "round \(round)") }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 30)
  }
}
