internal import Language
internal import Transport

extension EndpointDeclaration {
  /// Says which `{{name}}` no earlier request captures, and which are captured twice.
  func validateCaptures(_ problems: inout Problems) {
    var known: [String] = []
    for entry in entries {
      for reference in entry.references where !known.contains(reference.name) {
        let isLater = entries.contains { $0.captures.contains { $0.capture == reference.name } }
        let near = nearest(reference.name, among: known)
        problems.report(
          "no earlier request captures \"\(reference.name)\"", at: reference.location,
          label: near.map { "did you mean {{\($0)}}?" },
          help: isLater
            ? ["it is captured by this request or a later one: a value can be used after it has come"]
            : ["write capture: {\(reference.name): $.path.of.the.value} in a request before this one"])
      }
      for capture in entry.captures {
        if known.contains(capture.capture) {
          problems.report(
            "\"\(capture.capture)\" is captured twice", at: capture.location, help: ["give one of them another name"])
        }
        known.append(capture.capture)
      }
    }
  }

  /// A value that is sent in an authentication header is a secret, whether the config says so or not.
  mutating func markSecretCaptures() {
    let fields = entries.flatMap { entry in
      switch entry.content {
      case .request(let request): request.headers
      case .infer(let inference): inference.headers
      case .ready, .metadata, .probing: [HTTPHeaders.Field]()
      }
    }
    let names = fields.filter { Secrets.isAuthentication(header: $0.name) }.flatMap { field in
      CaptureReference.names(in: field.value)
    }
    for index in entries.indices {
      guard case .request(var request) = entries[index].content else { continue }
      for place in request.captures.indices where names.contains(request.captures[place].capture) {
        request.captures[place].isSecret = true
      }
      entries[index].content = .request(request)
    }
  }
}
