import Glibc
import TestSupport
import Testing

@testable import Transport

/// Which hosts are loopback, and that those never see a proxy.
@Suite struct OriginTests {
  @Test(arguments: [
    ("localhost", true), ("LocalHost", true), ("127.0.0.1", true), ("127.255.3.4", true), ("[::1]", true),
    ("127.0.0.1.example.com", false), ("128.0.0.1", false), ("127.0.0", false), ("127.0.0.256", false),
    ("localhost.example.com", false), ("10.0.0.1", false), ("[::2]", false), ("", false),
  ])
  func loopback(host: String, expected: Bool) {
    #expect(Origin(scheme: "http", host: host, port: "80").isLoopback == expected)
  }

  @Test func loopbackIgnoresTheProxyAndOtherHostsDoNot() async {
    // In a process of its own, because the environment belongs to all threads.
    await #expect(processExitsWith: .success) {
      let proxy = try FaultServer { connection in
        _ = connection.readRequest()
        connection.answer(body: "proxy")
      }
      let direct = try FaultServer { connection in
        _ = connection.readRequest()
        connection.answer(body: "direct")
      }
      setenv("http_proxy", proxy.url(), 1)
      let client = HTTPClient()
      let near = try await client.send(HTTPRequest(url: direct.url()))
      #expect(near.body == Array("direct".utf8))
      let far = try await client.send(HTTPRequest(url: "http://cupel.invalid/"))
      #expect(far.body == Array("proxy".utf8))
    }
  }
}
