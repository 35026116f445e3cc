import Foundation
import Glibc
import Synchronization

/// A TCP server on 127.0.0.1 that behaves exactly as badly as its script says. It depends on nothing but the C library.
///
/// The script runs once per accepted connection, on a thread of that connection's own; when it returns, the connection
/// is closed. `stop` breaks every open connection, so no script can keep a test alive.
///
// Safe because the only raw memory is the socket address passed to bind, getsockname and connect, for the call alone.
package final class FaultServer: Sendable {
  private struct State {
    var connections = 0
    var open: Set<Int32> = []
    var isStopped = false
  }

  /// The port that the system chose.
  package let port: UInt16
  private let listener: Int32
  private let state: Mutex<State>

  /// How many connections were accepted so far.
  package var connectionCount: Int { state.withLock(\.connections) }

  package init(_ script: @escaping @Sendable (FaultConnection) -> Void) throws {
    let (socket, port) = try Self.boundSocket()
    listener = socket
    self.port = port
    state = Mutex(State())
    guard listen(socket, 512) == 0 else { throw FaultServerError(call: "listen") }
    Thread.detachNewThread { [self] in
      while let connection = acceptNext() {
        Thread.detachNewThread {
          script(connection)
          connection.sayGoodbye()
          self.close(connection)
        }
      }
      // Closed here and not in `stop`, or the next `accept` could meet somebody else's socket of the same number.
      closeDescriptor(listener)
    }
  }

  /// How errors name it.
  package var origin: String { "http://127.0.0.1:\(port)" }

  /// The address of a path on this server.
  package func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

  /// Stops listening and breaks what is open.
  package func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private func acceptNext() -> FaultConnection? {
    var descriptor: Int32
    repeat {
      descriptor = accept(listener, nil, nil)
    } while descriptor < 0 && !state.withLock(\.isStopped)
    guard descriptor >= 0 else { return nil }
    return state.withLock { state in
      state.connections += 1
      if state.isStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
      state.open.insert(descriptor)
      return FaultConnection(descriptor: descriptor, number: state.connections)
    }
  }

  private func close(_ connection: FaultConnection) {
    state.withLock { state in
      state.open.remove(connection.descriptor)
      closeDescriptor(connection.descriptor)
    }
  }

  /// A port on which nothing listens.
  package static func closedPort() throws -> UInt16 {
    let (socket, port) = try boundSocket()
    closeDescriptor(socket)
    return port
  }

  /// A port whose queue of connections is full, so that further ones hang while connecting. Close the descriptors.
  package static func fullQueue() throws -> (port: UInt16, descriptors: [Int32]) {
    let (listener, port) = try boundSocket()
    guard listen(listener, 0) == 0 else { throw FaultServerError(call: "listen") }
    let fillers = (0..<4).map { _ in
      let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      _ = withLoopback(port: port) { connect(filler, $0, $1) }
      return filler
    }
    return (port, [listener] + fillers)
  }

  private static func boundSocket() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw FaultServerError(call: "socket") }
    guard withLoopback(port: 0, { bind(descriptor, $0, $1) }) == 0 else { throw FaultServerError(call: "bind") }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { throw FaultServerError(call: "getsockname") }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func withLoopback(port: UInt16, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

// `FaultServer.close` and `FaultConnection.send` hide the C functions of the same names.
private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

private func sendBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  send(descriptor, start, count, Int32(MSG_NOSIGNAL))
}

/// A system call that should not fail did.
package struct FaultServerError: Error {
  let call: String
  let code = errno
}

/// The server's end of one connection.
package struct FaultConnection: Sendable {
  fileprivate let descriptor: Int32
  /// 1 for the first connection of the server.
  package let number: Int

  /// The next request, head and body, or nil when the peer has gone.
  package func readRequest() -> String? {
    var bytes: [UInt8] = []
    var size: Int?
    while true {
      if size == nil, let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        size = blank.upperBound + Self.contentLength(String(decoding: bytes[..<blank.lowerBound], as: UTF8.self))
      }
      if let size, bytes.count >= size { return String(decoding: bytes, as: UTF8.self) }
      guard let more = receive() else { return nil }
      bytes += more
    }
  }

  /// False when the peer has gone.
  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// False when the peer has gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { sendBytes(descriptor, $0.baseAddress, $0.count) }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// An answer with its length.
  @discardableResult
  package func answer(_ status: String = "200 OK", headers: String = "", body: String = "") -> Bool {
    send("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// Makes the close that follows a reset (RST) instead of a goodbye (FIN).
  package func resetWhenClosed() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Ends our half and reads what is still coming, for as long as a peer may need: a close with unread bytes is a reset,
  /// which may overtake the answer.
  fileprivate func sayGoodbye() {
    var option = linger()
    var size = socklen_t(MemoryLayout<linger>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, &size)
    guard option.l_onoff == 0 else { return }
    shutdown(descriptor, Int32(SHUT_WR))
    var patience = timeval(tv_sec: 2, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    waitForPeerToLeave()
  }

  /// Says nothing until the peer gives up, or the server stops.
  package func waitForPeerToLeave() {
    while receive() != nil {}
  }

  /// Lets time pass; a slow peer is what some scripts are about.
  package func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

  private func receive() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }
    return bytes.isEmpty ? nil : bytes
  }

  private static func contentLength(_ head: String) -> Int {
    for line in head.split(separator: "\r\n" as Character) where line.lowercased().hasPrefix("content-length:") {
      return Int(line.split(separator: " ").last ?? "") ?? 0
    }
    return 0
  }
}
