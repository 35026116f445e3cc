/// Why a file that DVC tracks could not be read as it was in a revision.
package enum DVCError: Error, Sendable, Hashable {
  case git(GitError)
  /// Neither git nor DVC has the path in that revision: a first run.
  case notTracked(String, revision: String)
  case isAFolder(String, revision: String)
  /// DVC knows the path, and no content was recorded for it.
  case noDigest(String, revision: String)
  /// The content is known by its digest and is not in the cache of this machine.
  case notInCache(String, digest: String)
  /// What the cache holds is not what was recorded.
  case damagedCache(digest: String)
  case file(FileError)

  var isMissing: Bool {
    if case .notTracked = self { true } else { false }
  }

  func message(for name: String) -> String {
    switch self {
    case .git(let error): error.message(for: name)
    case .notTracked(let path, let revision):
      "\(name) does not exist: neither git nor DVC has \(path) in the revision \"\(revision)\""
    case .isAFolder(let path, let revision):
      "\(name) cannot be read: \(path) is a folder in the revision \"\(revision)\""
    case .noDigest(let path, let revision):
      "\(name) cannot be read: DVC recorded no content of \(path) in the revision \"\(revision)\""
    case .notInCache(let path, let digest):
      "\(name) cannot be read: the content of \(path) (md5 \(digest)) is not in the DVC cache of this machine"
    case .damagedCache(let digest): "\(name) cannot be read: the DVC cache holds something else under md5 \(digest)"
    case .file(let error): error.message(for: "the cached content of \(name)")
    }
  }

  var advice: String {
    switch self {
    case .git(let error): error.advice
    case .notTracked: "paths count from the root of the repository; begin with ./ to count from the config"
    case .isAFolder: "name a file in it"
    case .noDigest: "run `dvc repro` or `dvc commit`, and commit dvc.lock"
    case .notInCache: "run `dvc fetch --all-commits` in the job, or `dvc fetch` with that revision checked out"
    case .damagedCache: "remove it and run `dvc fetch`"
    case .file(let error): error.advice
    }
  }
}
