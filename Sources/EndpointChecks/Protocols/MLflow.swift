internal import JSON
internal import Transport

/// MLflow's scoring server (`mlflow models serve`): `POST /invocations`.
struct MLflow: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.split, .records, .instances, .inputs, .csv]]

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/invocations"
  static let errorKeys = ["error_code", "error"]

  var readinessProbes: [Probe] { [Probe(name: "server ready", request: RequestPlan(path: "/ping"))] }

  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    switch encoding.choice(among: Self.encodings[0]) {
    case .records: .json(["dataframe_records": rows.records])
    case .instances: .json(["instances": rows.records])
    case .inputs: .json(["inputs": rows.lanes])
    case .csv: .text(rows.csv(header: true), contentType: "text/csv")
    default: .json(["dataframe_split": ["columns": rows.nameList, "data": rows.lists]])
    }
  }

  /// `{"error_code": "BAD_REQUEST", "message": "…", "stack_trace": "…"}`
  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document else { return nil }
    let words = [document["error_code"], document["message"]].compactMap { $0?.stringValue }
    return words.isEmpty ? nil : reply.excerpt(words.joined(separator: ": "))
  }
}
