internal import Transport

/// One exchange with a server that keeps baselines: bounded in size and time, never redirected, repeated while the server
/// is busy.
struct RemoteServer: Sendable {
  var credentials: RemoteCredentials
  var timeout = Duration.seconds(30)
  var retry = RetryPolicy()
  var tls = TLSOptions()
  /// The most bytes of an answer.
  var limit: Int

  /// Asks and returns whatever the server answers in the end, whatever its status.
  func exchange(
    _ method: String, _ url: String, accept: String, body: [UInt8] = [], type: String = "application/json"
  ) async throws(RemoteError) -> HTTPResponse {
    var headers: HTTPHeaders = ["Accept": accept, "User-Agent": "cupel"]
    if let authorization = credentials.authorization { headers.append(name: "Authorization", value: authorization) }
    if !body.isEmpty { headers.append(name: "Content-Type", value: type) }
    let request = HTTPRequest(
      method: method, url: url, headers: headers, body: body, timeout: timeout,
      connectTimeout: min(timeout, .seconds(10)), maximumResponseBytes: limit, tls: tls)
    let client = HTTPClient()
    let result = await send(request, with: client)
    await client.shutdown()
    switch result {
    case .success(let response): return response
    case .failure(let error): throw RemoteError(error)
    }
  }

  private func send(_ request: HTTPRequest, with client: HTTPClient) async -> Result<HTTPResponse, TransportError> {
    var attempts = 0
    while true {
      do throws(TransportError) {
        let response = try await client.send(request)
        attempts += 1
        guard let pause = retry.pause(after: response, attempts: attempts),
          (try? await Task.sleep(for: .seconds(pause))) != nil
        else { return .success(response) }
      } catch {
        return .failure(error)
      }
    }
  }

  /// What an answer without a document says; nil for one with it.
  func error(of response: HTTPResponse) -> RemoteError? {
    switch response.status {
    case 200..<300: return response.isWebPage ? .webPage : nil
    case 300..<400: return .redirected(status: response.status)
    case 401:
      return .unauthorized(sentCredentials: credentials.authorization != nil, variables: credentials.variables)
    case 403: return .forbidden
    case 404: return .notFound
    case 410: return .gone
    default:
      let words = response.isWebPage ? "" : String(decoding: response.body.prefix(4000), as: UTF8.self)
      return .status(response.status, credentials.masked(words))
    }
  }
}

extension HTTPResponse {
  /// The media type without its parameters, in lower case.
  var mediaType: String {
    let value = headers["Content-Type"] ?? ""
    return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
  }

  var isWebPage: Bool { ["text/html", "application/xhtml+xml"].contains(mediaType) }
}

extension String {
  /// Everything but unreserved characters as `%XX` (RFC 3986, section 2).
  var percentEncoded: String {
    var text = ""
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: text.append(Character(UnicodeScalar(byte)))
      default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
