import Foundation
import Glibc
import Synchronization

/// A server on 127.0.0.1 that answers each request with what its script says, good or bad. One request a connection.
///
// Safe because the only raw memory is the socket address passed to bind and getsockname, for the call alone.
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
  }

  struct CallError: Error { let call: String }

  private struct State {
    var requests: [Request] = []
    var open: Set<Int32> = []
    var isStopped = false
  }

  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { state.withLock(\.requests) }

  init(port wanted: UInt16 = 0, _ script: @escaping @Sendable (Request) -> Answer) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var one: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = self.listener
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 ? getsockname(listener, address, &length) : -1
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard result == 0, listen(listener, 64) == 0 else { throw CallError(call: "bind") }
    Thread.detachNewThread { [self] in
      while let connection = acceptNext() {
        Thread.detachNewThread {
          self.serve(connection, script)
          self.state.withLock { state in
            state.open.remove(connection)
            _ = close(connection)
          }
        }
      }
    }
  }

  deinit { stop() }

  /// Stops listening and breaks what is open, so that no script can keep a test alive.
  func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      _ = close(listener)
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private func acceptNext() -> Int32? {
    let descriptor = accept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    state.withLock { state in
      if state.isStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
      state.open.insert(descriptor)
    }
    return descriptor
  }

  private func serve(_ connection: Int32, _ script: (Request) -> Answer) {
    guard let request = read(connection) else { return }
    state.withLock { $0.requests.append(request) }
    switch script(request) {
    case .reply(let status, let body, let headers):
      let head = "HTTP/1.1 \(status) x\r\n\(headers)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
      _ = write(connection, Array((head + body).utf8))
    case .raw(let text):
      _ = write(connection, Array(text.utf8))
    case .hang:
      while receive(connection) != nil {}
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    case .flood(let size):
      _ = write(connection, Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
      let piece = [UInt8](repeating: 0x20, count: 1 << 16)
      for _ in 0..<(size / piece.count) { guard write(connection, piece) else { return } }
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var text = ""
    while true {
      if let blank = text.firstRange(of: "\r\n\r\n") {
        let head = String(text[..<blank.lowerBound])
        let body = String(text[blank.upperBound...])
        if body.utf8.count >= Self.contentLength(head) {
          let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
          return Request(line: words.prefix(2).joined(separator: " "), head: head, body: body)
        }
      }
      guard let more = receive(connection) else { return nil }
      text += String(decoding: more, as: UTF8.self)
    }
  }

  private static func contentLength(_ head: String) -> Int {
    for line in head.split(separator: "\r\n" as Character) where line.lowercased().hasPrefix("content-length:") {
      return Int(line.split(separator: " ").last ?? "") ?? 0
    }
    return 0
  }

  private func receive(_ connection: Int32) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, recv(connection, buffer.baseAddress, buffer.count, 0))
    }
    return bytes.isEmpty ? nil : bytes
  }

  private func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }
}
