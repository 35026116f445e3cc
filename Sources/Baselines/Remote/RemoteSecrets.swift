internal import JSON

/// The texts of the environment that prove who asks for a baseline: no report may show them, whoever repeats them.
package enum RemoteSecrets {
  package static func all(in environment: [String: String]) -> [String] {
    let header = environment[WebReference.variable].map(parts) ?? []
    let settings = ["MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN"].compactMap { environment[$0] }
    return (header + settings).filter { !$0.isEmpty }
  }

  /// A header's value, what follows its scheme, and of basic credentials the password (RFC 7617).
  static func parts(of header: String) -> [String] {
    let words = header.split(separator: " ").map(String.init)
    var secrets = [header] + words.dropFirst()
    if words.first?.lowercased() == "basic", let bytes = words.last.flatMap(Base64.decode),
      let decoded = String(validating: bytes, as: UTF8.self)
    {
      secrets.append(decoded)
      if let colon = decoded.firstIndex(of: ":") { secrets.append(String(decoded[decoded.index(after: colon)...])) }
    }
    return secrets
  }
}
