package import Verdict

/// Why there is no baseline.
package enum BaselineError: Error, Sendable, Hashable {
  /// The reference itself is wrong: a mistake in the config.
  case malformed(String)
  case file(FileError)
  case git(GitError)
  case dvc(DVCError)
  case mlflow(MLflowError)
  case remote(RemoteError)
  /// Git LFS left its pointer where the content should be.
  case largeFilePointer

  /// Whether the place was looked at and no baseline is there: a first run. Everything else could not tell.
  package var isMissing: Bool {
    switch self {
    case .file(.notFound), .git(.noSuchPath), .remote(.notFound), .remote(.gone): true
    case .dvc(let error): error.isMissing
    case .mlflow(let error): error.isMissing
    default: false
    }
  }

  /// What happened to the baseline of that name, in one clause.
  package func message(for name: String) -> String {
    switch self {
    case .malformed(let problem): problem
    case .file(let error): error.message(for: name)
    case .git(let error): error.message(for: name)
    case .dvc(let error): error.message(for: name)
    case .mlflow(let error): error.message(for: name)
    case .remote(let error): error.message(for: name)
    case .largeFilePointer: "\(name) is a Git LFS pointer, not the file itself"
    }
  }

  /// What to do next.
  package var advice: String {
    switch self {
    case .malformed:
      "write a path, git:REVISION:PATH, dvc:REVISION:PATH, mlflow:models:/NAME@ALIAS, mlflow:runs:/RUN_ID or a URL; "
        + "credentials belong into the environment"
    case .file(let error): error.advice
    case .git(let error): error.advice
    case .dvc(let error): error.advice
    case .mlflow(let error): error.advice
    case .remote(let error): error.advice
    case .largeFilePointer:
      "fetch the content with `git lfs pull`; for a git: reference, name a file that is not kept in LFS"
    }
  }

  /// The reason of a check that cannot be evaluated because of it.
  package var reason: Reason {
    switch self {
    case .file, .largeFilePointer, .malformed: .io
    case .git(.notInstalled), .git(.timedOut), .dvc(.git(.notInstalled)), .dvc(.git(.timedOut)): .process
    case .git(.tooLarge), .git(.notAFile), .dvc(.file): .io
    case .remote(.unreachable), .mlflow(.remote(.unreachable)): .transport
    case .git, .dvc, .mlflow, .remote: .baseline
    }
  }
}
