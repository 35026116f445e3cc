import Baselines
import TestSupport
import Testing

/// A DVC project written by hand; the real `dvc` makes one in the integration tests.
@Suite struct DVCBaselineTests {
  let repository: BaselinesTests.Repository
  // As md5sum says of the contents "first", "second" and "third", and of the listing of a folder with the second.
  private let first = "8b04d5e3775d298e78455efc5ca404d5"
  private let second = "a9f0e61a137d86aa9db53465e0801612"
  private let third = "dd5c8bf51558ffcbe5007071908e9524"
  private let folder = "ffbd652c96e4a33fd71791a446642393.dir"

  init() async throws {
    repository = try await Repository()
    try cache(first, "first")
    try cache(second, "second")
    try repository.folder.write("/cache\n", to: "repository/.dvc/.gitignore")
    try repository.folder.write("", to: "repository/.dvc/config")
    try await lock(first, size: 5)
    try await repository.git("tag", "v1")
    try await lock(second, size: 6)
  }

  private func cache(_ digest: String, _ content: String, in place: String = ".dvc/cache/files/md5") throws {
    try repository.folder.write(content, to: "repository/\(place)/\(digest.prefix(2))/\(digest.dropFirst(2))")
  }

  private func lock(_ digest: String, size: Int, path: String = "metrics.json", of file: String = "out/dvc.lock")
    async throws
  {
    try await repository.commit(
      "stages:\n  train:\n    outs:\n    - path: \(path)\n      md5: \(digest)\n      size: \(size)\n", to: file)
  }

  private func expect(_ error: DVCError, _ reference: String) async {
    await #expect(throws: BaselineError.dvc(error)) { _ = try await repository.fetch(reference) }
  }

  @Test func theLockOfTheRevisionNamesTheContent() async throws {
    #expect(try await repository.fetch("dvc:HEAD:out/metrics.json") == Array("second".utf8))
    #expect(try await repository.fetch("dvc:v1:out/metrics.json") == Array("first".utf8))
    #expect(try await repository.fetch("dvc:v1:./metrics.json", below: "/out") == Array("first".utf8))
    #expect(try await repository.fetch("dvc:v1:../out/metrics.json", below: "/out") == Array("first".utf8))
    let commit = try await repository.git("rev-parse", "v1")
    let baseline = try await BaselineReference("dvc:v1:out/metrics.json").fetch(
      in: repository.path, environment: Repository.environment)
    #expect(baseline.provenance == "commit \(commit), md5 \(first)")
  }

  @Test func aFileOfItsOwnAndOneInATrackedFolder() async throws {
    try await lock(first, size: 5, path: "m.json", of: "m.json.dvc".replacing(".dvc", with: ".txt"))
    try await repository.commit("outs:\n- md5: \(first)\n  size: 5\n  path: m.json\n", to: "m.json.dvc")
    try cache(folder, #"[{"md5": "\#(second)", "relpath": "sub/x.json"}]"#)
    try await repository.commit("outs:\n- md5: \(folder)\n  path: results\n", to: "results.dvc")
    #expect(try await repository.fetch("dvc:HEAD:m.json") == Array("first".utf8))
    #expect(try await repository.fetch("dvc:HEAD:results/sub/x.json") == Array("second".utf8))
    await expect(.notTracked("results/sub/y.json", revision: "HEAD"), "dvc:HEAD:results/sub/y.json")
    await expect(.isAFolder("results", revision: "HEAD"), "dvc:HEAD:results")
  }

  @Test func whatGitHasIsReadFromGit() async throws {
    try await repository.commit("kept by git", to: "out/free.json")
    #expect(try await repository.fetch("dvc:HEAD:out/free.json") == Array("kept by git".utf8))
    await expect(.isAFolder("out", revision: "HEAD"), "dvc:HEAD:out")
  }

  @Test func theCacheMayBeElsewhereAndOld() async throws {
    try await lock(third, size: 5)
    await expect(.notInCache("out/metrics.json", digest: third), "dvc:HEAD:out/metrics.json")
    try cache(third, "third", in: ".dvc/cache")
    #expect(try await repository.fetch("dvc:HEAD:out/metrics.json") == Array("third".utf8))
    try repository.folder.write("[core]\n  dir = no\n[cache]\n    dir = ../../shared\n", to: "repository/.dvc/config")
    await expect(.notInCache("out/metrics.json", digest: third), "dvc:HEAD:out/metrics.json")
    try cache(third, "third", in: "../shared/files/md5")
    #expect(try await repository.fetch("dvc:HEAD:out/metrics.json") == Array("third".utf8))
    try repository.folder.write(
      "[cache]\ndir=\(repository.folder.path)/own\n", to: "repository/.dvc/config.local")
    await expect(.notInCache("out/metrics.json", digest: third), "dvc:HEAD:out/metrics.json")
  }

  /// Of the right size, and something else: the digest that the lock records decides.
  @Test func whatTheCacheHoldsIsVerified() async throws {
    try cache(second, "SECOND")
    await expect(.damagedCache(digest: second), "dvc:HEAD:out/metrics.json")
    try await repository.commit("outs:\n- md5: \(folder)\n  path: results\n", to: "results.dvc")
    try cache(folder, #"[{"md5": "\#(first)", "relpath": "sub/x.json"}]"#)
    await expect(.damagedCache(digest: folder), "dvc:HEAD:results/sub/x.json")
  }

  /// DVC 2 took the digest of texts with the line ends of Unix: md5sum of "a" and "b" in lines.
  @Test func lineEndsOfWindowsKeepTheOldDigest() async throws {
    let digest = "dd8c6a395b5dd36c56d23275028f526c"
    try await lock(digest, size: 6)
    try cache(digest, "a\r\nb\r\n", in: ".dvc/cache")
    #expect(try await repository.fetch("dvc:HEAD:out/metrics.json") == Array("a\r\nb\r\n".utf8))
  }

  @Test func whatIsNotThereIsToldApart() async throws {
    await expect(.notTracked("out/other.json", revision: "v1"), "dvc:v1:out/other.json")
    await expect(.notTracked("../../x", revision: "v1"), "dvc:v1:../../x")
    await expect(.git(.unknownRevision("v9", isShallow: false)), "dvc:v9:out/metrics.json")
    try await lock("../../../../../../../../etc/passwd", size: 1)
    await expect(.noDigest("out/metrics.json", revision: "HEAD"), "dvc:HEAD:out/metrics.json")
    try await lock(first, size: 4)
    await expect(.damagedCache(digest: first), "dvc:HEAD:out/metrics.json")
    #expect(BaselineError.dvc(.notTracked("a", revision: "b")).isMissing)
    for error: DVCError in [
      .git(.notInstalled), .isAFolder("a", revision: "b"), .noDigest("a", revision: "b"),
      .notInCache("a", digest: "b"), .damagedCache(digest: "a"), .file(.tooLarge(limit: 1)),
    ] {
      #expect(!BaselineError.dvc(error).isMissing)
      #expect(!BaselineError.dvc(error).message(for: "x").isEmpty)
      #expect(!BaselineError.dvc(error).advice.isEmpty)
    }
    #expect(BaselineError.dvc(.notInCache("a", digest: "b")).advice.contains("dvc fetch"))
  }
}
