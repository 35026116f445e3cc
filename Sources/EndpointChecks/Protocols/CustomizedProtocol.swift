internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// A protocol of which the config says some parts anew: paths, the body of requests, where predictions stand.
struct CustomizedProtocol: ServingProtocol {
  private let base: any ServingProtocol
  private let custom: Customization
  private let readyPath: String?

  // The types of protocols are asked for these, and this is none of them.
  static let kinds: [CheckEntry.Kind] = []
  static let asksForModel = false

  init(_ declaration: EndpointDeclaration) {
    self.init(
      declaration.protocolName.preset.init(declaration), declaration.custom, declaration.ready?.path?.value)
  }

  private init(_ base: any ServingProtocol, _ custom: Customization, _ readyPath: String?) {
    self.base = base
    self.custom = custom
    self.readyPath = readyPath
  }

  var model: String? { base.model }
  var version: String? { base.version }

  /// A path of the config's own names no model.
  func asking(model: String) -> (any ServingProtocol)? {
    custom.inferPath == nil ? base.asking(model: model).map { CustomizedProtocol($0, custom, readyPath) } : nil
  }

  func asking(version: String) -> (any ServingProtocol)? {
    guard custom.inferPath == nil, custom.metadataPath == nil else { return nil }
    return base.asking(version: version).map { CustomizedProtocol($0, custom, readyPath) }
  }

  var readinessProbes: [Probe] {
    readyPath.map { [Probe(name: "GET \($0)", request: RequestPlan(path: $0))] } ?? base.readinessProbes
  }

  func metadata(_ entry: MetadataEntry, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    base.metadata(entry, at: location).map { (moved($0.0, to: custom.metadataPath), $0.1) }
  }

  func inference(_ entry: InferEntry, id: String, at location: SourceLocation) -> (RequestPlan, any Expectation)? {
    base.inference(entry, id: id, at: location).map { (moved($0.0, to: custom.inferPath), $0.1) }
  }

  var sendsRows: Bool { base.sendsRows || custom.request != nil || custom.inferPath != nil }

  var rowsPerRequest: Int? {
    if let count = custom.rowsPerRequest { return count }
    if let template = custom.request { return template.isSingle ? 1 : nil }
    return base.rowsPerRequest
  }

  var declaresTensors: Bool { base.declaresTensors }
  var signatureRequest: RequestPlan? { base.signatureRequest.map { moved($0, to: custom.metadataPath) } }

  func extensionsRequest(_ encoding: RowEncoding) -> (request: RequestPlan, needed: String)? {
    base.extensionsRequest(encoding)
  }

  func signature(in document: JSONValue) -> ModelSignature? { base.signature(in: document) }
  var modelsRequest: RequestPlan? { base.modelsRequest }
  func models(in document: JSONValue) -> [String]? { base.models(in: document) }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    var request = try base.request(for: rows, encoding, signature)
    if let template = custom.request {
      let written = RequestPlan(path: request.path, json: template.filled(with: rows))
      (request.body, request.headers) = (written.body, written.headers)
    }
    return moved(request, to: custom.inferPath)
  }

  /// A body of the config's own says for itself how it is answered.
  var variation: String? { custom.request == nil ? base.variation : nil }
  var streamFormat: (any StreamFormat)? { base.streamFormat }
  var serverCounter: ServerCounter? { base.serverCounter }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    guard let paths = custom.reply else { return try base.predictions(in: reply, about: count) }
    return try paths.predictions(in: reply.json(), about: count)
  }

  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue? { base.spoiled(document, by: defect) }

  func allows(_ malformation: Malformation) -> Bool { base.allows(malformation) }

  func errorText(in reply: Reply) -> String? { base.errorText(in: reply) }

  private func moved(_ request: RequestPlan, to path: String?) -> RequestPlan {
    var request = request
    if let path { request.path = path }
    return request
  }
}

/// The parts of a protocol that a config says anew.
struct Customization: Sendable {
  var inferPath: String?
  var metadataPath: String?
  var request: RequestTemplate?
  var reply: ReplyPaths?
  var rowsPerRequest: Int?

  var isEmpty: Bool {
    inferPath == nil && metadataPath == nil && request == nil && reply == nil && rowsPerRequest == nil
  }

  /// The keys of the endpoint that has the customization at this path.
  static func keys(_ path: WritableKeyPath<EndpointDeclaration, Customization>) -> [Key<EndpointDeclaration>] {
    let paths = Shape<Customization>.object(
      Customization(),
      [
        .optional("infer", \.inferPath, .requestPath, "Where rows are sent."),
        .optional("metadata", \.metadataPath, .requestPath, "Where the model tells of itself."),
      ])
    let keys: [Key<Customization>] = [
      .each("paths", paths, "Paths in place of the protocol's own.") { paths, _, custom in
        (custom.inferPath, custom.metadataPath) = (paths.inferPath, paths.metadataPath)
      },
      .optional(
        "request", \.request, RequestTemplate.shape,
        "The body that asks about rows, as YAML, with \"{records}\", \"{rows}\" or another placeholder for them."),
      .optional(
        "reply", \.reply, ReplyPaths.shape, "Where predictions stand in a reply: a JSONPath, or one by output."),
      .optional(
        "rows_per_request", \.rowsPerRequest, .integer(in: 1...1_000_000), "At most so many rows in a request."),
    ]
    return keys.map { $0.within(path) }
  }
}
