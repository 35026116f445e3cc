import Baselines
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// A repository in a temporary folder, made with the real git.
struct Repository {
  let folder: TemporaryFolder
  let path: String

  static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
  ]

  init() async throws {
    folder = try TemporaryFolder()
    path = try folder.folder("repository")
    try await git("init", "-q", "-b", "main")
  }

  @discardableResult
  func git(_ arguments: String..., in other: String? = nil) async throws -> String {
    let reply = try await Command.capture(
      ["git"] + arguments, workingDirectory: other ?? path, environment: Self.environment)
    try #require(reply.exit.isSuccess, "git \(arguments): \(String(decoding: reply.standardError, as: UTF8.self))")
    return String(decoding: reply.standardOutput, as: UTF8.self).filter { !$0.isNewline }
  }

  func commit(_ content: String, to file: String) async throws {
    try await commit(Array(content.utf8), to: file)
  }

  func commit(_ bytes: [UInt8], to file: String) async throws {
    try folder.write(bytes, to: "repository/" + file)
    try await git("add", "--all")
    try await git("commit", "-q", "-m", "change")
  }

  func fetch(
    _ reference: String, below subfolder: String = "", environment: [String: String] = [:], limit: Int = 1 << 20
  ) async throws -> [UInt8] {
    try await BaselineReference(reference).fetch(
      in: path + subfolder, environment: Self.environment.merging(environment) { $1 }, limit: limit
    ).bytes
  }
}

@Suite struct GitBaselineTests {
  let repository: Repository

  init() async throws {
    repository = try await Repository()
    try await repository.commit("first", to: "models/champion.json")
    try await repository.git("tag", "v1")
    try await repository.commit("second", to: "models/champion.json")
  }

  private func expect(_ error: GitError, _ body: () async throws -> Void) async {
    await #expect(throws: BaselineError.git(error)) { try await body() }
  }

  @Test func showsTheFileAsItWas() async throws {
    let head = try await repository.git("rev-parse", "HEAD")
    for (revision, content) in [
      ("HEAD", "second"), ("main", "second"), ("v1", "first"), ("HEAD~1", "first"), (head, "second"),
      (String(head.prefix(10)), "second"),
    ] {
      #expect(try await repository.fetch("git:\(revision):models/champion.json") == Array(content.utf8), "\(revision)")
    }
  }

  @Test func pathsCountFromTheRootOrFromTheConfig() async throws {
    try await repository.commit("{}", to: "ci/cupel.yaml")
    #expect(try await repository.fetch("git:v1:models/champion.json", below: "/ci") == Array("first".utf8))
    #expect(try await repository.fetch("git:v1:../models/champion.json", below: "/ci") == Array("first".utf8))
    #expect(try await repository.fetch("git:HEAD:./cupel.yaml", below: "/ci") == Array("{}".utf8))
  }

