internal import Language
internal import Processes
internal import Verdict

/// `start:`: the command or the container image that serves the endpoint while it is checked.
struct StartDeclaration: Sendable {
  /// The program and its arguments; with an image, what is run in it instead of its own command.
  var command: [String] = []
  /// A container image, run by the docker CLI.
  var image: Located<String>?
  /// Where the server listens within the container.
  var containerPort: Located<Int>?
  var readyWithin = Located(
    Quantity(60, .seconds), at: SourceLocation(file: "", line: 0, column: 0))
  var stopWithin = Quantity(10, .seconds)
  /// Who gets the TERM.
  var term = DrainTarget.group
  /// Variables added to those of this process.
  var environment: [(name: String, value: String)] = []
  /// Relative to the folder of the config.
  var directory = "."
  var location: SourceLocation?

  static var shape: Shape<StartDeclaration> {
    let environment = Shape<String>.string.dictionary.map {
      variables, _, problems -> [(name: String, value: String)]? in
      for variable in variables where variable.name.value.isEmpty || variable.name.value.contains("=") {
        problems.report("this is no name of an environment variable", at: variable.name.location)
      }
      return variables.map { ($0.name.value, $0.value) }
    }
    let word = Shape<String>.string.map { text, node, problems -> String? in
      guard node.origin == .secret else { return text }
      problems.report(
        "everybody on this machine can read the secrets of a command in the list of processes", at: node.location,
        help: ["hand it over in environment:, which only its owner can read"])
      return nil
    }
    let command = word.list.map { words, node, problems -> [String]? in
      if let first = words.first, !first.isEmpty { return words }
      problems.report(
        "the command is empty", at: node.location, help: ["write the program and its arguments as a list"])
      return nil
    }
    return Shape<StartDeclaration>.object(
      StartDeclaration(),
      [
        .key(
          "command", \.command, command,
          "The program and its arguments; {port} is the endpoint's port. No shell reads it."),
        .optional("image", \.image, imageName.located, "A container image to run with the docker CLI."),
        .optional(
          "port", \.containerPort, Shape<Int>.integer(in: 1...65535).located,
          "The port on which the server in the container listens; {port} of its command and environment."),
        .key(
          "ready_within", \.readyWithin, Shape<Quantity>.positiveDuration.located,
          "How long it may take to be ready; 60s."),
        .key("stop_within", \.stopWithin, .positiveDuration, "How long it may take to leave after TERM; 10s."),
        .key(
          "term", \.term, .choice,
          "Who gets TERM: the process group (the default), or its leader alone, as orchestrators do."),
        .key("environment", \.environment, environment, "Variables for the command, beside the inherited ones."),
        .key("directory", \.directory, .name, "Where the command runs, from the folder of this file."),
      ], check: validate
    ).map { start, node, _ in
      var start = start
      start.location = node.location
      if start.readyWithin.location.line == 0 { start.readyWithin.location = node.location }
      return start
    }
  }

  /// The name of an image, which the docker CLI must not take for an option.
  private static var imageName: Shape<String> {
    Shape<String>.name.map { text, node, problems in
      if node.origin == .secret {
        problems.report(
          "everybody on this machine can read the secrets of an image's name in the list of processes",
          at: node.location, help: ["log in before: docker login --password-stdin"])
        return nil
      }
      let first = text.utf8.first ?? 0
      let isName = (0x30...0x39).contains(first) || (0x61...0x7A).contains(first | 0x20)
      if isName, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
      problems.report("\(node.kind) is not the name of an image", at: node.location)
      return nil
    }
  }

  private static func validate(_ start: StartDeclaration, _ node: Node, _ problems: inout Problems) {
    guard let image = start.image else {
      if start.command.isEmpty { problems.report("the key \"command\" is missing here", at: node.location) }
      if let port = start.containerPort {
        problems.report("a port is said of a container, and there is no image", at: port.location)
      }
      return
    }
    if start.containerPort == nil {
      problems.report(
        "nothing says on which port the server in the container listens", at: image.location, help: ["add port: 8080"])
    }
    for variable in start.environment where Container.isReserved(variable.name) {
      problems.report(
        "docker itself reads the variable \(variable.name), so it cannot be handed over to the container",
        at: node[key: "environment"]?.value[key: variable.name]?.keyLocation ?? node.location)
    }
  }

  /// Whether anything tells the command its port.
  var namesPort: Bool {
    image != nil || (command + environment.map(\.value)).contains { $0.contains(EndpointURL.portPlaceholder) }
  }
}
