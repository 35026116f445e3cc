internal import JSON
internal import Language
internal import Transport

/// HTTP without any convention: requests, and readiness by a path or by any sign of life. With `paths: {infer: …}` or a
/// `request:` it asks about rows, too.
struct PlainHTTP: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.records, .ndarray, .inputs, .csv]]
  static let predictionKeys = ["predictions", "outputs"]

  init(_ declaration: EndpointDeclaration) {}

  /// Where rows go is for the config to say.
  var sendsRows: Bool { false }
  let inferPath = "/"

  /// Without a health path, any answer that is not an error of the server is a sign of life.
  var readinessProbes: [Probe] {
    [Probe(name: "GET /", request: RequestPlan(path: "/"), accepted: 100..<500)]
  }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    switch encoding.choice(among: Self.encodings[0]) {
    case .ndarray: .json(rows.lists)
    case .inputs: .json(rows.lanes)
    case .csv: .text(rows.csv(header: true), contentType: "text/csv")
    default: .json(rows.records)
    }
  }
}
