internal import JSON
internal import Transport

/// A BentoML service: health paths are BentoML's, the paths and parameters of its APIs are the user's. What is asked when
/// the config says nothing else is `POST /predict` with the rows as `input_data`.
struct BentoML: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.ndarray, .records]]
  /// An API answers with the bare value that it returns.
  static let predictionKeys: [String] = []

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/predict"

  var readinessProbes: [Probe] {
    [
      Probe(name: "server live", request: RequestPlan(path: "/livez")),
      Probe(name: "server ready", request: RequestPlan(path: "/readyz")),
    ]
  }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    .json(["input_data": encoding.has(.records) ? rows.records : rows.lists])
  }
}
