internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// NVIDIA Triton: the Open Inference Protocol, version 2, with its extensions for the repository of models, statistics
/// and generated text (triton-inference-server/server, `docs/protocol`).
///
/// `encoding: generate` is for models of text: a row is a prompt (its column `text_input` or `prompt`, else the only one),
/// sent to `generate` together with `parameters:`.
struct Triton: ServingProtocol {
  private var base: OpenInferenceV2
  private let isText: Bool
  private let parameters: JSONObject

  static let kinds = OpenInferenceV2.kinds
  static let asksForModel = true
  static let ownParameters: Set<String>? = ["text_input"]
  static let encodings = OpenInferenceV2.encodings + [[.tensors, .generate]]
  /// Loading onto a graphics card takes its time.
  static let readyWithin = Quantity(300, .seconds)

  init(_ declaration: EndpointDeclaration) {
    base = OpenInferenceV2(declaration)
    isText = declaration.encoding?.value.has(.generate) == true
    parameters = declaration.parameters?.value ?? JSONObject()
  }

  var model: String? { base.model }
  var version: String? { base.version }
  func asking(model: String) -> (any ServingProtocol)? { asking { $0.asking(model: model) } }
  func asking(version: String) -> (any ServingProtocol)? { asking { $0.asking(version: version) } }

  private func asking(_ change: (OpenInferenceV2) -> (any ServingProtocol)?) -> (any ServingProtocol)? {
    guard let changed = change(base) as? OpenInferenceV2 else { return nil }
    var other = self
    other.base = changed
    return other
  }

  // MARK: - The server

  /// A server may say that it is ready after the model was unloaded (server#7588); its repository does not.
  var readinessProbes: [Probe] {
    let index = RequestPlan(path: "/v2/repository/index", json: [:])
    let probe = Probe(name: "model READY in the repository", request: index, tolerated: [400, 404]) { document in
      let entries = entries(in: document)
      if entries.contains(where: { $0["state"]?.stringValue == "READY" }) { return .ready }
      let states = entries.map { entry in
        ["version", "state", "reason"].compactMap { entry[$0]?.stringValue }.joined(separator: " ")
      }
      return .waiting(
        states.isEmpty
          ? "the index has no \(base.model ?? "model")" : "version " + states.joined(separator: ", version "))
    }
    return base.readinessProbes + [probe]
  }

  /// What the index of the repository says of the model.
  private func entries(in index: JSONValue) -> [JSONValue] {
    (index.arrayValue ?? []).filter { entry in
      entry["name"]?.stringValue == base.model
        && (base.version == nil || entry["version"]?.stringValue == base.version)
    }
  }

  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    base.metadata(entry, at: location)
  }

  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    base.inference(entry, id: id, at: location)
  }

  func extensionsRequest(_ encoding: RowEncoding) -> (request: RequestPlan, needed: String)? {
    base.extensionsRequest(encoding)
  }

  var declaresTensors: Bool { true }
  var signatureRequest: RequestPlan? { base.signatureRequest }
  var modelsRequest: RequestPlan? { base.modelsRequest }
  func models(in document: JSONValue) -> [String]? { base.models(in: document) }

  /// Who generates text is asked by other names than the tensors that the model declares.
  func signature(in document: JSONValue) -> ModelSignature? {
    let signature = base.signature(in: document)
    return isText ? signature.map { ModelSignature(name: $0.name, versions: $0.versions) } : signature
  }

  // MARK: - Rows

  var rowsPerRequest: Int? { isText ? 1 : base.rowsPerRequest }
  var streamFormat: (any StreamFormat)? { isText ? GenerateStream() : nil }

  var serverCounter: ServerCounter? {
    ServerCounter(path: base.modelPath + "/stats", reading: .statistics(model: base.model ?? ""))
  }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    guard isText else { return try base.request(for: rows, encoding, signature) }
    var members: [JSONObject.Member] = []
    if let prompt = try rows.prompt(among: ["text_input", "prompt"]) { members.append(.init("text_input", prompt)) }
    return RequestPlan(
      path: base.modelPath + "/generate", json: .object(JSONObject(members + parameters.distinctMembers)))
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    guard isText else { return try base.predictions(in: reply, about: count) }
    let document = try reply.json()
    if let error = StreamChunk.error(in: document) {
      throw Complaint(.unusable("the reply has a status of success and says: \(reply.excerpt(error))"))
    }
    guard let text = document["text_output"] else { throw Complaint(.unusable("the reply has no text_output")) }
    var predictions = Predictions([OutputTensor(named: "text_output", of: .array([text]))], rows: count)
    predictions.answeringModel = AnsweringModel(document["model_name"], at: "model_name", asked: base.model ?? "")
    return predictions
  }

  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue? {
    isText ? nil : base.spoiled(document, by: defect)
  }
}
