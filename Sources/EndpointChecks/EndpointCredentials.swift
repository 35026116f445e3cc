internal import Language
internal import Verdict

/// What proves who asks an endpoint on the command line: the names of environment variables, and files.
package struct EndpointCredentials: Sendable {
  /// The variable that holds a token.
  var bearer: String?
  /// The variable that holds `user:password`.
  var basic: String?
  var headers: [(name: String, variable: String)] = []
  var ca: String?
  var certificate: String?
  var key: String?
  private var environment: [String: String] = [:]

  package init() {}

  package init(
    bearer: String?, basic: String?, headers: [(name: String, variable: String)], ca: String?, certificate: String?,
    key: String?, environment: [String: String]
  ) {
    self.bearer = bearer
    self.basic = basic
    self.headers = headers
    self.ca = ca
    self.certificate = certificate
    self.key = key
    self.environment = environment
  }

  /// Every secret that the variables hold.
  package var secrets: [String] {
    let password = basic.flatMap { environment[$0] }.flatMap { Self.userAndPassword($0)?.password }
    return ([bearer, basic] + headers.map(\.variable)).compactMap { $0.flatMap { environment[$0] } }
      + [password].compactMap { $0 }
  }

  /// The keys of an endpoint in the config that say the same.
  func entries(at place: SourceLocation, _ problems: inout Problems) -> [(String, Node)] {
    func node(_ entries: [(String, Node)]) -> Node {
      Node(.mapping(entries.map { Node.Entry(key: $0.0, keyLocation: place, value: $0.1) }), at: place)
    }
    var auth: [(String, Node)] = []
    if let bearer, let token = value(of: bearer, "--bearer-env", &problems) {
      auth.append(("bearer", secret(token, at: place)))
    }
    if let basic, let text = value(of: basic, "--basic-env", &problems) {
      if let (user, password) = Self.userAndPassword(text) {
        let entries = [
          ("username", Node(.scalar(user, quoted: true), at: place, origin: .environment)),
          ("password", secret(password, at: place)),
        ]
        auth.append(("basic", node(entries)))
      } else {
        problems.report("the variable that --basic-env names does not hold user:password", at: nil)
      }
    }
    let fields = headers.compactMap { header in
      value(of: header.variable, "--header-env", &problems).map { (header.name, secret($0, at: place)) }
    }
    let files = [("ca", ca), ("certificate", certificate), ("key", key)].compactMap { name, path in
      path.map { (name, Node(.scalar($0, quoted: true), at: place)) }
    }
    return [("auth", auth), ("headers", fields), ("tls", files)].filter { !$0.1.isEmpty }.map { ($0.0, node($0.1)) }
  }

  /// The value of a variable. What is named is told only when it looks like a name: a secret in its place is not.
  private func value(of variable: String, _ option: String, _ problems: inout Problems) -> String? {
    if let value = environment[variable], !value.isEmpty { return value }
    let isName = variable.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    problems.report(
      "the environment variable that \(option) names is not set" + (isName ? ": \(variable)" : ""), at: nil,
      help: ["\(option) takes the name of a variable, not the secret: everybody can read a command line"])
    return nil
  }

  private func secret(_ text: String, at place: SourceLocation) -> Node {
    Node(.scalar(text, quoted: true), at: place, origin: .secret)
  }

  /// RFC 7617: the password may hold colons.
  private static func userAndPassword(_ text: String) -> (user: String, password: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
