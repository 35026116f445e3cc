/// Why git could not show a file.
package enum GitError: Error, Sendable, Hashable {
  case notInstalled
  case notARepository(folder: String)
  /// The repository belongs to somebody else, as it often does in containers.
  case dubiousOwnership(folder: String)
  /// `isShallow` when the clone lacks most of the history.
  case unknownRevision(String, isShallow: Bool)
  /// HEAD and the revision have no commit in common, or this clone does not have it.
  case noMergeBase(with: String, isShallow: Bool)
  /// The revision is there, the path is not in it.
  case noSuchPath(String, revision: String)
  case notAFile(String, revision: String)
  case tooLarge(limit: Int)
  case timedOut(seconds: Int)
  /// Git's own words, for everything else.
  case failed(String)

  func message(for name: String) -> String {
    switch self {
    case .notInstalled: "\(name) needs git, and there is no git in the PATH"
    case .notARepository(let folder): "\(name) needs a git repository, and \(folder) is not in one"
    case .dubiousOwnership(let folder): "git does not trust the repository of \(folder): another user owns it"
    case .unknownRevision(let revision, let isShallow):
      "\(name) cannot be read: the revision \"\(revision)\" is not known here"
        + (isShallow ? " (this clone is shallow)" : "")
    case .noMergeBase(let revision, let isShallow):
      "\(name) cannot be read: HEAD and \"\(revision)\" have no commit in common"
        + (isShallow ? " here (this clone is shallow)" : "")
    case .noSuchPath(let path, let revision): "\(name) does not exist: \(path) is not in the revision \"\(revision)\""
    case .notAFile(let path, let revision): "\(name) cannot be read: \(path) is no file in the revision \"\(revision)\""
    case .tooLarge(let limit): "\(name) is larger than the \(limit >> 20) MiB that are read"
    case .timedOut(let seconds): "git did not answer within \(seconds) seconds for \(name)"
    case .failed(let words): "git could not show \(name): \(words)"
    }
  }

  var advice: String {
    switch self {
    case .notInstalled: "install git, or name a file"
    case .notARepository: "run inside a clone of the repository, or name a file"
    case .dubiousOwnership: "run `git config --global --add safe.directory '*'` in the job first"
    case .unknownRevision(_, isShallow: true), .noMergeBase(_, isShallow: true):
      "fetch the history in the CI job (fetch-depth: 0, or `git fetch --unshallow`)"
    case .unknownRevision: "fetch it first, or correct the name: a branch of the remote is origin/NAME"
    case .noMergeBase: "name a branch that this one began from, or a revision: git:REVISION:PATH"
    case .noSuchPath: "paths count from the root of the repository; begin with ./ to count from the config"
    case .notAFile: "name a file"
    case .tooLarge: "name the file with the summary, not the one with the raw results"
    case .timedOut: "look for a hanging file system or a locked repository"
    case .failed: "run `git show` with the same reference to see more"
    }
  }
}
