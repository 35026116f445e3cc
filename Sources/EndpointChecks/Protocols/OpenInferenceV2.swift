internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// The Open Inference Protocol, version 2, over REST (kserve/open-inference-protocol, `inference_rest.md`), as Triton,
/// MLServer and KServe speak it.
struct OpenInferenceV2: VersionedModel {
  var name: String
  var version: String?

  static let kinds: [CheckEntry.Kind] = [.ready, .metadata, .infer, .request]

  init(_ declaration: EndpointDeclaration) {
    name = declaration.model?.value ?? ""
    version = declaration.version?.value
  }

  var modelPath: String { "/v2/models/\(name)" + (version.map { "/versions/\($0)" } ?? "") }

  var readinessProbes: [Probe] {
    [
      Probe(name: "server live", request: RequestPlan(path: "/v2/health/live")),
      Probe(name: "server ready", request: RequestPlan(path: "/v2/health/ready")),
      Probe(name: "model ready", request: RequestPlan(path: modelPath + "/ready")),
    ]
  }

  func extensionsRequest(_ encoding: RowEncoding) -> (request: RequestPlan, needed: String)? {
    encoding.has(.binary) ? (RequestPlan(path: "/v2"), BinaryTensor.extensionName) : nil
  }

  var declaresTensors: Bool { true }
  var streamFormat: (any StreamFormat)? { InferenceStream() }

  /// MLServer's, at the port of its metrics.
  var serverCounter: ServerCounter? {
    let selector = MetricSelector(name: "model_infer_request_success_total", labels: ["model": name])
    return ServerCounter(port: 8082, path: "/metrics", reading: .metric(selector))
  }
  var signatureRequest: RequestPlan? { RequestPlan(path: modelPath) }

  func signature(in document: JSONValue) -> ModelSignature? {
    let signature = ModelSignature(metadata: document)
    return signature.name == nil && signature.inputs.isEmpty && signature.outputs.isEmpty ? nil : signature
  }

  /// The extension of Triton and MLServer for repositories of models.
  var modelsRequest: RequestPlan? { RequestPlan(path: "/v2/repository/index", json: [:]) }

  func models(in document: JSONValue) -> [String]? {
    document.arrayValue.map { models in models.compactMap { $0["name"]?.stringValue } }
  }

  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    let expectation = MetadataExpectation(
      model: name, version: version, inputs: entry.inputs, outputs: entry.outputs, location: location)
    return (RequestPlan(path: modelPath), expectation)
  }

  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    let envelope: JSONValue = [
      "id": .string(id), "inputs": .array(entry.inputs.map { $0.tensor.json(named: $0.name) }),
    ]
    var headers = HTTPHeaders(entry.headers)
    if headers["Content-Type"] == nil { headers.append(name: "Content-Type", value: "application/json") }
    let request = RequestPlan(
      method: "POST", path: modelPath + "/infer", headers: headers, body: JSONWriter.compact.bytes(envelope),
      timeout: entry.timeout?.duration)
    let expectation = TensorExpectation(
      model: name, version: version, id: id, outputs: entry.expectations.outputs,
      tolerance: entry.expectations.tolerance?.value, location: entry.expectations.outputs.first?.location ?? location)
    return (request, expectation)
  }
}
