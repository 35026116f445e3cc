import Language
import ModelChecks
import Processes
import TestSupport
import Testing
import Verdict

/// The baseline's predictions as they were in a revision, or at a URL.
@Suite struct PredictionReferenceTests {
  private static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
  ]
  private static let gate: ConfigTree = ["metric": "accuracy", "max_regression": "0.05 absolute"]
  private static let pointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 12345

    """

  private let work: ModelFixture

  init() throws { work = try ModelFixture() }

  private func git(_ arguments: String..., in folder: String? = nil) async throws {
    let reply = try await Command.capture(
      ["git"] + arguments, workingDirectory: folder ?? work.folder.path, environment: Self.environment)
    try #require(reply.exit.isSuccess, "git \(arguments): \(String(decoding: reply.standardError, as: UTF8.self))")
  }

  /// A repository whose first commit has a model that is right in every row, and a later one worse predictions.
  private func repository() async throws {
    try await git("init", "-q", "-b", "main")
    try work.folder.write(PredictionFixture.csv(count: 100) { _ in true }, to: "out/b.csv")
    try work.folder.write(Self.pointer, to: "out/large.parquet")
    try await git("add", "--all")
    try await git("commit", "-q", "-m", "good")
    try await git("tag", "good")
    try work.folder.write(PredictionFixture.csv(count: 100) { $0 % 2 == 0 }, to: "out/b.csv")
    try await git("commit", "-q", "-a", "-m", "bad")
    try work.folder.write(PredictionFixture.csv(count: 100) { $0 % 4 != 0 }, to: "c.csv")
  }

  private func findings(_ baseline: String, whenMissing: String = "error", in folder: ModelFixture? = nil) async throws
    -> [Finding]
  {
    var model = PredictionFixture.model([Self.gate], baseline: nil)
    guard case .mapping(var keys) = model else { return [] }
    keys.append(("baseline", ["predictions": .scalar(baseline), "when_missing": .scalar(whenMissing)]))
    model = .mapping(keys)
    return try await (folder ?? work).findings(model)
  }

  @Test func predictionsAreReadAtARevision() async throws {
    try await repository()
    let bad = try await findings("git:HEAD:out/b.csv")
    #expect(bad.map(\.outcome) == [.passed, .passed, .passed], "\(bad.map(\.message))")
    #expect(bad[1].evidence.notes.contains { $0.hasPrefix("git:HEAD:out/b.csv: commit ") })
    let good = try await findings("git:good:out/b.csv")
    #expect(good.map(\.outcome) == [.passed, .passed, .failed], "\(good.map(\.message))")
    #expect(good[2].evidence.baseline?.value == 1)
    #expect(try await findings("git:merge-base(good):./out/b.csv")[2].outcome == .failed)
    #expect(try await findings("dvc:good:out/b.csv")[2].outcome == .failed)
  }

  /// Only what was looked at and is not there is a first run.
  @Test func aRevisionWithoutPredictionsIsAFirstRun() async throws {
    try await repository()
    let missing = try await findings("git:good:out/other.csv")
    #expect(missing.map(\.outcome) == [.passed, .errored, .errored])
    #expect(missing[2].reason == .baseline && missing[2].message.contains("when_missing"), "\(missing[2].message)")
    let accepted = try await findings("git:good:out/other.csv", whenMissing: "absolute-only")
    #expect(accepted.map(\.outcome) == [.passed, .skipped, .skipped])
    let unknown = try await findings("git:nothing:out/b.csv", whenMissing: "absolute-only")
    #expect(unknown.map(\.outcome) == [.errored, .skipped, .skipped], "\(unknown[0].message)")
  }

  @Test func aShallowCloneSaysHowToDeepenIt() async throws {
    try await repository()
    let shallow = try ModelFixture()
    try await git("clone", "-q", "--depth", "1", "file://" + work.folder.path, ".", in: shallow.folder.path)
    try shallow.folder.write(PredictionFixture.csv(count: 100) { _ in true }, to: "c.csv")
    let findings = try await findings("git:good:out/b.csv", in: shallow)
    #expect(findings.map(\.outcome) == [.errored, .skipped, .skipped])
    #expect(findings[0].message.contains("this clone is shallow"), "\(findings[0].message)")
    #expect(findings[0].message.contains("git fetch --unshallow"), "\(findings[0].message)")
  }

  @Test(arguments: ["git:good:out/large.parquet", "out/large.parquet", "out/large.*"])
  func aPointerOfGitLFSIsNoTable(reference: String) async throws {
    try await repository()
    let findings = try await findings(reference, whenMissing: "accept")
    #expect(findings.map(\.outcome) == [.errored, .skipped, .skipped])
    #expect(findings[0].message.contains("is a Git LFS pointer"), "\(findings[0].message)")
    #expect(findings[0].message.contains("git lfs pull"), "\(findings[0].message)")
  }

  @Test func aPointerInPlaceOfTheCandidateSaysSo() async throws {
    try work.folder.write(Self.pointer, to: "c.csv")
    let findings = try await work.findings(
      PredictionFixture.model([["metric": "accuracy", "at_least": "0.5"]], baseline: nil))
    #expect(findings[0].outcome == .errored && findings[0].message.contains("Git LFS pointer"))
  }

  @Test func predictionsComeFromAURL() async throws {
    let body = PredictionFixture.csv(count: 100) { _ in true }
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        let isThere = request.hasPrefix("GET /b.csv")
        connection.answer(
          isThere ? "200 OK" : "404 Not Found", headers: "Content-Type: text/csv\r\n", body: isThere ? body : "")
      }
    }
    defer { server.stop() }
    try work.folder.write(PredictionFixture.csv(count: 100) { $0 % 4 != 0 }, to: "c.csv")
    #expect(try await findings(server.url("/b.csv")).map(\.outcome) == [.passed, .passed, .failed])
    let gone = try await findings(server.url("/c.csv"), whenMissing: "absolute-only")
    #expect(gone.map(\.outcome) == [.passed, .skipped, .skipped], "\(gone.map(\.message))")
  }

  @Test(arguments: [("mlflow:models:/delay@champion", "no predictions"), ("git:out.csv", "git:REVISION:PATH")])
  func whatHoldsNoRowsIsAMistake(reference: String, words: String) {
    let (subjects, problems) = ModelFixture.decode([
      "delay": PredictionFixture.model([Self.gate], baseline: reference)
    ])
    #expect(subjects == nil)
    #expect(problems.contains { $0.headline.contains(words) }, "\(problems)")
  }
}
