import Synchronization
import TestSupport

/// A server on 127.0.0.1 that answers each request with what its script says, good or bad. One request a connection.
final class ScriptedServer: Sendable {
  /// What becomes of one request.
  enum Answer: Sendable {
    case reply(Int, String = "", headers: String = "Content-Type: application/json\r\n")
    /// Bytes as they stand, then the end of the connection.
    case raw(String)
    /// Nothing, until the peer leaves or the server stops.
    case hang
    /// A reset instead of an answer.
    case reset
    /// A body of so many bytes, sent in pieces.
    case flood(Int)
  }

  struct Request: Sendable {
    /// `POST /v2/models/delay/infer`.
    var line: String
    var head: String
    var body: String

    init(_ text: String) {
      let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
      head = String(parts[0])
      body = parts.count > 1 ? String(parts[1]) : ""
      line = head.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2).joined(separator: " ")
    }
  }

  private final class Log: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private let server: FaultServer
  private let log = Log()

  var port: UInt16 { server.port }
  var url: String { server.url("") }
  var requests: [Request] { log.requests.withLock(\.self) }

  init(_ script: @escaping @Sendable (Request) -> Answer) throws {
    server = try FaultServer { [log] connection in
      guard let text = connection.readRequest() else { return }
      let request = Request(text)
      log.requests.withLock { $0.append(request) }
      switch script(request) {
      case .reply(let status, let body, let headers):
        connection.answer("\(status) x", headers: headers + "Connection: close\r\n", body: body)
      case .raw(let text): connection.send(text)
      case .hang: connection.waitForPeerToLeave()
      case .reset: connection.resetWhenClosed()
      case .flood(let size):
        connection.send("HTTP/1.1 200 OK\r\n\r\n")
        let piece = [UInt8](repeating: 0x20, count: 1 << 16)
        for _ in 0..<(size / piece.count) { guard connection.send(piece) else { return } }
      }
    }
  }

  deinit { stop() }

  /// Stops listening and breaks what is open, so that no script can keep a test alive.
  func stop() { server.stop() }
}
