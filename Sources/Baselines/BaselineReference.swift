/// Where a baseline is: a file, or a file as it was in a git revision.
///
/// ```yaml
/// baseline: {metrics: models/metrics/champion.json}
/// baseline: {metrics: "git:origin/main:models/metrics/champion.json"}
/// ```
///
/// A path of git counts from the root of the repository that the config lies in, as in `git show REV:PATH`; one that
/// begins with `./` or `../` counts from the folder of the config.
package enum BaselineReference: Sendable, Hashable, CustomStringConvertible {
  case file(String)
  case git(revision: String, path: String)

  /// Reads the text of a config value. What is wrong with it is ``BaselineError/malformed(_:)``.
  package init(_ text: String) throws(BaselineError) {
    guard !text.isEmpty else { throw .malformed("the path is empty") }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw .malformed("the path holds a control character")
    }
    guard text.hasPrefix("git:") else {
      self = .file(text)
      return
    }
    let parts = text.dropFirst(4).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .malformed("a git reference is git:REVISION:PATH") }
    let (revision, path) = (String(parts[0]), String(parts[1]))
    guard !revision.isEmpty else { throw .malformed("the revision in git:REVISION:PATH is empty") }
    // git would take it for an option.
    guard !revision.hasPrefix("-") else { throw .malformed("a revision cannot begin with \"-\"") }
    guard !path.isEmpty else { throw .malformed("the path in git:REVISION:PATH is empty") }
    guard !path.hasPrefix("/") else {
      throw .malformed("a path of git counts from the root of the repository and does not begin with \"/\"")
    }
    self = .git(revision: revision, path: path)
  }

  /// The reference as the config writes it.
  package var description: String {
    switch self {
    case .file(let path): path
    case .git(let revision, let path): "git:\(revision):\(path)"
    }
  }

  /// The path whose ending names the format.
  package var path: String {
    switch self {
    case .file(let path), .git(_, let path): path
    }
  }

  /// Reads the baseline. Nothing is asked over the network, and nothing in the repository changes.
  ///
  /// - Parameters:
  ///   - directory: the folder of the file that names the reference.
  ///   - environment: what git sees besides the settings that keep it quiet and offline.
  ///   - limit: the most bytes that a baseline may have.
  package func fetch(
    in directory: String, environment: [String: String], limit: Int = LocalFile.defaultLimit
  ) async throws(BaselineError) -> Baseline {
    let baseline: Baseline
    switch self {
    case .file(let path):
      do throws(FileError) {
        let file = try LocalFile.read(Self.resolve(path, in: directory), limit: limit)
        baseline = Baseline(bytes: file.bytes, identity: file.identity)
      } catch {
        throw .file(error)
      }
    case .git(let revision, let path):
      do throws(GitError) {
        let repository = try await GitRepository(around: directory, environment: environment)
        baseline = Baseline(bytes: try await repository.contents(of: path, at: revision, limit: limit))
      } catch {
        throw .git(error)
      }
    }
    guard !baseline.bytes.starts(with: Self.largeFilePointer) else { throw .largeFilePointer }
    return baseline
  }

  /// A path of a file, as seen from the folder of the file that names it.
  package static func resolve(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }

  /// How a Git LFS pointer begins (git-lfs, docs/spec.md).
  private static let largeFilePointer = Array("version https://git-lfs.github.com/spec/".utf8)
}

/// A baseline's content.
package struct Baseline: Sendable, Hashable {
  package var bytes: [UInt8]
  /// Which file of this machine it was read from; nil for one out of git.
  package var identity: LocalFile.Identity?

  package init(bytes: [UInt8], identity: LocalFile.Identity? = nil) {
    self.bytes = bytes
    self.identity = identity
  }
}
