internal import Language
internal import Transport

/// HTTP without any convention: requests, and readiness by a path or by any sign of life.
struct PlainHTTP: ServingProtocol {
  private let readyPath: String?

  static let kinds: [CheckEntry.Kind] = [.ready, .request]
  static let asksForModel = false

  init(_ declaration: EndpointDeclaration) {
    readyPath = declaration.ready?.path?.value
  }

  var readinessProbes: [Probe] {
    // Without a health path, any answer that is not an error of the server is a sign of life.
    if let readyPath {
      [Probe(name: "GET \(readyPath)", request: RequestPlan(path: readyPath))]
    } else {
      [Probe(name: "GET /", request: RequestPlan(path: "/"), accepted: 100..<500)]
    }
  }
}
