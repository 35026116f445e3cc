internal import Language
internal import Transport

extension EndpointDeclaration {
  /// The headers of every request. One that needs a value which has not come yet is not sent: no server knows what to
  /// do with `Bearer {{token}}`.
  func headers(with captures: Captures) -> HTTPHeaders {
    HTTPHeaders(
      headers.filter { CaptureReference.names(in: $0.value).allSatisfy { captures[$0] != nil } }
        .map { HTTPHeaders.Field(name: $0.name, value: captures.fill($0.value)) })
  }

  /// The names in the endpoint's headers, but for those headers that an entry brings itself.
  func headerNames(besides entry: CheckEntry) -> [String] {
    // Those of a probing check go to somebody else.
    let own = HTTPHeaders(entry.kind == .probing ? [] : entry.headers)
    return headers.filter { own[$0.name] == nil }.flatMap { CaptureReference.names(in: $0.value) }
  }

  /// Says which `{{name}}` no earlier request captures, and which are captured twice.
  func validateCaptures(_ node: Node, _ problems: inout Problems) {
    let captured = entries.flatMap { $0.captures.map(\.capture) }
    for reference in CaptureReference.all(in: node[key: "headers"]?.value) where !captured.contains(reference.name) {
      problems.report(
        "no request captures \"\(reference.name)\"", at: reference.location,
        label: nearest(reference.name, among: captured).map { "did you mean {{\($0)}}?" },
        help: ["write capture: {\(reference.name): $.path.of.the.value} in a request"])
    }
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
    let fields = headers + entries.flatMap(\.headers)
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
