internal import JSON

/// What proves to a server who asks, and the texts that must therefore appear in no output.
struct RemoteCredentials: Sendable {
  /// The value of the `Authorization` header; nil sends none.
  private(set) var authorization: String?
  /// The variables that it is taken from, for advice.
  let variables: String
  private var secrets: [String] = []

  /// A whole header value out of one variable: `Bearer …`, `Basic …`.
  init(header value: String?, variables: String) {
    self.variables = variables
    guard let value, !value.isEmpty else { return }
    authorization = value
    // The scheme is no secret, and what follows it is one also without it.
    secrets = RemoteSecrets.parts(of: value)
  }

  /// User and password (RFC 7617) when both are there, else a token (RFC 6750): MLflow's own order.
  init(user: String?, password: String?, token: String?, variables: String) {
    self.variables = variables
    if let user, let password, !user.isEmpty, !password.isEmpty {
      let encoded = "\(user):\(password)".base64
      authorization = "Basic " + encoded
      secrets = [password, encoded]
    } else if let token, !token.isEmpty {
      authorization = "Bearer " + token
      secrets = [token]
    }
  }

  /// Words of a server in one short line, without the secrets that it may repeat.
  func masked(_ words: String) -> String {
    var text = words.prefix(4000).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for secret in secrets.sorted(by: { $0.count > $1.count }) where secret.utf8.count >= 4 {
      text = text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }
    return text.count > 300 ? text.prefix(300) + "…" : text
  }
}
