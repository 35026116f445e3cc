import Baselines
import TestSupport
import Testing

@Suite struct HistoryLinesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func linesAreReadBack() throws {
    let runs = [
      HistoryStoreTests.run(1, ["mean": 0.1 + 0.2, "rows": 1e300]), HistoryStoreTests.run(2, branch: "a \"b\"\n\u{1B}"),
    ]
    let text = HistoryLines.text(runs)
    #expect(text.split(separator: "\n").count == 2)
    #expect(try HistoryLines.runs(in: text + "\n \n") == runs)
    #expect(HistoryLines.text(try HistoryLines.runs(in: text)) == text)
  }

  /// Equal histories are equal files, in whatever order they came to be.
  @Test func anExportIsCanonical() throws {
    let runs = (0..<20).map { HistoryStoreTests.run($0 / 2, branch: $0 % 2 == 0 ? "main" : "next", ["a": 1, "b": 2]) }
    var texts: Set<String> = []
    var generator = SeededGenerator(seed: 1)
    for index in 0..<3 {
      let store = try HistoryStore.open(at: folder.path + "/\(index).db")
      for run in runs.shuffled(using: &generator) { try store.record([run]) }
      texts.insert(HistoryLines.text(try store.runs()))
    }
    #expect(texts.count == 1)
  }

  @Test func mergingAddsWhatIsNew() throws {
    let store = try HistoryStore.open(at: folder.path + "/a.db")
    try store.record([HistoryStoreTests.run(1), HistoryStoreTests.run(2)])
    let other = [HistoryStoreTests.run(2, ["rows": 5, "mean": 7]), HistoryStoreTests.run(3)]
    #expect(try store.merge(other) == 1)
    #expect(try store.merge(other) == 0)
    let found = try store.runs()
    #expect(found.map(\.commit) == ["c1", "c2", "c3"])
    #expect(found[1].metrics.map(\.value) == [7, 1000])
  }

  @Test(arguments: [
    ("{", "1"), ("[]", "object"), ("{\"project\":1}", "time"), (#"{"time":1.5,"metrics":[]}"#, "time"),
    (#"{"time":1,"metrics":[]}"#, "project"),
    (#"{"time":1,"metrics":[],"project":"","subject":"","commit":"","branch":"","digest":"d"}"#, "empty"),
    (#"{"time":1,"metrics":[{"check":"a","metric":"b","value":"NaN","count":1}]}"#, "value"),
    (#"{"time":1,"metrics":[{"check":"a","metric":"b","value":1e999,"count":1}]}"#, "value"),
    (#"{"time":1,"metrics":[{"check":"a","metric":"b","value":1,"count":-1}]}"#, "count"),
    (#"{"time":1,"metrics":[{"check":"","metric":"b","value":1,"count":1}]}"#, "check"),
  ])
  func aMistakeNamesItsLine(line: String, words: String) throws {
    let good = HistoryLines.text([HistoryStoreTests.run(1)])
    do {
      _ = try HistoryLines.runs(in: good + line)
      Issue.record("it was read")
    } catch {
      #expect(error.line == 2 && error.problem.contains(words), "\(error)")
    }
  }
}
