internal import Processes

/// A container of the docker CLI: how it is started, and how it is seen to that none is left.
///
/// `docker run` stays in the foreground, so its output is the container's, its end is the container's end with the same
/// status, and TERM reaches the container through it. KILL does not, hence `remove`.
struct Container: Sendable, Equatable {
  /// The name by which it is removed.
  var name: String
  /// Where `docker` is looked for.
  var searchPath: String?

  /// The statuses by which `docker run` says that there never was a container, or that it has no such program.
  static let launchFailures: ClosedRange<Int32> = 125...127

  /// Variables that decide where the CLI is found and what it talks to.
  static func isReserved(_ variable: String) -> Bool {
    ["PATH", "HOME"].contains(variable) || variable.hasPrefix("DOCKER_")
  }

  /// The words that run an image with its port on the loopback address. Variables are handed over by name alone: their
  /// values would else stand in the list of processes.
  func run(
    _ image: String, command: [String], variables: [String], port: UInt16, containerPort: Int
  ) -> [String] {
    ["docker", "run", "--rm", "--name", name, "--publish", "127.0.0.1:\(port):\(containerPort)"]
      + variables.flatMap { ["--env", $0] } + [image] + command
  }

  /// How long the CLI may take to remove a container.
  private static let patience = Duration.seconds(30)

  /// Removes the container if it is still there, and says whether it was. Not cancellable.
  func remove() async -> Bool {
    await Task.detached {
      let command = ["docker", "rm", "--force", name]
      let environment = searchPath.map { ["PATH": $0] } ?? [:]
      guard let output = try? await Command.capture(command, environment: environment, timeout: Self.patience) else {
        return false
      }
      // It names what it removed; of a container that is gone it says so on standard error, with any status.
      let lines = String(decoding: output.standardOutput, as: UTF8.self).split(whereSeparator: \.isNewline)
      return lines.contains { $0 == name }
    }.value
  }
}
