#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// TCP ports of 127.0.0.1.
///
// Safe because every pointer is to a local socket address, valid for the one call that gets it.
package enum LoopbackPort {
  /// A port on which nothing listens now, as chosen by the system; nil when none can be had.
  /// Somebody else may take it before you do.
  package static func free() -> UInt16? {
    withSocket { socket in
      guard withAddress(port: 0, { bind(socket, $0, $1) }) == 0 else { return nil }
      var address = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
      return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }
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
