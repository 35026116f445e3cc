internal import JSON
internal import Language
internal import Protobuf
internal import Transport
internal import Verdict

/// The Open Inference Protocol, version 2, over gRPC (kserve/open-inference-protocol, `inference_grpc.md`), as Triton,
/// MLServer and KServe speak it: the documents of REST, in calls.
struct OpenInferenceGRPC: ServingProtocol {
  private let rest: OpenInferenceV2
  private let contents: TensorContents

  static let kinds: [CheckEntry.Kind] = [.ready, .metadata, .infer]
  static let asksForModel = true
  static let isGRPC = true
  static let encodings: [[RowEncoding.Word]] = [[.columns, .matrix], [.fp32, .fp64], [.typed, .raw]]

  init(_ declaration: EndpointDeclaration) {
    self.init(
      OpenInferenceV2(declaration), declaration.encoding?.value.has(.raw) == true ? .raw : .typed)
  }

  private init(_ rest: OpenInferenceV2, _ contents: TensorContents) {
    self.rest = rest
    self.contents = contents
  }

  var model: String? { rest.model }
  var version: String? { rest.version }

  func asking(model: String) -> (any ServingProtocol)? {
    (rest.asking(model: model) as? OpenInferenceV2).map { OpenInferenceGRPC($0, contents) }
  }

  func asking(version: String) -> (any ServingProtocol)? {
    (rest.asking(version: version) as? OpenInferenceV2).map { OpenInferenceGRPC($0, contents) }
  }

  private static func plan(_ call: GRPCCall, _ document: JSONValue) -> RequestPlan {
    var plan = RequestPlan(method: "POST", path: call.path, body: JSONWriter.lenient.bytes(document))
    plan.call = call
    return plan
  }

  /// What names the model in the messages of two methods; the version only when one is asked for.
  private func name(_ nameKey: String, _ versionKey: String) -> [JSONObject.Member] {
    [JSONObject.Member(nameKey, .string(model ?? ""))] + (version.map { [.init(versionKey, .string($0))] } ?? [])
  }

  private var named: JSONValue { .object(JSONObject(name("name", "version"))) }

  /// The server's health by gRPC's own service is asked for where the server has that service.
  var readinessProbes: [Probe] {
    func probe(_ name: String, _ method: String, _ request: JSONValue, _ key: String) -> Probe {
      Probe(name: name, request: Self.plan(GRPCCall(.inference, method), request)) { document in
        // A message leaves out what is false.
        document[key] == true ? .ready : .waiting(document[key] == nil ? "\(key) is false" : nil)
      }
    }
    return [
      probe("server live", "ServerLive", [:], "live"), probe("server ready", "ServerReady", [:], "ready"),
      probe("model ready", "ModelReady", named, "ready"),
      Probe(name: "health", request: Self.plan(GRPCCall(.health, "Check"), [:]), tolerated: [501]) {
        $0["status"] == "SERVING" ? .ready : .notYet
      },
    ]
  }

  var declaresTensors: Bool { true }
  var signatureRequest: RequestPlan? { Self.plan(GRPCCall(.inference, "ModelMetadata"), named) }

  func signature(in document: JSONValue) -> ModelSignature? { rest.signature(in: document) }

  var modelsRequest: RequestPlan? { Self.plan(GRPCCall(.inference, "RepositoryIndex"), [:]) }

  func models(in document: JSONValue) -> [String]? { document["models"].flatMap { rest.models(in: $0) } }

  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    rest.metadata(entry, at: location).map { (Self.plan(GRPCCall(.inference, "ModelMetadata"), named), $0.1) }
  }

  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    rest.inference(entry, id: id, at: location).map { (calling($0.0, contents), $0.1) }
  }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    let request = try rest.request(for: rows, encoding, signature)
    let contents: TensorContents = encoding.has(.raw) ? .raw : encoding.has(.typed) ? .typed : contents
    let plan = calling(request, contents)
    do throws(MessageError) {
      _ = try plan.call?.body(of: plan.body)
    } catch {
      throw Complaint(.unwritable("these rows cannot be sent: \(error)"))
    }
    return plan
  }

  /// An inference over REST as a call: the model, which stands in the path there, goes into the document.
  private func calling(_ request: RequestPlan, _ contents: TensorContents) -> RequestPlan {
    let document = (try? JSONParser.parse(request.body, mode: .lenient))?.objectValue?.members ?? []
    let call = GRPCCall(.inference, "ModelInfer", contents: contents)
    var plan = Self.plan(call, .object(JSONObject(name("model_name", "model_version") + document)))
    plan.headers = HTTPHeaders(request.headers.fields.filter { $0.name.lowercased() != "content-type" })
    plan.timeout = request.timeout
    return plan
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    try rest.predictions(in: reply, about: count)
  }

  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue? { rest.spoiled(document, by: defect) }

  /// Messages have no null, and what carries them is refused before any server of models sees it.
  func allows(_ malformation: Malformation) -> Bool {
    ![.null, .badJSON, .badContentType, .badMethod].contains(malformation)
  }
}
