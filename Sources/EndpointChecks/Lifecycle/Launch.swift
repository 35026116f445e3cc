internal import Language
internal import Processes

/// A command made ready to start: its port chosen and known to be closed, its words and its folder complete.
struct Launch: Sendable {
  var command: Command
  var url: EndpointURL
  var port: UInt16
  /// The container that the command runs, when it does.
  var container: Container?

  /// Why nothing was started.
  enum Obstacle: Error, Equatable, CustomStringConvertible {
    case noFreePort
    /// With the processes that a killed run has left over.
    case portInUse(UInt16, leftovers: [String])

    var description: String {
      switch self {
      case .noFreePort: "no port of 127.0.0.1 is free. Too many servers may be left over from earlier runs."
      case .portInUse(let port, let leftovers):
        "port \(port) is already in use before the start, so another server would be checked. Stop it, or write {port} "
          + "for a free one."
          + (leftovers.isEmpty
            ? "" : " A run that was killed has left over: \(leftovers.prefix(5).joined(separator: ", ")).")
      }
    }
  }

  /// - Parameter environment: where `PATH` comes from when the config does not set it.
  init(
    _ start: StartDeclaration, at url: EndpointURL, folders: EndpointFolders, environment: [String: String]
  ) throws(Obstacle) {
    guard let port = url.port ?? LoopbackPort.free() else { throw .noFreePort }
    guard !LoopbackPort.isOpen(port) else { throw .portInUse(port, leftovers: ServerProcess.leftovers()) }
    self.port = port
    self.url = url
    self.url.port = port
    // In a container the server listens on the container's own port.
    let innerPort = start.containerPort?.value ?? Int(port)
    func complete(_ text: String) -> String {
      text.replacing(EndpointURL.portPlaceholder, with: String(innerPort))
    }
    var words = start.command.map(complete)
    var variables: [String: String] = [:]
    for variable in start.environment { variables[variable.name] = complete(variable.value) }
    if let image = start.image {
      let container = Container(
        name: "cupel-\(port)-\(UInt32.random(in: 0...UInt32.max))", searchPath: environment["PATH"])
      words = container.run(
        image.value, command: words, variables: start.environment.map(\.name), port: port, containerPort: innerPort)
      variables["PATH"] = environment["PATH"]
      self.container = container
    } else if let executables = folders.executables {
      let path = variables["PATH"] ?? environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
      variables["PATH"] = path + ":" + executables
    }
    let directory = folders.resolve(start.directory)
    command = Command(words, environment: variables, workingDirectory: directory.isEmpty ? nil : directory)
  }

  /// What to type to start it by hand, in its folder.
  func commandLine(_ secrets: Secrets) -> String {
    command.argv.map { CurlCommand.quoted(secrets.mask($0)) }.joined(separator: " ")
  }
}
