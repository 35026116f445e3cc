/// Why there is no baseline.
package enum BaselineError: Error, Sendable, Hashable {
  /// The reference itself is wrong: a mistake in the config.
  case malformed(String)
  case file(FileError)
  case git(GitError)
  /// Git LFS left its pointer where the content should be.
  case largeFilePointer

  /// Whether the place was looked at and no baseline is there: a first run. Everything else could not tell.
  package var isMissing: Bool {
    switch self {
    case .file(.notFound), .git(.noSuchPath): true
    default: false
    }
  }

  /// What happened to the baseline of that name, in one clause.
  package func message(for name: String) -> String {
    switch self {
    case .malformed(let problem): problem
    case .file(let error): error.message(for: name)
    case .git(let error): error.message(for: name)
    case .largeFilePointer: "\(name) is a Git LFS pointer, not the file itself"
    }
  }

  /// What to do next.
  package var advice: String {
    switch self {
    case .malformed: "write a path, or git:REVISION:PATH"
    case .file(let error): error.advice
    case .git(let error): error.advice
    case .largeFilePointer:
      "fetch the content with `git lfs pull`; for a git: reference, name a file that is not kept in LFS"
    }
  }
}
