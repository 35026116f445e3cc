internal import JSON
internal import Transport

/// A deployment of Ray Serve: the proxy's health path, and routes of the user's. What is asked when the config says
/// nothing else is `POST /` with one row as an object.
struct RayServe: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.records, .ndarray]]
  static let predictionKeys: [String] = []

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/"
  let rowsPerRequest: Int? = 1

  var readinessProbes: [Probe] { [Probe(name: "proxy healthy", request: RequestPlan(path: "/-/healthz"))] }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    guard rows.count > 0 else { return .json([:]) }
    return .json(encoding.has(.ndarray) ? rows.values(0) : rows.record(0))
  }
}
