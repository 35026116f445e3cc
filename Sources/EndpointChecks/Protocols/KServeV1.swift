internal import JSON
internal import Language
internal import Transport

/// KServe's protocol, version 1 (kserve.github.io, "V1 protocol"): `POST /v1/models/{m}:predict`.
struct KServeV1: DocumentProtocol, NamedModel {
  var name: String

  static let wrapsPredictions = true
  static let encodings: [[RowEncoding.Word]] = [[.instances, .records]]

  init(_ declaration: EndpointDeclaration) { name = declaration.model?.value ?? "" }

  var inferPath: String { "/v1/models/\(name):predict" }

  var readinessProbes: [Probe] {
    [
      Probe(name: "server live", request: RequestPlan(path: "/")),
      Probe(name: "model ready", request: RequestPlan(path: "/v1/models/\(name)")) { document in
        // Older servers answer 200 while the model is still loading.
        document["ready"]?.boolValue == false ? .notYet : .ready
      },
    ]
  }

  var signatureRequest: RequestPlan? { RequestPlan(path: "/v1/models/\(name)") }

  func signature(in document: JSONValue) -> ModelSignature? {
    document["name"]?.stringValue.map { ModelSignature(name: $0) }
  }

  var modelsRequest: RequestPlan? { RequestPlan(path: "/v1/models") }

  func models(in document: JSONValue) -> [String]? {
    document["models"]?.arrayValue.map { $0.compactMap(\.stringValue) }
  }

  /// Rows are lists of their values, as the servers of scikit-learn and XGBoost read them; objects as `records`.
  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    .json(["instances": encoding.has(.records) ? rows.records : rows.lists])
  }
}
