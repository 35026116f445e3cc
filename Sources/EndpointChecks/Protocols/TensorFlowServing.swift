internal import JSON
internal import Language
internal import Transport

/// TensorFlow Serving's REST API (tensorflow/serving, `g3doc/api_rest.md`). It reads and writes bare NaN and Infinity.
struct TensorFlowServing: DocumentProtocol, VersionedModel {
  var name: String
  var version: String?

  static let wrapsPredictions = true
  /// Rows as objects, as lists, or by columns.
  static let encodings: [[RowEncoding.Word]] = [[.instances, .matrix, .inputs]]
  static let predictionKeys = ["predictions", "outputs"]

  init(_ declaration: EndpointDeclaration) {
    name = declaration.model?.value ?? ""
    version = declaration.version?.value
  }

  private var modelPath: String { "/v1/models/\(name)" + (version.map { "/versions/\($0)" } ?? "") }
  var inferPath: String { modelPath + ":predict" }

  /// The status is 200 whatever the model's state is, so the states say it: all must be AVAILABLE, and END is final.
  var readinessProbes: [Probe] {
    [
      Probe(name: "model available", request: RequestPlan(path: modelPath)) { document in
        let states = (document["model_version_status"]?.arrayValue ?? []).compactMap { $0["state"]?.stringValue }
        if states.contains("AVAILABLE"), states.allSatisfy({ ["AVAILABLE", "UNLOADING", "END"].contains($0) }) {
          return .ready
        }
        return !states.isEmpty && states.allSatisfy { $0 == "END" } ? .never : .notYet
      }
    ]
  }

  var declaresTensors: Bool { true }
  var signatureRequest: RequestPlan? { RequestPlan(path: modelPath + "/metadata") }

  /// The signature `serving_default`, which is the one that `:predict` uses.
  func signature(in document: JSONValue) -> ModelSignature? {
    guard let specification = document["model_spec"] else { return nil }
    let served = document["metadata"]?["signature_def"]?["signature_def"]?["serving_default"]
    return ModelSignature(
      name: specification["name"]?.stringValue,
      versions: (specification["version"]?.stringValue).map { [$0] } ?? [],
      inputs: Self.tensors(served?["inputs"]), outputs: Self.tensors(served?["outputs"]))
  }

  private static func tensors(_ value: JSONValue?) -> [ModelSignature.Tensor] {
    (value?.objectValue?.distinctMembers ?? []).map { member in
      let word = member.value["dtype"]?.stringValue ?? ""
      let sizes = member.value["tensor_shape"]?["dim"]?.arrayValue?.map { $0["size"] ?? "-1" }
      return ModelSignature.Tensor(
        name: member.key, datatype: datatypes[word], typeName: word,
        shape: sizes?.map { $0.stringValue.flatMap { Int($0) } ?? Int($0.int64Value ?? -1) })
    }.sorted { $0.name < $1.name }
  }

  private static let datatypes: [String: Datatype] = [
    "DT_FLOAT": .fp32, "DT_DOUBLE": .fp64, "DT_HALF": .fp16, "DT_BFLOAT16": .bf16, "DT_STRING": .bytes,
    "DT_BOOL": .bool, "DT_INT8": .int8, "DT_INT16": .int16, "DT_INT32": .int32, "DT_INT64": .int64,
    "DT_UINT8": .uint8, "DT_UINT16": .uint16, "DT_UINT32": .uint32, "DT_UINT64": .uint64,
  ]

  func body(
    of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RowsBody {
    if encoding.has(.inputs) { return .json(["inputs": rows.lanes]) }
    let isMatrix = encoding.has(.matrix) || encoding.words.isEmpty && signature?.matrix != nil
    return .json(["instances": isMatrix ? rows.lists : rows.records])
  }
}
