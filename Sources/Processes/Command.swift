/// A program to start: its words, what it sees of the environment, and where it stands.
package struct Command: Sendable, Equatable {
  /// The program and its arguments. A name without a slash is searched in `PATH`; nothing is read by a shell.
  package var argv: [String]
  /// Variables added to the inherited environment, or replacing what is there.
  package var environment: [String: String]
  /// Where the program starts; nil means where we stand. A relative program path is resolved from there.
  package var workingDirectory: String?

  package init(_ argv: [String], environment: [String: String] = [:], workingDirectory: String? = nil) {
    self.argv = argv
    self.environment = environment
    self.workingDirectory = workingDirectory
  }
}

/// How a process ended.
package enum ProcessExit: Sendable, Equatable {
  /// It returned this status, 0 to 255.
  case exited(status: Int32)
  /// This signal ended it.
  case signalled(signal: Int32)

  /// True for a status of 0 only.
  package var isSuccess: Bool { self == .exited(status: 0) }
}

extension ProcessExit: CustomStringConvertible {
  /// "exited with status 3" or "was ended by signal 9".
  package var description: String {
    switch self {
    case .exited(let status): "exited with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal)"
    }
  }
}
