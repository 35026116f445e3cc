internal import JSON
internal import Language
internal import Transport

/// `auth:`: who we are to the endpoint. Sent with every request that does not bring a header of its own for it.
enum Authentication: Sendable, Equatable {
  /// RFC 6750.
  case bearer(String)
  /// RFC 7617.
  case basic(username: String, password: String)
  case header(name: String, value: String)
  case query(name: String, value: String)
  case aws(AWSSignature)

  /// The header that carries it.
  var header: HTTPHeaders.Field? {
    switch self {
    case .bearer(let token): HTTPHeaders.Field(name: "Authorization", value: "Bearer \(token)")
    case .basic(let username, let password):
      HTTPHeaders.Field(name: "Authorization", value: "Basic " + "\(username):\(password)".base64)
    case .header(let name, let value): HTTPHeaders.Field(name: name, value: value)
    case .query, .aws: nil
    }
  }

  /// What is added to the query of a path.
  var queryItem: String? {
    if case .query(let name, let value) = self { "\(name.percentEncoded)=\(value.percentEncoded)" } else { nil }
  }

  var signature: AWSSignature? { if case .aws(let signature) = self { signature } else { nil } }

  /// Every text that no output may show, in each form in which it is sent.
  var secrets: [String] {
    switch self {
    case .bearer(let token): [token]
    case .basic(let username, let password): [password, "\(username):\(password)".base64]
    case .header(_, let value): [value]
    case .query(_, let value): [value, value.percentEncoded]
    case .aws(let signature): [signature.secretKey, signature.accessKey] + [signature.sessionToken].compactMap { $0 }
    }
  }

  /// What stands in the place of a credential that nobody has given out.
  static let nonsense = "cupel-wrong-credential"

  /// The same kind with credentials that nobody has given out; nil where these cannot be made wrong in that way.
  func wrong(_ falsification: Falsification) -> Authentication? {
    switch (falsification, self) {
    case (.empty, .bearer): return .bearer("")
    case (.otherScheme, .bearer): return .basic(username: "cupel", password: Self.nonsense)
    case (.otherScheme, .basic): return .bearer(Self.nonsense)
    case (.otherUser, .basic(_, let password)): return .basic(username: "cupel-nobody", password: password)
    case (.empty, _), (.otherScheme, _), (.otherUser, _): return nil
    default: break
    }
    switch self {
    case .bearer(let token): return falsification.wrong(for: token).map { .bearer($0) }
    case .basic(let username, let password):
      return falsification.wrong(for: password).map { .basic(username: username, password: $0) }
    case .header(let name, let value): return falsification.wrong(for: value).map { .header(name: name, value: $0) }
    case .query(let name, let value): return falsification.wrong(for: value).map { .query(name: name, value: $0) }
    case .aws(var signature):
      guard let key = falsification.wrong(for: signature.secretKey) else { return nil }
      signature.secretKey = key
      return .aws(signature)
    }
  }
}

extension Authentication {
  static var shape: Shape<Authentication> {
    Shape<[Authentication]>.object(
      [],
      [
        kind("bearer", .credential, "A token, sent as Authorization: Bearer.") { .bearer($0) },
        kind("basic", basic, "A user and a password, sent as Authorization: Basic.") { $0 },
        kind("api_key", apiKey, "A key in a header or in the query.") { $0 },
        kind("aws_sigv4", aws, "AWS Signature Version 4, as SageMaker wants it.") { .aws($0) },
      ]
    ) { kinds, node, problems in
      if kinds.count != 1 {
        problems.report("auth is one of bearer, basic, api_key and aws_sigv4", at: node.location)
      }
    }.map { kinds, _, _ in kinds.first }
  }

  private static func kind<Value>(
    _ name: String, _ shape: Shape<Value>, _ documentation: String, make: @escaping (Value) -> Authentication
  ) -> Key<[Authentication]> {
    .each(name, shape, documentation) { value, _, kinds in kinds.append(make(value)) }
  }

  private struct Entry {
    var name = ""
    var secret = ""
    var header: String?
    var query: String?
  }

  private static var basic: Shape<Authentication> {
    Shape<Entry>.object(
      Entry(),
      [
        .key("username", \.name, .string, "The user's name.", required: true),
        .key("password", \.secret, .credential, "The password, as ${secret:NAME}.", required: true),
      ]
    ) { entry, node, problems in
      if entry.name.contains(":") {
        problems.report("a user's name holds no colon (RFC 7617)", at: node[key: "username"]?.value.location)
      }
    }.map { entry -> Authentication in .basic(username: entry.name, password: entry.secret) }
  }

  private static var apiKey: Shape<Authentication> {
    Shape<Entry>.object(
      Entry(),
      [
        .optional("header", \.header, .token, "The header that carries the key: X-API-Key."),
        .optional("query", \.query, .name, "The parameter of the query that carries the key."),
        .key("value", \.secret, .credential, "The key, as ${secret:NAME}.", required: true),
      ]
    ) { entry, node, problems in
      if (entry.header == nil) == (entry.query == nil) {
        problems.report("an API key is sent in a header or in the query", at: node.location)
      }
    }.map { entry -> Authentication in
      if let header = entry.header { return .header(name: header, value: entry.secret) }
      return .query(name: entry.query ?? "", value: entry.secret)
    }
  }

  private static var aws: Shape<AWSSignature> {
    Shape<AWSSignature>.object(
      AWSSignature(region: "", service: "", accessKey: "", secretKey: ""),
      [
        .key("region", \.region, word, "The region: eu-central-1.", required: true),
        .key("service", \.service, word, "The service: sagemaker.", required: true),
        .key("access_key", \.accessKey, .credential, "The id of the key, as ${secret:NAME}.", required: true),
        .key("secret_key", \.secretKey, .credential, "The key, as ${secret:NAME}.", required: true),
        .optional("session_token", \.sessionToken, .credential, "The token of temporary credentials."),
      ])
  }

  /// A part of the scope that is signed.
  private static var word: Shape<String> {
    Shape<String>.name.map { text, node, problems in
      if text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D }) {
        return text
      }
      problems.report("expected letters, digits and hyphens, found \(node.kind)", at: node.location)
      return nil
    }
  }
}

extension Shape<String> {
  /// A secret: it comes from the environment, never from the file, and fits a header.
  static var credential: Shape {
    name.map { text, node, problems in
      guard node.origin == .secret || node.origin == .environment else {
        problems.report(
          "a credential stands in the file", at: node.location,
          help: ["write ${secret:NAME} and set NAME in the environment"])
        return nil
      }
      if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return text }
      problems.report(
        "the credential holds a line break or another control character", at: node.location,
        help: ["a variable that is filled from a file often ends with a line break"])
      return nil
    }
  }
}
