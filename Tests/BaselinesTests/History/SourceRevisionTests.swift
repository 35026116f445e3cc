import Baselines
import TestSupport
import Testing

@Suite struct SourceRevisionTests {
  @Test func theBranchAndTheCommitAreThoseOfTheRepository() async throws {
    let repository = try await Repository()
    let before = await SourceRevision.current(in: repository.path, environment: Repository.environment)
    #expect(before == SourceRevision())
    try await repository.commit("1", to: "a")
    let commit = try await repository.git("rev-parse", "HEAD")
    let found = await SourceRevision.current(in: repository.path, environment: Repository.environment)
    #expect(found == SourceRevision(commit: commit, branch: "main"))
  }

  /// As CI systems check out: a commit without its branch, which stands in the environment.
  @Test func theEnvironmentNamesTheBranchOfADetachedCommit() async throws {
    let repository = try await Repository()
    try await repository.commit("1", to: "a")
    try await repository.git("checkout", "-q", "--detach")
    func found(_ variables: [String: String]) async -> SourceRevision {
      await SourceRevision.current(
        in: repository.path, environment: Repository.environment.merging(variables) { $1 })
    }
    #expect(await found([:]).branch == "")
    let pushed = await found(["GITHUB_REF_NAME": "main", "GITHUB_HEAD_REF": ""])
    #expect(pushed.branch == "main" && !pushed.isProposal)
    let proposed = await found(["GITHUB_REF_NAME": "12/merge", "GITHUB_HEAD_REF": "fix"])
    #expect(proposed.branch == "fix" && proposed.isProposal)
    #expect(await found(["TRAVIS_PULL_REQUEST": "false", "TRAVIS_BRANCH": "main"]).isProposal == false)
    #expect(await found(["CI_MERGE_REQUEST_IID": "4"]).isProposal)
  }

  @Test func withoutARepositoryThereIsNone() async throws {
    let folder = try TemporaryFolder()
    #expect(await SourceRevision.current(in: folder.path, environment: ["PATH": "/usr/bin"]) == SourceRevision())
  }

  @Test func equalDataHasEqualDigests() throws {
    let folder = try TemporaryFolder()
    func digest(_ bytes: [UInt8], in name: String = "a.csv") throws -> String {
      var digest = DataDigest()
      digest.add(file: try folder.write(bytes, to: name))
      return digest.description
    }
    var large = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 >> 3) })
    let texts = [Array("a,b\n1,2\n".utf8), Array("a,b\n1,3\n".utf8), [], large, large + [0]]
    let digests = try texts.map { try digest($0) }
    #expect(Set(digests).count == texts.count && digests.allSatisfy { $0.count == 16 })
    #expect(try texts.map { try digest($0) } == digests)
    #expect(try digest(texts[0], in: "b.csv") == digests[0])
    // The first and the last bytes of a large file count.
    large[large.count - 1] ^= 1
    #expect(try digest(large) != digests[3])
    // A whole file counts byte for byte; between the blocks of the other digest, too.
    func whole(_ bytes: [UInt8]) throws -> String {
      var digest = DataDigest()
      digest.add(wholeFile: try folder.write(bytes, to: "whole.csv"))
      return digest.description
    }
    let fnv = (Array("file".utf8) + [0xFF] + large).reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    let before = try whole(large)
    #expect(UInt64(before, radix: 16) == fnv)
    large[5000] ^= 1
    #expect(try whole(large) != before)
    // FNV-1a of nothing is its offset basis.
    #expect(DataDigest().description == "cbf29ce484222325")
  }
}
