internal import CCurl

/// One libcurl easy handle: a single exchange at a time, and reusable for the next.
/// It never leaves the transfer loop's thread, so it needs no lock and is not `Sendable`.
///
// Safe because every pointer here is owned by this object and freed in `deinit` or `reset`, and because callbacks reach
// through unretained pointers this object alone, which frees the handle, and the collector and the farewell, which are
// held in `collector` and `farewell` for as long as libcurl may write to them.
final class CurlEasy {
  /// What tells one handle from another.
  struct ID: Hashable {
    private let address: UInt

    init(_ pointer: UnsafeMutableRawPointer) { address = UInt(bitPattern: pointer) }
  }

  /// The handle, to be added to a `CurlMulti`.
  let pointer: UnsafeMutableRawPointer
  private let url: OpaquePointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var collector: ResponseCollector?
  /// Whether it speaks HTTP/2 over clear text: see ``reuseConnection()``.
  private var hasPriorKnowledge = false
  /// 1 when it was kept from opening a connection.
  private let refusal: UnsafeMutablePointer<Int32>
  /// What is said on the connections of all handles of the loop, and on the one of this request; nil without one.
  private let farewells: Farewells
  private var farewell: Farewell?
  private var origin = ""
  private var notesFarewells = false
  /// How many connections libcurl had opened for the transfer when it last sent the request.
  private var opened = 0

  var id: ID { ID(pointer) }

  /// Nil when libcurl is out of memory.
  init?(_ farewells: Farewells) {
    guard let pointer = ccurl_easy_init() else { return nil }
    guard let url = ccurl_url() else {
      ccurl_easy_cleanup(pointer)
      return nil
    }
    self.pointer = pointer
    self.url = url
    self.farewells = farewells
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    refusal = .allocate(capacity: 1)
    refusal.initialize(to: 0)
  }

  deinit {
    ccurl_easy_cleanup(pointer)
    ccurl_url_cleanup(url)
    ccurl_slist_free_all(headerList)
    errorText.deallocate()
    refusal.deallocate()
  }

  /// Forgets the last exchange. Connections live in the multi handle and stay.
  func reset() {
    ccurl_easy_reset(pointer)
    ccurl_slist_free_all(headerList)
    headerList = nil
    collector = nil
    hasPriorKnowledge = false
    errorText.pointee = 0
    refusal.pointee = 0
    forgetConnection()
  }

  /// Sets everything that the request asks for and aims the answer at `collector`.
  func prepare(_ request: HTTPRequest, into collector: ResponseCollector) throws(TransportError) -> Origin {
    let origin = try parse(request.url)
    self.collector = collector
    self.origin = origin.description
    notesFarewells = request.version == .http2
    setLimits(of: request, origin: origin)
    setRoute(of: request, origin: origin)
    try setMessage(of: request)
    if let signature = request.signature { try sign(with: signature, at: origin) }
    setTLS(request.tls)
    setCallbacks(collector)
    return origin
  }

  /// Replaces the body of a prepared request. The memory must stay until the handle is freed or given another body.
  func setBody(_ body: UnsafeMutableRawBufferPointer) {
    ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    ccurl_set_pointer(pointer, CURLOPT_POSTFIELDS, body.baseAddress)
  }

  // MARK: Options

