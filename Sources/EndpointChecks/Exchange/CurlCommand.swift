internal import Transport

/// The command line that sends a request again. Secrets stand in it as variables of the shell: `$AUTHORIZATION`.
struct CurlCommand: CustomStringConvertible {
  var request: HTTPRequest
  var secrets: Secrets

  /// A longer body is named, not written.
  static let maximumBodyBytes = 8 << 10

  var description: String {
    // A shell has no plain word for an end of a line or another byte that no terminal shows.
    let isPiped = isShown && bodyNeedsEscapes
    var words = (isPiped ? ["printf", "%b", escapedBody, "|"] : []) + ["curl", "-sS", "-i"]
    // curl takes brackets and braces for ranges.
    if request.url.contains(where: { "[]{}".contains($0) }) { words.append("-g") }
    // A stream shows its events when they come.
    if request.recordsArrivals { words.append("-N") }
    if request.method == "HEAD" {
      words.append("-I")
    } else if request.method != (sendsBody ? "POST" : "GET") {
      words += ["-X", Self.quoted(request.method)]
    }
    words.append(Self.quoted(secrets.mask(request.url)))
    for field in request.headers.fields {
      // "Name:" would take a header away.
      words += ["-H", field.value.isEmpty ? Self.quoted("\(field.name);") : secrets.shellWord(field)]
    }
    if sendsBody {
      // curl would say that it is a form.
      if request.headers["Content-Type"] == nil, request.signature == nil {
        words += ["-H", Self.quoted("Content-Type:")]
      }
      words += isPiped ? ["--data-binary", "@-"] : [option(for: body), Self.quoted(body)]
    }
    if let file = request.tls.caFile { words += ["--cacert", Self.quoted(secrets.mask(file))] }
    if request.tls.acceptsAnyCertificate { words.append("-k") }
    return (words + identity + route).joined(separator: " ")
  }

  /// What says who we are.
  private var identity: [String] {
    var words: [String] = []
    if let file = request.tls.clientCertificateFile { words += ["--cert", Self.quoted(secrets.mask(file))] }
    if let file = request.tls.clientKeyFile { words += ["--key", Self.quoted(secrets.mask(file))] }
    if let signature = request.signature {
      words += ["--aws-sigv4", signature.scope, "-u", #""$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY""#]
      if signature.sessionToken != nil {
        words += ["-H", #"'X-Amz-Security-Token: '"$AWS_SESSION_TOKEN""#]
      }
    }
    return words
  }

  /// What says how to get there.
  private var route: [String] {
    var words: [String] = []
    if let version = request.tls.minimumVersion { words.append("--tlsv\(version.rawValue)") }
    if let version = request.tls.maximumVersion { words += ["--tls-max", version.rawValue] }
    switch request.version {
    case .automatic: break
    case .http1_1: words.append("--http1.1")
    case .http2: words.append(request.url.hasPrefix("https:") ? "--http2" : "--http2-prior-knowledge")
    }
    switch request.proxy {
    case .environment: break
    case .none: words += ["--noproxy", "'*'"]
    case .url(let url): words += ["--proxy", Self.quoted(secrets.mask(url))]
    }
    return words
  }

  /// Whether there is one, if only an empty one, of which the length is told (RFC 9110, 8.6).
  private var sendsBody: Bool { !request.body.isEmpty || ["POST", "PUT"].contains(request.method) }

  private var isShown: Bool { request.body.count <= Self.maximumBodyBytes }

  private var body: String {
    isShown ? String(decoding: secrets.mask(request.body), as: UTF8.self) : "@request-body"
  }

  /// A body that begins with `@` is no file.
  private func option(for body: String) -> String { isShown && body.hasPrefix("@") ? "--data-raw" : "--data-binary" }

  private var bodyNeedsEscapes: Bool {
    if request.body.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return true }
    guard let text = String(validating: request.body, as: UTF8.self) else { return true }
    return text.unicodeScalars.contains { !$0.isASCII && $0.isInvisible }
  }

  /// The body for `printf %b` (POSIX): backslashes doubled, and other bytes than text as octal numbers.
  private var escapedBody: String {
    let bytes = secrets.mask(request.body)
    let isText = String(validating: bytes, as: UTF8.self)?.unicodeScalars.allSatisfy { !$0.isInvisible } ?? false
    var escaped: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\\"): escaped += "\\\\".utf8
      case UInt8(ascii: "\n"): escaped += "\\n".utf8
      case 0..<0x20, 0x7F,
        0x80... where byte < 0x80 || !isText:
        let octal = String(byte, radix: 8)
        escaped += ("\\0" + String(repeating: "0", count: 3 - octal.utf8.count) + octal).utf8
      default: escaped.append(byte)
      }
    }
    return Self.quoted(String(decoding: escaped, as: UTF8.self))
  }

  /// One word for a POSIX shell.
  static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_./:=,@+".utf8.contains(byte)
    }
    if plain && !text.isEmpty { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}

extension Unicode.Scalar {
  /// Whether a report shows an escape in its place, so that whoever copies the line sends something else.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: true
    default: false
    }
  }
}

extension Secrets {
  /// A header field as a word for a POSIX shell, with a variable for a value that is secret.
  func shellWord(_ field: HTTPHeaders.Field) -> String {
    guard Self.isAuthentication(header: field.name) || occur(in: field.value) else {
      return CurlCommand.quoted("\(field.name): \(field.value)")
    }
    let variable = field.name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    // The name is a token (RFC 9110, 5.6.2), which may hold `$` and a backtick; only the variable is for the shell.
    return CurlCommand.quoted("\(field.name): ") + "\"$\(String(variable))\""
  }
}
