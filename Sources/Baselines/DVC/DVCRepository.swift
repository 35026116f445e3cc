internal import JSON

/// A git repository with files that DVC tracks: git has their digests, the cache of this machine their content.
///
/// Read without the `dvc` command, which takes seconds to start and could reach for its remotes.
struct DVCRepository: Sendable {
  private let git: GitRepository
  private let root: String
  private let prefix: String

  init(around folder: String, environment: [String: String]) async throws(DVCError) {
    do throws(GitError) {
      git = try await GitRepository(around: folder, environment: environment)
      (root, prefix) = try await git.place()
    } catch {
      throw .git(error)
    }
  }

  /// A file as it was in a revision.
  enum Content: Sendable {
    /// Git has it, as it has metrics with `cache: false`.
    case committed(Baseline)
    /// It is in the cache, under the digest that the revision's `.dvc` file or `dvc.lock` records.
    case cached(path: String, digest: String, provenance: String)
  }

  /// A file as it was in a revision, whole.
  func baseline(of path: String, at revision: String, limit: Int) async throws(DVCError) -> Baseline {
    switch try await content(of: path, at: revision, limit: limit) {
    case .committed(let baseline): return baseline
    case .cached(let file, let digest, let provenance):
      do throws(FileError) {
        return Baseline(bytes: try LocalFile.read(file, limit: limit).bytes, provenance: provenance)
      } catch {
        throw error == .notFound ? .notInCache(path, digest: digest) : .file(error)
      }
    }
  }

  /// Where a file is as it was in a revision.
  func content(of path: String, at revision: String, limit: Int) async throws(DVCError) -> Content {
    let commit: String
    do throws(GitError) {
      commit = try await git.commit(of: revision)
    } catch {
      throw .git(error)
    }
    let revision = Revision(commit: commit, name: revision)
    guard let path = fromRoot(path) else { throw .notTracked(path, revision: revision.name) }
    if let bytes = try await contents(of: path, in: revision, limit: limit) {
      return .committed(Baseline(bytes: bytes, provenance: "commit \(commit)"))
    }
    guard let found = try await output(for: path, in: revision) else {
      throw .notTracked(path, revision: revision.name)
    }
    let cache = try DVCCache(root: root, around: path)
    var output = found.output
    if !found.rest.isEmpty { output = try member(found.rest, of: output, in: cache, path, revision) }
    let file = try self.file(of: output, in: cache, path, revision)
    return .cached(path: file.path, digest: file.digest, provenance: "commit \(commit), md5 \(file.digest)")
  }

  private struct Revision {
    var commit: String
    var name: String
  }

  /// An output, and what of the path lies inside of it.
  private struct Match {
    var output: DVCOutput
    var rest: Substring
  }

  /// The output that a path is or lies in, from the path itself upwards.
  private func output(for path: String, in revision: Revision) async throws(DVCError) -> Match? {
    let parts = path.split(separator: "/")
    for count in stride(from: parts.count, to: 0, by: -1) {
      let folder = parts.prefix(count - 1).map { $0 + "/" }.joined()
      let inFolder = Substring(path.dropFirst(folder.count))
      for file in [folder + parts[count - 1] + ".dvc", folder + "dvc.lock"] {
        guard let bytes = try await contents(of: file, in: revision, limit: LocalFile.defaultLimit) else { continue }
        for output in DVCOutput.list(in: bytes) {
          if output.path == inFolder { return Match(output: output, rest: "") }
          if inFolder.hasPrefix(output.path + "/") {
            return Match(output: output, rest: inFolder.dropFirst(output.path.count + 1))
          }
        }
      }
    }
    return nil
  }

  /// A file of a tracked folder, which is a JSON list of paths and digests in the cache.
  private func member(
    _ member: Substring, of folder: DVCOutput, in cache: DVCCache, _ path: String, _ revision: Revision
  ) throws(DVCError) -> DVCOutput {
    guard let digest = folder.digest, digest.hasSuffix(".dir"), DVCOutput.isDigest(digest) else {
      throw .notTracked(path, revision: revision.name)
    }
    guard let bytes = try cache.contents(of: digest, limit: 64 << 20) else {
      throw .notInCache(folder.path, digest: digest)
    }
    guard let entries = (try? JSONParser.parse(bytes))?.arrayValue else { throw .damagedCache(digest: digest) }
    guard let entry = entries.first(where: { $0["relpath"]?.stringValue.map { $0 == member } ?? false }) else {
      throw .notTracked(path, revision: revision.name)
    }
    return DVCOutput(path: path, digest: entry["md5"]?.stringValue)
  }

  private func file(
    of output: DVCOutput, in cache: DVCCache, _ path: String, _ revision: Revision
  ) throws(DVCError) -> (path: String, digest: String) {
    guard let digest = output.digest, DVCOutput.isDigest(digest) else {
      throw .noDigest(path, revision: revision.name)
    }
    guard !digest.hasSuffix(".dir") else { throw .isAFolder(path, revision: revision.name) }
    guard let file = cache.file(of: digest) else { throw .notInCache(path, digest: digest) }
    if let size = output.size, size != file.size { throw .damagedCache(digest: digest) }
    try cache.verify(file.path, of: digest)
    return (file.path, digest)
  }

  /// What git has under a path; nil when it has nothing.
  private func contents(of path: String, in revision: Revision, limit: Int) async throws(DVCError) -> [UInt8]? {
    do throws(GitError) {
      return try await git.contents(of: path, in: revision.commit, named: revision.name, limit: limit)
    } catch {
      switch error {
      case .noSuchPath: return nil
      case .notAFile: throw .isAFolder(path, revision: revision.name)
      default: throw .git(error)
      }
    }
  }

  /// The path from the root of the repository; nil when it leads out of it.
  private func fromRoot(_ path: String) -> String? {
    let isRelative = path.hasPrefix("./") || path.hasPrefix("../")
    var parts: [Substring] = []
    for part in ((isRelative ? prefix : "") + path).split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
