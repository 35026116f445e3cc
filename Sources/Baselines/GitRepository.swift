internal import Processes

/// The repository around a folder, read through the `git` command.
///
/// Git is kept from asking questions, from the network (also from fetching what a partial clone lacks) and from
/// writing. The repository is found from the folder, so what a hook inherits from its own git is taken away.
struct GitRepository: Sendable {
  private let folder: String
  private let environment: [String: String]
  private let isShallow: Bool

  /// Finds the repository that `folder` lies in.
  init(around folder: String, environment: [String: String]) async throws(GitError) {
    self.folder = folder.isEmpty ? "." : folder
    self.environment = environment
    let reply = try await Self.git(["rev-parse", "--is-shallow-repository"], in: self.folder, environment: environment)
    guard reply.exit.isSuccess else {
      if reply.complaint.contains("dubious ownership") { throw .dubiousOwnership(folder: self.folder) }
      if reply.complaint.contains("not a git repository") { throw .notARepository(folder: self.folder) }
      throw .failed(reply.complaint)
    }
    isShallow = reply.line == "true"
  }

  /// The commit that a revision names.
  ///
  /// `merge-base(REV)` is the newest commit that HEAD and REV have in common: where a branch began, which is what a
  /// pull request is to be compared with while its target moves on.
  func commit(of revision: String) async throws(GitError) -> String {
    if revision.hasPrefix(Self.mergeBase), revision.hasSuffix(")") {
      let other = String(revision.dropFirst(Self.mergeBase.count).dropLast())
      let (head, target) = (try await commit(of: "HEAD"), try await commit(of: other))
      let base = try await git(["merge-base", head, target])
      guard base.exit.isSuccess, !base.line.isEmpty else {
        throw base.complaintLines.isEmpty
          ? .noMergeBase(with: other, isShallow: isShallow) : .failed(base.complaint)
      }
      return base.line
    }
    let commit = try await git(["rev-parse", "--verify", "--quiet", revision + "^{commit}"])
    guard commit.exit.isSuccess else { throw .unknownRevision(revision, isShallow: isShallow) }
    return commit.line
  }

  static let mergeBase = "merge-base("

  /// The bytes of a file as it was in a revision: what `git show REV:PATH` prints, without any conversion.
  ///
  /// The revision becomes a commit and the path a blob before anything is read, so that each of them can be
  /// missing by itself, and neither can be mistaken for an option or a range.
  func contents(of path: String, at revision: String, limit: Int) async throws(GitError) -> [UInt8] {
    try await contents(of: path, in: commit(of: revision), named: revision, limit: limit)
  }

  /// The same for a commit that is known already.
  ///
  /// - Parameter revision: how messages call it.
  func contents(
    of path: String, in commit: String, named revision: String, limit: Int
  ) async throws(GitError) -> [UInt8] {
    let object = try await git(["rev-parse", "--verify", "--quiet", commit + ":" + path])
    guard object.exit.isSuccess else { throw .noSuchPath(path, revision: revision) }
    let type = try await git(["cat-file", "-t", object.line])
    guard type.exit.isSuccess else { throw .failed(type.complaint) }
    guard type.line == "blob" else { throw .notAFile(path, revision: revision) }
    let blob = try await git(["cat-file", "blob", object.line], limit: limit)
    guard blob.exit.isSuccess else { throw .failed(blob.complaint) }
    return blob.standardOutput
  }

  /// When a path was last changed up to a commit, in seconds since 1970, UTC. Nil where this clone does not know: at the
  /// border of a shallow one every file looks as if it was made there.
  func time(of path: String, in commit: String) async throws(GitError) -> Int64? {
    let isRelative = path.hasPrefix("./") || path.hasPrefix("../")
    let place = (isRelative ? ":(literal)" : ":(top,literal)") + path
    let reply = try await git(["log", "-1", "--format=%ct %P", commit, "--", place])
    let words = reply.line.split(separator: " ")
    guard reply.exit.isSuccess, let time = words.first.flatMap({ Int64($0) }) else { return nil }
    return isShallow && words.count < 2 ? nil : time
  }

  /// The root of the working tree, and the way from there to the folder: empty or ending in a slash.
  func place() async throws(GitError) -> (root: String, prefix: String) {
    let root = try await git(["rev-parse", "--show-toplevel"])
    let prefix = try await git(["rev-parse", "--show-prefix"])
    guard root.exit.isSuccess, prefix.exit.isSuccess else { throw .failed(root.complaint) }
    return (root.line, prefix.line)
  }

  /// The commit that is checked out, and its branch; empty when no branch is. Throws where there is no commit yet.
  func head() async throws(GitError) -> (commit: String, branch: String) {
    let commit = try await git(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    guard commit.exit.isSuccess else { throw .unknownRevision("HEAD", isShallow: isShallow) }
    let branch = try await git(["symbolic-ref", "--short", "--quiet", "HEAD"])
    return (commit.line, branch.exit.isSuccess ? branch.line : "")
  }

  /// Variables that bind git to one repository. A hook inherits them, and they would outweigh the folder.
  private static let bindings = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
  ]

  private static let settings = [
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    // A list without any real protocol forbids every transport (git 2.12 and later), whatever the config allows.
    "GIT_ALLOW_PROTOCOL": "none",
  ]

  private static let timeout = 20
  private static let replyLimit = 1 << 16

  private func git(_ arguments: [String], limit: Int = replyLimit) async throws(GitError) -> CapturedOutput {
    try await Self.git(arguments, in: folder, environment: environment, limit: limit)
  }

  private static func git(
    _ arguments: [String], in folder: String, environment: [String: String], limit: Int = replyLimit
  ) async throws(GitError) -> CapturedOutput {
    let inherited = bindings.filter { environment[$0] != nil }
    let program = inherited.isEmpty ? ["git"] : ["env"] + inherited.flatMap { ["-u", $0] } + ["git"]
    do throws(CaptureError) {
      let reply = try await Command.capture(
        program + arguments, workingDirectory: folder, environment: environment.merging(settings) { $1 },
        timeout: .seconds(timeout), maximumOutput: limit)
      // What env says when it cannot find its program.
      if reply.exit == .exited(status: 127) { throw CaptureError.launch(.notFound(program: "git", searched: [])) }
      return reply
    } catch {
      switch error {
      case .launch(.notFound): throw .notInstalled
      case .timedOut: throw .timedOut(seconds: timeout)
      case .tooMuchOutput: throw .tooLarge(limit: limit)
      default: throw .failed(error.description)
      }
    }
  }
}

extension CapturedOutput {
  /// The first line of the output.
  fileprivate var line: String {
    String(decoding: standardOutput.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  fileprivate var complaintLines: [Substring] {
    String(decoding: standardError.prefix(2000), as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  /// What git complains about, in one line.
  fileprivate var complaint: String {
    guard let first = complaintLines.first else { return "git \(exit)" }
    return first.hasPrefix("fatal: ") ? String(first.dropFirst(7)) : String(first)
  }
}