  /// libcurl's own parser, so that the URL shown is the URL asked.
  private func parse(_ text: String) throws(TransportError) -> Origin {
    guard !text.utf8.contains(0) else { throw .invalidURL(reason: "it holds a NUL character") }
    // Setting a whole URL over an old one would resolve it as relative: clear first.
    ccurl_url_set(url, CURLUPART_URL, nil, 0)
    let code = ccurl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME))
    guard code == CURLUE_OK else { throw .invalidURL(reason: String(cString: ccurl_url_strerror(code))) }
    guard let scheme = part(CURLUPART_SCHEME) else { throw .invalidURL(reason: "it has no scheme") }
    guard scheme == "http" || scheme == "https" else { throw .unsupportedProtocol(scheme: scheme) }
    guard let host = part(CURLUPART_HOST), let port = part(CURLUPART_PORT) else {
      throw .invalidURL(reason: "it has no host")
    }
    return Origin(scheme: scheme, host: host, port: port)
  }

  private func part(_ part: CURLUPart) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard ccurl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
    defer { ccurl_free(text) }
    return String(cString: text)
  }

  private func setLimits(of request: HTTPRequest, origin: Origin) {
    ccurl_set_url(pointer, url)
    ccurl_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_string(pointer, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    set(CURLOPT_NOSIGNAL, 1)
    // A cancelled request must not wait for a name server.
    set(CURLOPT_QUICK_EXIT, 1)
    // Zero would mean "no limit" to libcurl.
    set(CURLOPT_TIMEOUT_MS, max(1, request.timeout.milliseconds))
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.connectTimeout.milliseconds))
    ccurl_set_offset(pointer, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(max(1, request.maximumResponseBytes)))
    set(CURLOPT_FOLLOWLOCATION, request.maximumRedirects > 0 ? 1 : 0)
    set(CURLOPT_MAXREDIRS, request.maximumRedirects)
  }

  private func setRoute(of request: HTTPRequest, origin: Origin) {
    switch (request.version, origin.scheme) {
    case (.http1_1, _): set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    case (.http2, "http"):
      hasPriorKnowledge = true
      reuseConnection()
    // ALPN offers HTTP/2 over TLS; clear text stays HTTP/1.1.
    case (.http2, _), (.automatic, _): set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    }
    switch request.proxy {
    // An empty name switches the proxy variables off.
    case _ where origin.isLoopback, .none: ccurl_set_string(pointer, CURLOPT_PROXY, "")
    case .url(let url):
      ccurl_set_string(pointer, CURLOPT_PROXY, url)
      ccurl_set_string(pointer, CURLOPT_NOPROXY, "")
    case .environment: break
    }
  }

  /// Has the next transfer of HTTP/2 over clear text look for a connection that is open already.
  ///
  /// libcurl 7.88 breaks a connection when it is used again with prior knowledge (curl issue 10634), and without that it
  /// would open one as HTTP/1.1. So a transfer first looks for an open connection and may open none; where there is none
  /// it fails before a byte is sent, and then opens one with prior knowledge: ``opensConnection(after:)``.
  func reuseConnection() {
    forgetConnection()
    guard hasPriorKnowledge else { return }
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_0)
    set(CURLOPT_FRESH_CONNECT, 0)
    refusal.pointee = 0
    ccurl_forbid_connecting(pointer, refusal)
  }

  /// Has the next transfer of HTTP/2 over clear text open a connection that nobody else uses.
  func useOwnConnection() {
    guard hasPriorKnowledge else { return }
    ccurl_forbid_connecting(pointer, nil)
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
    set(CURLOPT_FRESH_CONNECT, 1)
    set(CURLOPT_FORBID_REUSE, 1)
  }

  /// Whether a transfer ended for want of an open connection. The handle then opens one when it is added again.
  func opensConnection(after code: CURLcode) -> Bool {
    guard code == CURLE_COULDNT_CONNECT, refusal.pointee != 0 else { return false }
    openConnection()
    return true
  }

  /// Has the request sent once more when the handle is added again: over a connection that it opens, within what is left
  /// of its time. The handle must be prepared anew for the next request.
  func sendAgain(within time: Duration) {
    openConnection()
    set(CURLOPT_TIMEOUT_MS, max(1, time.milliseconds))
  }

  private func openConnection() {
    refusal.pointee = 0
    errorText.pointee = 0
    forgetConnection()
    set(CURLOPT_FRESH_CONNECT, 1)
    guard hasPriorKnowledge else { return }
    ccurl_forbid_connecting(pointer, nil)
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
  }

  /// What libcurl reads while it looks for a connection is said on others.
  private func forgetConnection() {
    set(CURLOPT_VERBOSE, 0)
    farewell = nil
    opened = 0
  }

  /// Called when libcurl has a connection, which comes from a port here, and is about to send the request over it.
  private func beginRequest(from port: Int) -> Bool {
    if notesFarewells {
      let count = integer(CURLINFO_NUM_CONNECTS)
      let farewell = farewells.farewell(on: origin, from: port, isNew: count > opened)
      opened = count
      ccurl_note_farewell(pointer, farewell.pointer)
      self.farewell = farewell
    }
    return collector?.beginRequest() ?? true
  }

  private func sign(with signature: AWSSignature, at origin: Origin) throws(TransportError) {
    let path = part(CURLUPART_PATH) ?? "/"
    var search = ""
    if let query = part(CURLUPART_QUERY), !query.isEmpty {
      // libcurl 7.88 signs a query as it stands.
      guard let canonical = CanonicalQuery(query) else {
        throw .invalidRequest(
          reason:
            "the query of a signed request is written with letters, digits, -._~ and upper-case escapes such as %2F")
      }
      search = "?" + canonical.text
    }
    // libcurl 7.88 signs the path of the URL as it stands, which is right for S3 alone, and 8.9 escapes what is not yet
    // escaped. So it gets the one to sign, and is told apart what to send.
    let canonical = signature.service == "s3" ? path : CanonicalPath(path).text
    if canonical != path { ccurl_set_string(pointer, CURLOPT_REQUEST_TARGET, path + search) }
    // The whole URL at once: parts that are set by themselves have their escapes in lower case, as nobody signs them.
    let isUsualPort = origin.port == (origin.scheme == "https" ? "443" : "80")
    let authority = isUsualPort ? origin.host : "\(origin.host):\(origin.port)"
    ccurl_url_set(url, CURLUPART_URL, nil, 0)
    ccurl_url_set(
      url, CURLUPART_URL, "\(origin.scheme)://\(authority)\(canonical)\(search)", UInt32(CURLU_PATH_AS_IS))
    ccurl_set_string(pointer, CURLOPT_AWS_SIGV4, signature.scope)
    ccurl_set_string(pointer, CURLOPT_USERNAME, signature.accessKey)
    ccurl_set_string(pointer, CURLOPT_PASSWORD, signature.secretKey)
  }

  private func setMessage(of request: HTTPRequest) throws(TransportError) {
    guard request.method.isToken else { throw .invalidRequest(reason: "the method is not a plain word") }
    switch request.method {
    case "GET" where request.body.isEmpty: set(CURLOPT_HTTPGET, 1)
    case "HEAD" where request.body.isEmpty: set(CURLOPT_NOBODY, 1)
    default:
      if !request.body.isEmpty || request.method == "POST" || request.method == "PUT" {
        ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        request.body.withUnsafeBytes { body in
          let start = body.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
          // libcurl copies the bytes. A null pointer would make it ask a read callback instead.
          _ =
            start == nil
            ? ccurl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
            : ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start)
        }
      }
      ccurl_set_string(pointer, CURLOPT_CUSTOMREQUEST, request.method)
    }
    try setHeaders(of: request)
  }

  private func setHeaders(of request: HTTPRequest) throws(TransportError) {
    for field in request.headers.fields {
      guard field.name.isToken else { throw .invalidRequest(reason: "a header name is empty or not a plain word") }
      guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
        throw .invalidRequest(reason: "the header '\(field.name)' holds a line break or a NUL")
      }
      guard request.signature == nil || !field.value.isEmpty else {
        throw .invalidRequest(reason: "libcurl signs a header without a value wrongly: leave '\(field.name)' out")
      }
      // "Name:" would remove a header; "Name;" sends it empty.
      addHeader(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    if let token = request.signature?.sessionToken { addHeader("X-Amz-Security-Token: \(token)") }
    if request.signature == nil {
      // Neither a form's content type nor a wait for 100-continue unless the request says so.
      if request.headers["Content-Type"] == nil { addHeader("Content-Type:") }
      if request.headers["Expect"] == nil { addHeader("Expect:") }
    } else if !request.body.isEmpty, request.headers["Content-Type"] == nil {
      // libcurl 7.88 would sign the two lines above as headers, which are never sent.
      addHeader("Content-Type: application/octet-stream")
    }
    ccurl_set_pointer(pointer, CURLOPT_HTTPHEADER, headerList)
  }

  private func addHeader(_ line: String) {
    if let longer = ccurl_slist_append(headerList, line) { headerList = longer }
  }

  private func setCallbacks(_ collector: ResponseCollector) {
    let context = Unmanaged.passUnretained(collector).toOpaque()
    ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
    ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context)
    ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context)
    ccurl_set_callback(pointer, CURLOPT_HEADERFUNCTION) { data, size, count, context in
      CurlEasy.deliver(data, size * count, context) { $0.takeHeaderLine($1) }
    }
    ccurl_set_callback(pointer, CURLOPT_WRITEFUNCTION) { data, size, count, context in
      CurlEasy.deliver(data, size * count, context) { $0.takeBody($1) }
    }
    ccurl_set_request_callback(
      pointer,
      { context, _, _, _, port in
        guard let context else { return CURL_PREREQFUNC_OK }
        let easy = Unmanaged<CurlEasy>.fromOpaque(context).takeUnretainedValue()
        return easy.beginRequest(from: Int(port)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Returns what libcurl wants: the count when taken, anything else to abort.
  private static func deliver(
    _ data: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?,
    _ take: (ResponseCollector, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    let collector = Unmanaged<ResponseCollector>.fromOpaque(context).takeUnretainedValue()
    if take(collector, UnsafeRawBufferPointer(start: data, count: count)) { return count }
    return count == 0 ? 1 : 0
  }

  func set(_ option: CURLoption, _ value: Int) {
    ccurl_set_long(pointer, option, value)
  }

  // MARK: Facts

  /// libcurl's own words for what went wrong, else the code's standard text.
  func reason(for code: CURLcode) -> String {
    errorText.pointee == 0 ? String(cString: ccurl_easy_strerror(code)) : String(cString: errorText)
  }

  /// Whether those are libcurl's own words.
  var hasReason: Bool { errorText.pointee != 0 }

  /// Whether the server said that it ends the connection of the request, and in good order (GOAWAY).
  var saidFarewell: Bool { farewell?.wasSaid == true }

  /// The certificates that the server showed, its own first.
  var certificates: [PeerCertificate] {
    var info: UnsafeMutablePointer<curl_certinfo>?
    guard ccurl_get_certificates(pointer, &info) == CURLE_OK, let found = info?.pointee, let lists = found.certinfo
    else { return [] }
    return (0..<Int(found.num_of_certs)).map { index in
      var lines: [String] = []
      var line = lists[index]
      while let item = line?.pointee {
        if let text = item.data { lines.append(String(cString: text)) }
        line = item.next
      }
      return PeerCertificate(lines: lines)
    }
  }

  /// An integer fact, zero when libcurl does not know it.
  func integer(_ info: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  /// A 64-bit fact: bytes, or microseconds for the `…_TIME_T` facts. -1 when libcurl does not know it.
  func offset(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : -1
  }
}

extension String {
  /// A `token` (RFC 9110, 5.6.2): what method and field names are made of.
  fileprivate var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
