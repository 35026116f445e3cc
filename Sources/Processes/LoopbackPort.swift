internal import Glibc

/// TCP ports of 127.0.0.1.
///
// Safe because every pointer is to a local socket address, valid for the one call that gets it.
package enum LoopbackPort {
  /// Below the range from which Linux gives ports to whoever asks for any (`ip_local_port_range` begins at 32768):
  /// there no outgoing connection takes the port between this call and the start of a server.
  private static let candidates: ClosedRange<UInt16> = 20_000...32_000

  /// A port on which nothing listens now; nil when none can be had. Another server may take it before you do.
  package static func free() -> UInt16? {
    for _ in 0..<100 {
      let port = UInt16.random(in: candidates)
      let isFree = withSocket { socket in withAddress(port: port) { bind(socket, $0, $1) } == 0 } ?? false
      if isFree { return port }
    }
    return nil
  }

  /// True when something accepts connections on that port.
  package static func isOpen(_ port: UInt16) -> Bool {
    withSocket { socket in withAddress(port: port) { connect(socket, $0, $1) } == 0 } ?? false
  }

  private static func withSocket<Result>(_ body: (Int32) -> Result?) -> Result? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return body(descriptor)
  }

  private static func withAddress(port: UInt16, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
