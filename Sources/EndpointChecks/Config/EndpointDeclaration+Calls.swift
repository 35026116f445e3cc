internal import JSON
internal import Language
internal import Transport

extension EndpointDeclaration {
  /// Calls of gRPC have one path, one form and one version of HTTP.
  func validateCalls(_ node: Node, _ problems: inout Problems) {
    let name = protocolName.rawValue
    for key in ["paths", "request", "reply"] {
      guard let written = node[key: key] else { continue }
      problems.report("the protocol \(name) has its own \(key)", at: written.keyLocation, help: ["leave it out"])
    }
    if let path = ready?.path {
      problems.report("\(name) asks for readiness by calls, not by a path", at: path.location, help: ["leave it out"])
    }
    if connection.version == .http1_1 {
      problems.report(
        "gRPC needs HTTP/2", at: node[key: "http"]?.keyLocation ?? node.location, help: ["leave http out"])
    }
    for entry in entries {
      guard case .infer(let inference) = entry.content else { continue }
      for input in inference.inputs where input.tensor.data.flattened.contains(where: { $0.kind == "null" }) {
        problems.report("a null has no place in a tensor of gRPC: input \(input.name)", at: entry.location)
      }
    }
  }
}
