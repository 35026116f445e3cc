import Testing

@testable import Serving

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:0", "127.0.0.1:0", true), ("localhost:80", "127.0.0.1:80", true), ("[::1]:8080", "[::1]:8080", true),
    ("127.8.9.1:1", "127.8.9.1:1", true), ("0.0.0.0:65535", "0.0.0.0:65535", false), ("[::]:1", "[::]:1", false),
    ("192.168.1.5:80", "192.168.1.5:80", false),
  ])
  func addressesAreRead(_ text: String, _ description: String, _ isLoopback: Bool) throws {
    let address = try #require(ListenAddress(text))
    #expect(address.description == description && address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "example.com:80", "a b:1", "[]:1",
  ])
  func otherTextsAreNone(_ text: String) { #expect(ListenAddress(text) == nil) }

  @Test(arguments: [
    ("localhost", true), ("LocalHost:8080", true), ("127.0.0.1:1", true), ("127.8.9.1", true), ("[::1]:8080", true),
    ("[::1]", true), ("localhost.example.com", false), ("127.0.0.1.example.com:80", false), ("example.com", false),
    ("192.168.1.5:80", false), ("[::2]", false), ("", false), ("127.evil.example", false),
  ])
  func namesOfThisMachineAreKnown(_ host: String, _ isLoopback: Bool) {
    #expect(ListenAddress.isLoopback(host: host) == isLoopback)
  }
}
