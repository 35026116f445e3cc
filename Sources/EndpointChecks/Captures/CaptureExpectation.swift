internal import JSON
internal import Language
internal import Scan
internal import Transport
internal import Verdict

/// The reply has a value that later requests use as `{{name}}`.
struct CaptureExpectation: Expectation {
  /// The name that the config chose.
  var capture: String
  var source: Source
  /// Whether no output may show the value.
  var isSecret = false
  var location: SourceLocation?
  /// The identity of the check, once it is planned.
  var check = CheckID(suite: .endpoints, subject: "", check: "")

  /// Where in the reply the value is.
  enum Source: Sendable {
    case json(JSONPath)
    case header(String)
    case status

    var words: String {
      switch self {
      case .json(let path): path.text
      case .header(let name): "header \(name)"
      case .status: "status"
      }
    }
  }

  /// Why there is no value.
  struct Absent: Error {
    var message: String
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "capture",
    summary:
      "The reply has exactly one value at a JSONPath, in a header or as its status, which later requests use as "
      + "{{name}} in their path, headers, bodies and expected texts, and all of them in the endpoint's headers. With "
      + "secret: true, and when it is sent in an authentication header, no output shows it.",
    why: "Logins, jobs and uploads take more than one request: what the first reply names, the next request needs.",
    example: "- request:\n    id: login\n    path: /token\n    capture: {token: {json: $.access_token, secret: true}}\n"
      + "- request:\n    path: /whoami\n    headers: {Authorization: \"Bearer {{token}}\"}",
    fix: "Look at the reply in the finding: the path or the header is not in it, or it is null. Requests that use the "
      + "value were not sent.")

  var name: String { "capture \(capture)" }

  func judge(_ reply: Reply) -> Judgement {
    let limit = Bound.text("one value of \(source.words)")
    do throws(Absent) {
      let value = try value(in: reply)
      let shown = isSecret ? Secrets.mask : reply.excerpt(value)
      return Judgement(.passed, "\(capture) is \(shown)", evidence: Evidence(observedText: shown, limit: limit))
    } catch {
      return Judgement(
        .failed, "{{\(capture)}} has no value: \(error.message)", evidence: Evidence(observedText: "none", limit: limit)
      )
    }
  }

  /// The value in a reply.
  func value(in reply: Reply) throws(Absent) -> JSONValue {
    switch source {
    case .status: return .number(JSONNumber(Int64(reply.response.status)))
    case .header(let name):
      let values = reply.response.headers.values(of: name)
      guard let value = values.first else { throw Absent(message: "header \(name) is absent") }
      guard values.count == 1 else { throw Absent(message: "header \(name) is there \(values.count) times") }
      return .string(value)
    case .json(let path):
      let document: JSONValue
      switch reply.document {
      case .success(let value): document = value
      case .failure(let problem): throw Absent(message: problem.message)
      }
      guard let nodes = try? path.nodes(in: document) else { throw Absent(message: "\(path.text) visits too much") }
      guard let node = nodes.first else { throw Absent(message: "\(path.text) is absent") }
      guard nodes.count == 1 else { throw Absent(message: "\(path.text) selects \(nodes.count) values") }
      guard node.value != .null else { throw Absent(message: "\(path.text) is null") }
      guard !node.value.isNaNOrInfinity else { throw Absent(message: "\(path.text) is \(node.value)") }
      return node.value
    }
  }

  /// `capture:`, by name: a JSONPath, `status`, or a mapping that says more.
  static var shape: Shape<[CaptureExpectation]> {
    let short = Shape<String>(.type("string")) { node, problems in Shape<String>.string.decode(node, &problems) }
      .map { text, node, problems -> CaptureExpectation? in
        if text == "status" { return CaptureExpectation(capture: "", source: .status) }
        if text.hasPrefix("$") {
          return Shape<JSONPath>.jsonPath.decode(node, &problems).map {
            CaptureExpectation(capture: "", source: .json($0))
          }
        }
        problems.report(
          "expected a JSONPath such as $.id, status, or a mapping, found \(node.kind)", at: node.location,
          help: ["a header is written {header: NAME}"])
        return nil
      }
    return long.when(\.isMapping, otherwise: short).located.dictionary.map { captures, _, problems in
      captures.map { capture in
        if !CaptureReference.isName(capture.name.value) {
          problems.report(
            "a captured value is named by letters, digits, _ and -", at: capture.name.location,
            help: ["it is used as {{name}}"])
        }
        var expectation = capture.value.value
        expectation.capture = capture.name.value
        expectation.location = capture.value.location
        return expectation
      }
    }
  }

  private struct Entry {
    var sources: [Source] = []
    var isSecret = false
  }

  private static var long: Shape<CaptureExpectation> {
    Shape<Entry>.object(
      Entry(),
      [
        .each("json", .jsonPath, "A JSONPath query (RFC 9535) that selects the value.") { path, _, entry in
          entry.sources.append(.json(path))
        },
        .each("header", .token, "The header that holds the value.") { name, _, entry in
          entry.sources.append(.header(name))
        },
        .key("secret", \.isSecret, .bool, "Whether no output may show the value."),
      ]
    ) { entry, node, problems in
      if entry.sources.count != 1 {
        problems.report("a captured value has one source: json or header", at: node.location)
      }
    }.map { entry, _, _ in
      entry.sources.first.map { CaptureExpectation(capture: "", source: $0, isSecret: entry.isSecret) }
    }
  }
}
