internal import Transport
internal import Verdict

/// What a preset knows about the protocol that an endpoint speaks: its paths and its envelope.
protocol ServingProtocol: Sendable {
  /// The entries of `checks:` that make sense with it.
  static var kinds: [CheckEntry.Kind] { get }
  /// Whether the endpoint serves a model by name.
  static var asksForModel: Bool { get }

  init(_ declaration: EndpointDeclaration)

  /// The requests that must all be answered well before the endpoint is ready.
  var readinessProbes: [Probe] { get }
  /// The request for the model's metadata and the claim about its reply; nil when the protocol has none.
  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)?
  /// The request of an inference and the claim about a successful reply; nil when the protocol has none.
  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)?
}

extension ServingProtocol {
  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? { nil }
  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    nil
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
