import Baselines
import TestSupport
import Testing

@Suite struct BaselineReferenceTests {
  @Test(arguments: [
    ("models/champion.json", BaselineReference.file("models/champion.json")),
    ("gitlab/champion.json", .file("gitlab/champion.json")),
    ("git:HEAD:a.json", .git(revision: "HEAD", path: "a.json")),
    ("git:origin/main:models/a b.json", .git(revision: "origin/main", path: "models/a b.json")),
    ("git:HEAD~1:./a.json", .git(revision: "HEAD~1", path: "./a.json")),
    ("git:v1.2:a:b.json", .git(revision: "v1.2", path: "a:b.json")),
    ("git:HEAD@{1}:a.json", .git(revision: "HEAD@{1}", path: "a.json")),
    ("git:merge-base(origin/main):a.json", .git(revision: "merge-base(origin/main)", path: "a.json")),
    ("dvc:v1.2:out/a.json", .dvc(revision: "v1.2", path: "out/a.json")),
    ("dvcs/a.json", .file("dvcs/a.json")), ("mlflow/a.json", .file("mlflow/a.json")),
    ("a:b.json", .file("a:b.json")), ("./s3:/a.json", .file("./s3:/a.json")),
  ])
  func reads(text: String, reference: BaselineReference) throws {
    let read = try BaselineReference(text)
    #expect(read == reference)
    #expect(read.description == text)
  }

  @Test(arguments: [
    "", "git:", "git:HEAD", "git::a.json", "git:HEAD:", "git:--output=x:a.json", "git:-n1:a.json",
    "git:HEAD:/etc/passwd", "git:merge-base():a.json", "git:merge-base(-x):a.json", "dvc:HEAD", "dvc::a", "dvc:-n:a",
    "a\u{0}b", "git:HEAD:a\nb", "\u{1B}[31m",
    // Who writes a scheme means no file of that name, whose absence would be a first run.
    "models:/delay@champion", "runs:/abc", "s3://bucket/a.json", "file:///a.json", "HTTP://127.0.0.1/a.json",
    "git+https://example.org/a.json", "dbfs:/a.json",
  ])
  func refuses(text: String) {
    #expect {
      try BaselineReference(text)
    } throws: { error in
      guard case BaselineError.malformed(let problem)? = error as? BaselineError else { return false }
      return !problem.isEmpty
    }
  }

  @Test(arguments: [
    ("a.json", "", "a.json"), ("a.json", ".", "a.json"), ("a.json", "ci", "ci/a.json"), ("/a.json", "ci", "/a.json"),
    ("a.json", "/", "/a.json"), ("../a.json", "/srv/ci", "/srv/ci/../a.json"),
  ])
  func resolves(path: String, directory: String, resolved: String) {
    #expect(BaselineReference.resolve(path, in: directory) == resolved)
  }

  @Test func aFileIsReadFromTheFolderOfTheConfig() async throws {
    let folder = try TemporaryFolder()
    try folder.write("{}", to: "ci/a.json")
    let baseline = try await BaselineReference("a.json").fetch(in: folder.path + "/ci", environment: [:])
    #expect(baseline.bytes == Array("{}".utf8))
    #expect(baseline.identity != nil)
  }

  @Test func aMissingFileIsMissingAndAFolderIsNot() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: BaselineError.file(.notFound)) {
      try await BaselineReference.file("a.json").fetch(in: folder.path, environment: [:])
    }
    #expect(BaselineError.file(.notFound).isMissing)
    #expect(!BaselineError.file(.notRegular("a folder")).isMissing)
    #expect(!BaselineError.git(.unknownRevision("main", isShallow: true)).isMissing)
    #expect(BaselineError.git(.noSuchPath("a", revision: "main")).isMissing)
  }

  @Test func aPointerOfGitLFSIsNoBaseline() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", to: "a.json")
    await #expect(throws: BaselineError.largeFilePointer) {
      try await BaselineReference.file("a.json").fetch(in: folder.path, environment: [:])
    }
  }
}
