internal import CMicroHTTPD

/// A small HTTP/1.1 server: whole requests in, whole answers out, everything bounded. It speaks no TLS.
///
// Safe because the raw pointers are the library's server, which lives from init to stop, and an exchange with its texts,
// which the library keeps for the one call in which they are read; the handler's box lives until the server is stopped.
package final class HTTPService: Sendable {
  /// The address with the port that it really has.
  package let address: ListenAddress
  // Written once; the library's functions that take it may be called from any thread.
  nonisolated(unsafe) private let server: OpaquePointer
  private let handler: Unmanaged<Handler>

  package struct Request: Sendable {
    package var method: String
    package var path: String
    /// Nil for one that is larger than is read.
    package var body: [UInt8]?
    package var authorization: String?
    /// The page that a browser sends the request for.
    package var origin: String?
    /// What the sender takes this service for: `localhost:8080`.
    package var host: String?
    /// Those of the query, in its order; one that is there twice is here twice.
    package var arguments: [Argument]
  }

  package struct Argument: Sendable, Equatable {
    package var name: String
    package var value: String
  }

  package struct Response: Sendable {
    package var status: Int
    package var body: String
    package var headers: [(name: String, value: String)]

    package init(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) {
      self.status = status
      self.body = body
      self.headers = headers
    }
  }

  /// Why nothing listens.
  package struct Problem: Error, CustomStringConvertible {
    package var description: String
  }

  private final class Handler: Sendable {
    let answer: @Sendable (Request) -> Response

    init(_ answer: @escaping @Sendable (Request) -> Response) { self.answer = answer }
  }

  private static let maximumBodyBytes = 64 << 10
  /// Connections that say nothing go soon, and there is room for many meanwhile, but not for so many that the files and
  /// sockets of a run would lack descriptors. No address of others takes it all.
  private static let limits = chttpd_limits(
    connections: 256, connections_each: 224, idle_seconds: 5, body_bytes: maximumBodyBytes, stack_bytes: 512 << 10)

  /// - Parameter answer: answers a request, on a thread of its connection, which may wait.
  package init(on address: ListenAddress, _ answer: @escaping @Sendable (Request) -> Response) throws(Problem) {
    if let problem = chttpd_load() {
      throw Problem(
        description: "libmicrohttpd, which serves, cannot be loaded: \(String(cString: problem)). "
          + "Debian's package is libmicrohttpd12")
    }
    let handler = Unmanaged.passRetained(Handler(answer))
    var why = [CChar](repeating: 0, count: 256)
    let started = chttpd_start(
      address.host, address.port, Self.limits,
      { context, exchange in
        guard let context, let exchange else { return }
        let handler = Unmanaged<Handler>.fromOpaque(context).takeUnretainedValue()
        HTTPService.reply(handler.answer(HTTPService.request(exchange)), to: exchange)
      }, handler.toOpaque(), &why, why.count)
    guard let started else {
      handler.release()
      let end = why.firstIndex(of: 0) ?? why.endIndex
      throw Problem(description: String(decoding: why[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    self.handler = handler
    server = started
    var bound = address
    bound.port = chttpd_port(started)
    self.address = bound
  }

  /// Stops listening and waits for the answers that are on their way. To be called once, as the last.
  package func stop() {
    chttpd_stop(server)
    handler.release()
  }

  private static func request(_ exchange: OpaquePointer) -> Request {
    func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
    var size = 0
    let start = chttpd_body(exchange, &size)
    let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size)
    var arguments: [Argument] = []
    withUnsafeMutablePointer(to: &arguments) { pointer in
      chttpd_each_argument(
        exchange,
        { context, name, value in
          guard let context, let name, let value else { return }
          let argument = Argument(name: String(cString: name), value: String(cString: value))
          context.assumingMemoryBound(to: [Argument].self).pointee.append(argument)
        }, pointer)
    }
    return Request(
      method: text(chttpd_method(exchange)) ?? "", path: text(chttpd_path(exchange)) ?? "",
      body: chttpd_body_is_too_large(exchange) != 0 ? nil : Array(bytes),
      authorization: text(chttpd_header(exchange, "Authorization")), origin: text(chttpd_header(exchange, "Origin")),
      host: text(chttpd_header(exchange, "Host")),
      arguments: arguments)
  }

  private static func reply(_ response: Response, to exchange: OpaquePointer) {
    let fields = [("Content-Type", "application/json"), ("Cache-Control", "no-store")] + response.headers
    let texts = fields.flatMap { [Array($0.0.utf8CString), Array($0.1.utf8CString)] }
    let all = texts.flatMap { $0 }
    all.withUnsafeBufferPointer { buffer in
      var pointers: [UnsafePointer<CChar>?] = []
      var offset = 0
      for text in texts {
        pointers.append(buffer.baseAddress.map { $0 + offset })
        offset += text.count
      }
      pointers.append(nil)
      let body = Array(response.body.utf8)
      body.withUnsafeBytes { bytes in
        chttpd_answer(
          exchange, UInt32(response.status), bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, pointers)
      }
    }
  }
}
