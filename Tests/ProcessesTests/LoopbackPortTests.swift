import Glibc
import Testing

@testable import Processes

@Suite struct LoopbackPortTests {
  @Test func openMeansThatSomebodyListens() throws {
    let port = try #require(LoopbackPort.free())
    #expect(!LoopbackPort.isOpen(port))
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(bound == 0 && listen(descriptor, 1) == 0)
    #expect(LoopbackPort.isOpen(port))
    close(descriptor)
    #expect(!LoopbackPort.isOpen(port))
  }

  @Test func freePortsAreUnprivileged() {
    for _ in 0..<20 { #expect((LoopbackPort.free() ?? 0) >= 1024) }
  }
}
