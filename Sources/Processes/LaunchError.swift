/// Why a program could not be started. Nothing is running when this is thrown.
package enum LaunchError: Error, Sendable, Equatable {
  /// The command has no words.
  case emptyCommand
  /// There is no such program. `searched` holds the folders of `PATH`, or the path itself when one was given.
  case notFound(program: String, searched: [String])
  /// The file is there but cannot be run, for this reason.
  case notExecutable(path: String, reason: String)
  /// The system forbids to run it or to look into its folder.
  case permissionDenied(path: String)
  /// The working directory cannot be entered, for this reason.
  case badWorkingDirectory(path: String, reason: String)
  /// Anything else, in the system's words.
  case other(program: String, reason: String)

  /// A stable word for the kind of failure.
  package var kind: String {
    switch self {
    case .emptyCommand: "empty-command"
    case .notFound: "not-found"
    case .notExecutable: "not-executable"
    case .permissionDenied: "permission-denied"
    case .badWorkingDirectory: "bad-working-directory"
    case .other: "launch-failed"
    }
  }
}

extension LaunchError: CustomStringConvertible {
  /// What happened, where, and what to do next.
  package var description: String {
    switch self {
    case .emptyCommand:
      "The command is empty. Write the program and its arguments as a list."
    case .notFound(let program, let searched) where program.contains("/"):
      "There is no file '\(searched.first ?? program)'. Check the path of the command."
    case .notFound(let program, let searched):
      "No program '\(program)' in PATH (\(searched.joined(separator: ":"))). Install it, or write its full path."
    case .notExecutable(let path, let reason):
      "'\(path)' cannot be run: \(reason)."
    case .permissionDenied(let path):
      "'\(path)' may not be run by this user. Check its permissions and those of its folders."
    case .badWorkingDirectory(let path, let reason):
      "The working directory '\(path)' \(reason)."
    case .other(let program, let reason):
      "'\(program)' could not be started: \(reason)"
    }
  }
}
