internal import JSON
internal import Transport

/// A LitServe server: `POST /predict` with one row, whose form is the user's. What is asked when the config says nothing
/// else is `{"input": [values of the row]}`.
struct LitServe: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.ndarray, .records]]
  static let predictionKeys: [String] = []

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/predict"
  /// It makes batches by itself, of requests that arrive together.
  let rowsPerRequest: Int? = 1

  /// 503 "not ready" while the workers load.
  var readinessProbes: [Probe] { [Probe(name: "server ready", request: RequestPlan(path: "/health"))] }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    guard rows.count > 0 else { return .json(["input": []]) }
    if encoding.has(.records) { return .json(rows.record(0)) }
    return .json(["input": rows.columns.count == 1 ? rows.columns[0].values[0] : rows.values(0)])
  }
}
