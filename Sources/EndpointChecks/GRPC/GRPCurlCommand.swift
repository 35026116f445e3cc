internal import JSON
internal import Protobuf
internal import Transport

/// The command line that makes a call again by grpcurl, with the `.proto` file that Cupel prints: few servers tell their own.
struct GRPCurlCommand: CustomStringConvertible {
  var call: GRPCCall
  /// What went out, and the document that it stands for.
  var request: HTTPRequest
  var document: [UInt8]
  var secrets: Secrets

  var description: String {
    var words = ["cupel schema \(call.file.rawValue) > \(call.file.name) && grpcurl"]
    if request.url.hasPrefix("http:") { words.append("-plaintext") }
    if let file = request.tls.caFile { words += ["-cacert", CurlCommand.quoted(secrets.mask(file))] }
    if request.tls.acceptsAnyCertificate { words.append("-insecure") }
    if let file = request.tls.clientCertificateFile { words += ["-cert", CurlCommand.quoted(secrets.mask(file))] }
    if let file = request.tls.clientKeyFile { words += ["-key", CurlCommand.quoted(secrets.mask(file))] }
    words += ["-import-path", ".", "-proto", call.file.name]
    for field in request.headers.fields where !Self.own.contains(field.name.lowercased()) {
      words += ["-H", secrets.shellWord(field)]
    }
    words += ["-max-time", "\(max(1, request.timeout.components.seconds))"]
    return (words + data + [address, call.name]).joined(separator: " ")
  }

  /// The headers that grpcurl sends by itself.
  private static let own: Set = ["content-type", "te", "grpc-timeout", GRPCEncoding.acceptField]

  /// `host:port`, which a URL may leave out.
  private var address: String {
    let authority = request.url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
    let hasPort = authority.last != "]" && authority.split(separator: "]").last?.contains(":") == true
    let port = hasPort ? "" : request.url.hasPrefix("https:") ? ":443" : ":80"
    return CurlCommand.quoted(secrets.mask(authority + port))
  }

  private var data: [String] {
    guard let parsed = try? JSONParser.parse(document, mode: .lenient), let message = try? call.message(for: parsed)
    else { return [] }
    let text = JSONWriter.compact.bytes(message.namingNumbers)
    guard text.count <= CurlCommand.maximumBodyBytes else { return ["-d", "@", "<", "request-body"] }
    return ["-d", CurlCommand.quoted(String(decoding: secrets.mask(text), as: UTF8.self))]
  }
}

extension JSONValue {
  /// NaN and infinities as texts, as the JSON of Protocol Buffers has them.
  fileprivate var namingNumbers: JSONValue {
    switch self {
    case .number(let number) where !number.isFinite:
      .string(number.double.isNaN ? "NaN" : number.double < 0 ? "-Infinity" : "Infinity")
    case .array(let elements): .array(elements.map(\.namingNumbers))
    case .object(let object):
      .object(JSONObject(object.members.map { JSONObject.Member($0.key, $0.value.namingNumbers) }))
    default: self
    }
  }
}
