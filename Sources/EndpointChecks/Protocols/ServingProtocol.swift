internal import JSON
internal import Transport
internal import Verdict

/// What a preset knows about the protocol that an endpoint speaks: its paths and its envelope.
protocol ServingProtocol: Sendable {
  /// The entries of `checks:` that make sense with it.
  static var kinds: [CheckEntry.Kind] { get }
  /// Whether the endpoint serves a model by name.
  static var asksForModel: Bool { get }
  /// Whether its requests are calls of gRPC, whose paths and messages are not for the config to say.
  static var isGRPC: Bool { get }
  /// The ways to write rows, in groups of alternatives. Where none of a group is chosen, the protocol follows what the
  /// model declares, and else takes the first.
  static var encodings: [[RowEncoding.Word]] { get }

  /// Whether the model's name stands in paths, which cannot carry every name.
  static var namesModelInPath: Bool { get }
  /// What the config may not write under `parameters:`, because requests say it themselves; nil for a protocol whose
  /// requests take none.
  static var ownParameters: Set<String>? { get }

  /// How long one exchange may take when the config does not say.
  static var timeout: Quantity { get }
  /// How long a started endpoint may take to be ready, and to leave, when the config does not say.
  static var readyWithin: Quantity { get }
  static var stopWithin: Quantity { get }

  init(_ declaration: EndpointDeclaration)

  /// The model that is asked, and its version; nil where there is no such thing.
  var model: String? { get }
  var version: String? { get }
  /// The same asking another model, or another version; nil for a protocol that names none.
  func asking(model: String) -> (any ServingProtocol)?
  func asking(version: String) -> (any ServingProtocol)?

  /// The requests that must all be answered well before the endpoint is ready.
  var readinessProbes: [Probe] { get }
  /// The request for the model's metadata and the claim about its reply; nil when the protocol has none.
  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)?
  /// The request of an inference and the claim about a successful reply; nil when the protocol has none.
  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)?

  // MARK: Rows

  /// Whether it can ask about rows at all.
  var sendsRows: Bool { get }
  /// How many rows one request carries at most; nil for any number.
  var rowsPerRequest: Int? { get }
  /// Whether servers can tell the model's inputs and outputs, and not only its name.
  var declaresTensors: Bool { get }
  /// The request for what the model declares; nil when the protocol has none.
  var signatureRequest: RequestPlan? { get }
  /// What the reply to that declares; nil when it is nothing.
  func signature(in document: JSONValue) -> ModelSignature?
  /// The request for the names of the models that the server has; nil where nobody lists them.
  var modelsRequest: RequestPlan? { get }
  /// The names in the reply to that; nil when it is no such list.
  func models(in document: JSONValue) -> [String]?
  /// Where the server tells of its extensions, and the one that an encoding needs; nil for what every server reads.
  func extensionsRequest(_ encoding: RowEncoding) -> (request: RequestPlan, needed: String)?
  /// The request that asks about rows.
  ///
  /// - Parameter signature: what the model declares, when that is known: names, datatypes and ranks follow it where the
  ///   encoding does not say otherwise.
  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan
  /// The predictions in a successful reply.
  ///
  /// - Parameter count: how many rows were asked about.
  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions
  /// Why the same rows have another answer every time; nil where nothing says so.
  var variation: String? { get }
  /// How answers are streamed; nil for a protocol that does not say.
  var streamFormat: (any StreamFormat)? { get }
  /// What its servers count of their good answers, and where they tell; nil where that differs from server to server.
  var serverCounter: ServerCounter? { get }
  /// The body of a request that is wrong in one way; nil when it cannot be made so.
  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue?
  /// Whether a request can be wrong in a way at all.
  func allows(_ malformation: Malformation) -> Bool
  /// What the server says in a reply that is an error, in the protocol's own shape; nil for anything else.
  func errorText(in reply: Reply) -> String?
}

