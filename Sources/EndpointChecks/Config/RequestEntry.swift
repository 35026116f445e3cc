internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// `request:`: any HTTP request.
struct RequestEntry: Sendable {
  var id: Located<String>?
  var method: String?
  var path: Located<String>?
  var headers: [HTTPHeaders.Field] = []
  var text: String?
  var json: JSONValue?
  var timeout: Quantity?
  var severity = Severity.block
  var expectations = ExpectationList()
  var captures: [CaptureExpectation] = []
  /// Nil for the endpoint's own.
  var retry: RetryPolicy?
  /// The captured values that stand in it, as `{{name}}`.
  var references: [CaptureReference] = []

  static var shape: Shape<RequestEntry> {
    Shape<RequestEntry>.object(
      RequestEntry(),
      [
        .optional("id", \.id, Shape<String>.name.located, "The name of the request in the identities of its checks."),
        .optional("method", \.method, .token, "The method; GET, or POST when there is a body."),
        .key(
          "path", \.path, Shape<String>.requestPath.located.optional, "The path after the url, with its query.",
          required: true),
        .key("headers", \.headers, .headerFields, "Headers for this request; they replace the endpoint's."),
        .optional("body", \.text, .string, "The body as it stands."),
        .optional("json", \.json, .json, "The body as YAML, sent as JSON."),
        .optional("timeout", \.timeout, .positiveDuration, "How long this exchange may take."),
        .key("severity", \.severity, .choice, "Whether a failure blocks (the default) or warns."),
        .key(
          "expect", \.expectations, ExpectationList.shape, "What is expected of the reply; status 200 when left out."),
        .key("capture", \.captures, CaptureExpectation.shape, "Values of the reply for later requests: {{name}}."),
        .optional("retry", \.retry, RetryPolicy.shape, "Sends it again when the reply is not as expected."),
      ]
    ) { entry, node, problems in
      if entry.text != nil, entry.json != nil {
        problems.report("a request has one body: body or json", at: node[key: "json"]?.keyLocation ?? node.location)
      }
    }.map { entry, node, _ in
      var entry = entry
      entry.references = ["path", "headers", "body", "json", "expect"].flatMap {
        CaptureReference.all(in: node[key: $0]?.value)
      }
      return entry
    }
  }

  /// The body with the captured values in it; nil when there is none.
  func body(with captures: Captures) -> [UInt8]? {
    text.map { Array(captures.fill($0).utf8) } ?? json.map { JSONWriter.compact.bytes(captures.fill($0)) }
  }

  var request: RequestPlan {
    let body = body(with: Captures())
    var headers = HTTPHeaders(headers)
    if json != nil, headers["Content-Type"] == nil { headers.append(name: "Content-Type", value: "application/json") }
    return RequestPlan(
      method: method ?? (body == nil ? "GET" : "POST"), path: path?.value ?? "/", headers: headers, body: body ?? [],
      timeout: timeout?.duration)
  }
}
