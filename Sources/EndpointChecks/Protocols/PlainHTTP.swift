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

  var sendsRows: Bool { false }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    throw Complaint(.unwritable("plain http does not say how rows are sent"))
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    throw Complaint(.unusable("plain http does not say where predictions are"))
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
