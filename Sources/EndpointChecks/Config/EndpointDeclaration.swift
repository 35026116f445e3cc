internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// One endpoint as the config declares it.
struct EndpointDeclaration: Sendable {
  var start: StartDeclaration?
  /// Nil until the key is read, never afterwards.
  var url: Located<EndpointURL>?
  var protocolName = ProtocolName.http
  var model: Located<String>?
  var version: Located<String>?
  var headers: [HTTPHeaders.Field] = []
  var timeout = Quantity(10, .seconds)
  var retry = RetryPolicy()
  var connection = ConnectionDeclaration()
  var authentication: Authentication?
  var ready: ReadyDeclaration?
  /// The rows that checks ask about which name none of their own.
  var rows: RowsDeclaration?
  var encoding: Located<RowEncoding>?
  /// What every inference asks for besides its rows: a temperature, a number of tokens.
  var parameters: Located<JSONObject>?
  /// What the model's inputs are, where the server does not declare them.
  var signature: SignatureSource?
  /// The parts of the protocol that are this endpoint's own.
  var custom = Customization()
  var entries: [CheckEntry] = []
  var secrets = Secrets()

  /// `ready:`: how to see that an endpoint is ready, and how long to wait for one that somebody else starts.
  struct ReadyDeclaration: Sendable {
    var path: Located<String>?
    var within: Located<Quantity>?
    var location: SourceLocation?
  }

  static var shape: Shape<EndpointDeclaration> {
    Shape<EndpointDeclaration>.object(EndpointDeclaration(), keys, check: validate).map { declaration, node, _ in
      var declaration = declaration
      declaration.secrets = declaration.secrets(in: node)
      if node[key: "timeout"] == nil { declaration.timeout = declaration.protocolName.preset.timeout }
      if let start = node[key: "start"]?.value { declaration.takeTiming(unlessIn: start) }
      declaration.markSecretCaptures()
      return declaration
    }.named("endpoint")
  }

  private static var keys: [Key<EndpointDeclaration>] {
    [
      .optional(
        "start", \.start, StartDeclaration.shape, "Starts the endpoint for the checks and stops it afterwards."),
      .key(
        "url", \.url, Shape<EndpointURL>.endpointURL.located.optional,
        "Where the endpoint is: http://127.0.0.1:{port}.", required: true),
      .key("protocol", \.protocolName, .choice, "What the endpoint speaks; http when left out."),
      .optional("model", \.model, Shape<String>.name.located, "The model's name in the protocol."),
      .optional(
        "version", \.version, Shape<String>.pathSegment.located, "The model's version, when it is asked for by version."
      ),
      .key(
        "headers", \.headers, .headerFields,
        "Headers sent with every request; one with {{name}} from the request on that captures the value."),
      .key("timeout", \.timeout, .positiveDuration, "How long one exchange may take; 10s, with sagemaker 60s."),
      .key(
        "retry", \.retry, RetryPolicy.shape,
        "Sends an infer or a request again when its reply is not as expected, and asks again for contract, outputs, golden, "
          + "parity, behaviour and access; never. What passes only then is reported as flaky. All others ask once."
      ),
      .optional("auth", \.authentication, Authentication.shape, "Who we are to the endpoint."),
      .optional("ready", \.ready, ready, "How to see that the endpoint is ready."),
      .optional("rows", \.rows, RowsDeclaration.shape, "The rows that checks ask about: a file, or a list of rows."),
      .optional("encoding", \.encoding, RowEncoding.shape.located, "How rows are written in requests."),
      .optional(
        "parameters", \.parameters, parameters,
        "What requests of openai and triton ask for besides: {max_tokens: 64, temperature: 0, seed: 1}."),
      .optional(
        "signature", \.signature, SignatureSource.shape,
        "What the model's inputs are, where the server does not say: a rules file, an MLmodel file, or names with types."
      ),
      .key("checks", \.entries, CheckEntry.shape.list, "What is asked and expected."),
    ] + ConnectionDeclaration.keys.map { $0.within(\.connection) } + Customization.keys(\.custom)
  }

  private static var parameters: Shape<Located<JSONObject>> {
    Shape<JSONValue>.json.map { value, node, problems in
      if let object = value.objectValue { return Located(object, at: node.location) }
      problems.report(
        "parameters are a mapping, found \(node.kind)", at: node.location, help: ["write {max_tokens: 64}"])
      return nil
    }
  }

  /// What the endpoint speaks, with the parts that are its own.
  var preset: any ServingProtocol {
    custom.isEmpty && ready?.path == nil ? protocolName.preset.init(self) : CustomizedProtocol(self)
  }

  /// Gives a started endpoint the times of its protocol, where the config says none.
  private mutating func takeTiming(unlessIn written: Node) {
    if written[key: "ready_within"] == nil { start?.readyWithin.value = protocolName.preset.readyWithin }
    if written[key: "stop_within"] == nil { start?.stopWithin = protocolName.preset.stopWithin }
  }

  private static var ready: Shape<ReadyDeclaration> {
    Shape<ReadyDeclaration>.object(
      ReadyDeclaration(),
      [
        .optional(
          "path", \.path, Shape<String>.requestPath.located, "A path that answers with 2xx once the endpoint is ready."),
        .optional(
          "within", \.within, Shape<Quantity>.positiveDuration.located, "How long to wait for it, without start."),
      ]
    ).map { ready, node, _ in
      var ready = ready
      ready.location = node.location
      return ready
    }
  }

  /// Every secret of the endpoint's part of the config, and the values of its authentication headers.
  private func secrets(in node: Node) -> Secrets {
    var secrets = Secrets(in: node)
    for authentication in [authentication] + entries.map(\.authentication) {
      for text in authentication?.secrets ?? [] { secrets.add(text) }
      if let header = authentication?.header { secrets.add(headerValue: header.value) }
    }
    if case .url(let proxy) = connection.proxy { secrets.add(proxy: proxy) }
    let fields = headers + entries.flatMap(\.headers)
    // A captured value becomes a secret when it has come.
    for field in fields where !CaptureReference.areIn(field.value) {
      if Secrets.isAuthentication(header: field.name) || secrets.occur(in: field.value) {
        secrets.add(headerValue: field.value)
      }
    }
    guard entries.contains(where: \.triesWrongCredentials) else { return secrets }
    secrets.addNearMisses()
    for falsification in Falsification.nearMisses {
      for text in authentication?.wrong(falsification)?.secrets ?? [] { secrets.add(text) }
    }
    return secrets
  }
}
