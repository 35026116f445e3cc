import TestSupport
import Testing

/// `cupel run FILE…`: which datasets the files select, however their paths are spelled.
@Suite struct RunFilesTests {
  private let work: TemporaryFolder

  init() throws {
    work = try TemporaryFolder()
    try work.write("n\n1\n", to: "data/p-1.csv")
    try work.write("n\n2\n", to: "data/p-2.csv")
    try work.write("n\n3\n", to: "data/a.csv")
    try work.write("", to: "sub/empty")
    try work.write("columns: {n: {required: true}}\n", to: "rules/n.yaml")
    try work.write(
      """
      version: 1
      data:
        parts: {source: data/p-*.csv, rules: rules/n.yaml}
        plain: {source: data/a.csv, columns: {n: {required: true}}}
      models:
        m:
          candidate: {metrics: out/m.json}
          gates: [{metric: rmse, at_most: 1}]

      """, to: "cupel.yaml")
    try work.write("{\"rmse\": 0.5}\n", to: "out/m.json")
  }

  /// The subjects of the testcases of a run in a folder; `{}` is the folder of the config.
  private func run(_ files: String, in folder: String = ".", prepare: String = "true") async throws -> (
    subjects: Set<String>, run: CupelBinary.Run
  ) {
    let report = work.path + "/r.xml"
    let named = files.replacing("{}", with: work.path)
    let script = "\(prepare) && cd \(folder) && cupel run \(named) --report junit=\(report)"
    let run = try await CupelBinary.command(["sh", "-c", script], in: work.path)
    let text = try work.text("r.xml")
    let subjects = ["data.parts", "data.plain", "models.m"].filter { text.contains("classname=\"cupel.\($0)") }
    return (Set(subjects), run)
  }

  @Test(arguments: [
    ("../data/p-1.csv", "sub", "data.parts"), ("data//p-1.csv", ".", "data.parts"),
    ("data/./p-1.csv", ".", "data.parts"), ("sub/../data/p-1.csv", ".", "data.parts"),
    ("{}/sub/../data/p-1.csv", ".", "data.parts"), ("link.csv", ".", "data.parts"),
    ("{}/folder/p-1.csv", ".", "data.parts"), ("../data//a.csv", "sub", "data.plain"),
    ("folder/a.csv", ".", "data.plain"), ("../rules/./n.yaml", "sub", "data.parts"),
    ("sub/../out/m.json", ".", "models.m"),
  ])
  func aFileIsKnownHoweverItsPathIsSpelled(file: String, folder: String, subject: String) async throws {
    let links = "ln -s data/p-1.csv link.csv && ln -s data folder"
    let (subjects, run) = try await run(file, in: folder, prepare: links)
    #expect(subjects == [subject] && run.exitCode == 0, "\(run.output)\(run.error)")
    #expect(run.error.isEmpty)
  }

  @Test func aConfigSelectsAllHoweverItsPathIsSpelled() async throws {
    let (subjects, _) = try await run("../sub/../cupel.yaml", in: "sub")
    #expect(subjects == ["data.parts", "data.plain", "models.m"])
  }

  @Test func eachFileIsAnswered() async throws {
    let (subjects, run) = try await run("data/a.csv ./data//p-1.csv data/p-7.cvs rules/other sub/empty")
    #expect(subjects == ["data.plain", "data.parts"])
    #expect(
      run.error == """
        note: data/p-7.cvs does not exist, and no dataset of cupel.yaml includes it; did you mean data/p-1.csv?
        note: rules/other does not exist, and no dataset of cupel.yaml includes it
        note: no dataset of cupel.yaml includes sub/empty

        """)
  }

  /// A commit that deletes a part of a table changes the table.
  @Test(arguments: ["data/p-1.csv", "folder/p-1.csv", "sub/../data//p-1.csv"])
  func aDeletedFileSelectsWhatItBelongedTo(file: String) async throws {
    let (subjects, run) = try await run(file, prepare: "ln -s data folder && rm data/p-1.csv")
    #expect(subjects == ["data.parts"] && run.exitCode == 0)
    let (all, gone) = try await self.run(file, prepare: "rm data/p-2.csv")
    #expect(all == ["data.parts"] && gone.exitCode == 3)
  }

  @Test func whatBelongsToNothingIsSaidAndNoMistake() async throws {
    let (subjects, run) = try await run("data/b.csw sub/empty")
    #expect(subjects.isEmpty && run.exitCode == 0)
    #expect(run.output.contains("no dataset of cupel.yaml includes data/b.csw, sub/empty: nothing to check"))
    #expect(run.error.contains("data/b.csw does not exist"))
  }
}
