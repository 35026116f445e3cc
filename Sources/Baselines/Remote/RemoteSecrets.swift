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
    if words.first?.lowercased() == "basic", let decoded = words.last.flatMap(decode) {
      secrets.append(decoded)
      if let colon = decoded.firstIndex(of: ":") { secrets.append(String(decoded[decoded.index(after: colon)...])) }
    }
    return secrets
  }

  /// The text that was written in base64 (RFC 4648); nil for what is none.
  private static func decode(_ text: String) -> String? {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (bits, count): (UInt32, UInt32) = (0, 0)
    var bytes: [UInt8] = []
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      (bits, count) = (bits << 6 | UInt32(digit), count + 6)
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
