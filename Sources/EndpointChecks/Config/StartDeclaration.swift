internal import Language
internal import Verdict

/// `start:`: the command that serves the endpoint while it is checked.
struct StartDeclaration: Sendable {
  var command: [String] = []
  var readyWithin = Located(
    Quantity(60, .seconds), at: SourceLocation(file: "", line: 0, column: 0))
  var stopWithin = Quantity(10, .seconds)
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
    let command = Shape<String>.string.list.map { words, node, problems -> [String]? in
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
          "The program and its arguments; {port} is the endpoint's port. No shell reads it.",
          required: true),
        .key(
          "ready_within", \.readyWithin, Shape<Quantity>.positiveDuration.located,
          "How long it may take to be ready; 60s."),
        .key("stop_within", \.stopWithin, .positiveDuration, "How long it may take to leave after TERM; 10s."),
        .key("environment", \.environment, environment, "Variables for the command, beside the inherited ones."),
        .key("directory", \.directory, .name, "Where the command runs, from the folder of this file."),
      ]
    ).map { start, node, _ in
      var start = start
      start.location = node.location
      if start.readyWithin.location.line == 0 { start.readyWithin.location = node.location }
      return start
    }
  }

  /// Whether anything tells the command its port.
  var namesPort: Bool {
    (command + environment.map(\.value)).contains { $0.contains(EndpointURL.portPlaceholder) }
  }
}