  @Test func bytesComeUnchanged() async throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    try await repository.commit(bytes, to: "binary.json")
    #expect(try await repository.fetch("git:HEAD:binary.json") == bytes)
    await expect(.tooLarge(limit: 99_999)) {
      _ = try await repository.fetch("git:HEAD:binary.json", limit: 99_999)
    }
  }

  @Test func whatIsNotThereIsToldApart() async throws {
    await expect(.unknownRevision("nowhere", isShallow: false)) {
      _ = try await repository.fetch("git:nowhere:models/champion.json")
    }
    await expect(.noSuchPath("models/other.json", revision: "HEAD")) {
      _ = try await repository.fetch("git:HEAD:models/other.json")
    }
    await expect(.notAFile("models", revision: "HEAD")) { _ = try await repository.fetch("git:HEAD:models") }
    await expect(.noSuchPath("../../x.json", revision: "HEAD")) {
      _ = try await repository.fetch("git:HEAD:../../x.json")
    }
  }

  @Test(arguments: ["HEAD..HEAD", "HEAD v1", "HEAD^{tree}", "main;true", "$(id)", ":/change", "HEAD^!"])
  func aRevisionIsOneCommitAndNothingElse(revision: String) async throws {
    let isPathOfIndex = revision.hasPrefix(":")
    await #expect(throws: BaselineError.self) {
      _ = try await repository.fetch("git:\(revision):models/champion.json")
    }
    guard !isPathOfIndex else { return }
    await expect(.unknownRevision(revision, isShallow: false)) {
      _ = try await repository.fetch("git:\(revision):models/champion.json")
    }
  }

  @Test func aShallowCloneSaysSo() async throws {
    let clone = repository.folder.path + "/clone"
    try await repository.git("clone", "-q", "--depth", "1", "file://" + repository.path, clone)
    let reference = try BaselineReference("git:v1:models/champion.json")
    let error = BaselineError.git(.unknownRevision("v1", isShallow: true))
    await #expect(throws: error) { try await reference.fetch(in: clone, environment: Repository.environment) }
    #expect(error.message(for: "x").contains("shallow"))
    #expect(error.advice.contains("fetch-depth: 0"))
  }

  /// The time is that of the last commit that changed the file, as far as this clone has it.
  @Test func aFileIsAsOldAsItsLastChange() async throws {
    let changed = try await repository.git("log", "-1", "--format=%ct", "--", "models/champion.json")
    try await repository.git("commit", "-q", "--allow-empty", "-m", "later", "--date", "2001-01-01T00:00:00Z")
    try await repository.commit("{}", to: "models/other.json")
    func time(_ reference: String, in folder: String, dated: Bool = true) async throws -> Int64? {
      try await BaselineReference(reference).fetch(in: folder, environment: Repository.environment, dated: dated).time
    }
    let path = repository.path
    #expect(try await time("git:HEAD:models/champion.json", in: path) == Int64(changed))
    #expect(try await time("git:HEAD:../models/champion.json", in: path + "/models") == Int64(changed))
    #expect(try await time("git:HEAD:models/champion.json", in: path + "/models") == Int64(changed))
    #expect(try await time("git:HEAD:models/champion.json", in: path, dated: false) == nil)
    // At the border of a shallow clone every file looks new.
    let clone = repository.folder.path + "/clone"
    try await repository.git("clone", "-q", "--depth", "1", "file://" + path, clone)
    #expect(try await time("git:HEAD:models/champion.json", in: clone) == nil)
  }

  /// The target of a pull request moves on; the base is where the branch began.
  @Test func aMergeBaseIsWhereABranchBegan() async throws {
    let base = try await repository.git("rev-parse", "HEAD")
    try await repository.git("switch", "-q", "-c", "topic")
    try await repository.commit("topic", to: "models/champion.json")
    try await repository.git("switch", "-q", "main")
    try await repository.commit("third", to: "models/champion.json")
    try await repository.git("switch", "-q", "topic")
    let reference = try BaselineReference("git:merge-base(main):models/champion.json")
    #expect(reference.description == "git:merge-base(main):models/champion.json")
    let baseline = try await reference.fetch(in: repository.path, environment: Repository.environment)
    #expect(baseline.bytes == Array("second".utf8))
    #expect(baseline.provenance == "commit \(base)")
    #expect(try await repository.fetch("dvc:merge-base(main):models/champion.json") == Array("second".utf8))
    await expect(.unknownRevision("nowhere", isShallow: false)) {
      _ = try await repository.fetch("git:merge-base(nowhere):models/champion.json")
    }
  }

  @Test func withoutACommonCommitThereIsNoMergeBase() async throws {
    try await repository.git("switch", "-q", "--orphan", "other")
    try await repository.commit("other", to: "models/champion.json")
    await expect(.noMergeBase(with: "main", isShallow: false)) {
      _ = try await repository.fetch("git:merge-base(main):models/champion.json")
    }
    let clone = repository.folder.path + "/clone"
    try await repository.git("clone", "-q", "--depth", "1", "--no-single-branch", "file://" + repository.path, clone)
    let error = BaselineError.git(.noMergeBase(with: "origin/main", isShallow: true))
    await #expect(throws: error) {
      try await BaselineReference("git:merge-base(origin/main):a").fetch(in: clone, environment: Repository.environment)
    }
    #expect(error.message(for: "x").contains("shallow"))
    #expect(error.advice.contains("--unshallow"))
  }

  /// A partial clone would fetch a missing blob from its remote, which is the network.
  @Test func nothingIsFetched() async throws {
    try await repository.git("config", "uploadpack.allowFilter", "true")
    let clone = repository.folder.path + "/clone"
    try await repository.git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://" + repository.path, clone)
    let reference = try BaselineReference("git:HEAD:models/champion.json")
    await #expect {
      try await reference.fetch(in: clone, environment: Repository.environment)
    } throws: { error in
      guard case BaselineError.git(.failed)? = error as? BaselineError else { return false }
      return true
    }
  }

  @Test func aFolderWithoutARepository() async throws {
    let outside = try repository.folder.folder("outside")
    await expect(.notARepository(folder: outside)) {
      _ = try await BaselineReference("git:HEAD:a.json").fetch(in: outside, environment: Repository.environment)
    }
  }

  @Test func withoutGitThereIsNoBaseline() async throws {
    let empty = try repository.folder.folder("empty")
    await expect(.notInstalled) {
      _ = try await repository.fetch("git:HEAD:models/champion.json", environment: ["PATH": empty])
    }
  }

  /// A hook inherits GIT_DIR from the git that runs it; the folder of the config decides all the same.
  @Test func whatAHookInheritsDoesNotCount() async throws {
    let other = try await Repository()
    try await other.commit("other", to: "models/champion.json")
    let bytes = try await repository.fetch(
      "git:HEAD:models/champion.json",
      environment: ["GIT_DIR": other.path + "/.git", "GIT_INDEX_FILE": "nowhere", "GIT_WORK_TREE": "nowhere"])
    #expect(bytes == Array("second".utf8))
  }

  @Test func everyErrorSaysWhatHappenedAndWhatToDo() {
    let errors: [GitError] = [
      .notInstalled, .notARepository(folder: "f"), .dubiousOwnership(folder: "f"),
      .unknownRevision("r", isShallow: false), .unknownRevision("r", isShallow: true), .noSuchPath("p", revision: "r"),
      .noMergeBase(with: "r", isShallow: false), .notAFile("p", revision: "r"), .tooLarge(limit: 16 << 20),
      .timedOut(seconds: 20), .failed("words"),
    ]
    for error in errors {
      #expect(!BaselineError.git(error).message(for: "git:r:p").isEmpty)
      #expect(!BaselineError.git(error).advice.isEmpty)
    }
  }
}