extension ServingProtocol {
  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? { nil }
  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    nil
  }

  static var isGRPC: Bool { false }
  static var encodings: [[RowEncoding.Word]] { [] }
  static var namesModelInPath: Bool { true }
  static var ownParameters: Set<String>? { nil }
  static var timeout: Quantity { Quantity(10, .seconds) }
  static var readyWithin: Quantity { Quantity(60, .seconds) }
  static var stopWithin: Quantity { Quantity(10, .seconds) }
  var model: String? { nil }
  var version: String? { nil }
  func asking(model: String) -> (any ServingProtocol)? { nil }
  func asking(version: String) -> (any ServingProtocol)? { nil }
  var sendsRows: Bool { true }
  var variation: String? { nil }
  var streamFormat: (any StreamFormat)? { nil }
  var serverCounter: ServerCounter? { nil }
  var rowsPerRequest: Int? { nil }
  var declaresTensors: Bool { false }
  var signatureRequest: RequestPlan? { nil }
  var modelsRequest: RequestPlan? { nil }
  func models(in document: JSONValue) -> [String]? { nil }
  func extensionsRequest(_ encoding: RowEncoding) -> (request: RequestPlan, needed: String)? { nil }
  func signature(in document: JSONValue) -> ModelSignature? { nil }
  func allows(_ malformation: Malformation) -> Bool { true }

  /// Errors as most servers write them: `{"error": "…"}`, `{"detail": …}` or `{"message": "…"}`.
  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document else { return nil }
    for key in ["error", "detail", "message", "error_code"] {
      if let value = document[key] { return value.stringValue.map { reply.excerpt($0) } ?? reply.excerpt(value) }
    }
    return nil
  }
}

/// A request whose reply says whether some part of the endpoint is ready.
struct Probe: Sendable {
  /// What it asks about: `server ready`.
  let name: String
  let request: RequestPlan
  /// Whether a server may be without the question.
  let isOptional: Bool
  private let state: @Sendable (Reply) -> State

  enum State: Sendable, Equatable {
    case ready
    /// For what, where the reply has words for it; nil for its whole body.
    case waiting(String?)
    /// Nothing will come of it, however long one waits.
    case never

    static let notYet = State.waiting(nil)
  }

  private init(
    _ name: String, _ request: RequestPlan, isOptional: Bool, _ state: @escaping @Sendable (Reply) -> State
  ) {
    (self.name, self.request, self.isOptional, self.state) = (name, request, isOptional, state)
  }

  /// One whose status is the answer. The body says nothing, because servers differ, unless the protocol says what it
  /// means.
  ///
  /// - Parameters:
  ///   - accepted: the statuses that mean yes.
  ///   - tolerated: those that say that there is no such path, in protocols whose servers need not have it.
  ///   - state: what a body says beside its status, in protocols whose servers do not lie in it.
  init(
    name: String, request: RequestPlan, accepted: Range<Int> = 200..<300, tolerated: Set<Int> = [],
    state: (@Sendable (JSONValue) -> State)? = nil
  ) {
    self.init(name, request, isOptional: !tolerated.isEmpty) { reply in
      let status = reply.response.status
      if tolerated.contains(status) { return .ready }
      guard accepted.contains(status) else { return .notYet }
      guard let state else { return .ready }
      guard case .success(let document) = reply.document else { return .notYet }
      return state(document)
    }
  }

  /// One whose whole reply is the answer.
  static func reading(
    _ name: String, _ request: RequestPlan, state: @escaping @Sendable (Reply) -> State
  ) -> Probe {
    Probe(name, request, isOptional: false, state)
  }

  func judge(_ response: HTTPResponse) -> State { state(Reply(response)) }
}

/// The protocols by their names in the config.
enum ProtocolName: String, Sendable, CaseIterable {
  case http
  case openInferenceV2 = "open-inference-v2"
  case openInferenceGRPC = "open-inference-grpc"
  case kserveV1 = "kserve-v1"
  case tensorFlowServing = "tf-serving"
  case mlflow
  case sageMaker = "sagemaker"
  case torchServe = "torchserve"
  case bentoML = "bentoml"
  case litServe = "litserve"
  case seldonV1 = "seldon-v1"
  case rayServe = "ray-serve"
  case openAI = "openai"
  case triton

  var preset: any ServingProtocol.Type {
    switch self {
    case .http: PlainHTTP.self
    case .openInferenceV2: OpenInferenceV2.self
    case .openInferenceGRPC: OpenInferenceGRPC.self
    case .kserveV1: KServeV1.self
    case .tensorFlowServing: TensorFlowServing.self
    case .mlflow: MLflow.self
    case .sageMaker: SageMaker.self
    case .torchServe: TorchServe.self
    case .bentoML: BentoML.self
    case .litServe: LitServe.self
    case .seldonV1: SeldonV1.self
    case .rayServe: RayServe.self
    case .openAI: OpenAI.self
    case .triton: Triton.self
    }
  }
}
