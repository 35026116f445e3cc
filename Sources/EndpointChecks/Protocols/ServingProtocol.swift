internal import JSON
internal import Transport
internal import Verdict

/// What a preset knows about the protocol that an endpoint speaks: its paths and its envelope.
protocol ServingProtocol: Sendable {
  /// The entries of `checks:` that make sense with it.
  static var kinds: [CheckEntry.Kind] { get }
  /// Whether the endpoint serves a model by name.
  static var asksForModel: Bool { get }
  /// The ways to write rows, in groups of alternatives; the first of each group is the protocol's own.
  static var encodings: [[RowEncoding.Word]] { get }

  init(_ declaration: EndpointDeclaration)

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
  /// The request for what the model declares; nil when the protocol has none.
  var signatureRequest: RequestPlan? { get }
  /// What the reply to that declares; nil when it is nothing.
  func signature(in document: JSONValue) -> ModelSignature?
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
  /// What the server says in a reply that is an error, in the protocol's own shape; nil for anything else.
  func errorText(in reply: Reply) -> String?
}

extension ServingProtocol {
  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? { nil }
  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    nil
  }

  static var encodings: [[RowEncoding.Word]] { [] }
  var sendsRows: Bool { true }
  var rowsPerRequest: Int? { nil }
  var signatureRequest: RequestPlan? { nil }
  func signature(in document: JSONValue) -> ModelSignature? { nil }

  /// Errors as most servers write them: `{"error": "…"}`, `{"detail": …}` or `{"message": "…"}`.
  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document else { return nil }
    for key in ["error", "detail", "message", "error_code"] {
      if let value = document[key] { return value.stringValue.map { reply.excerpt($0) } ?? reply.excerpt(value) }
    }
    return nil
  }
}

/// A request whose status says whether some part of the endpoint is ready. The body says nothing: servers differ.
struct Probe: Sendable {
  /// What it asks about: `server ready`.
  var name: String
  var request: RequestPlan
  /// The statuses that mean yes.
  var accepted: Range<Int> = 200..<300
}

/// The protocols by their names in the config.
enum ProtocolName: String, Sendable, CaseIterable {
  case http
  case openInferenceV2 = "open-inference-v2"

  var preset: any ServingProtocol.Type {
    switch self {
    case .http: PlainHTTP.self
    case .openInferenceV2: OpenInferenceV2.self
    }
  }
}
