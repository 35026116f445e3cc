import Glibc
import Processes
import TestSupport
import Testing

/// The `openssl` program as an HTTPS server that shows a fresh certificate for 127.0.0.1, valid for ten days, and answers
/// every path with a page.
enum OpenSSLServer {
  static let isInstalled = access("/usr/bin/openssl", X_OK) == 0

  static func run(
    _ arguments: [String] = [], _ body: (_ url: String, _ certificate: String) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = ("\(folder.path)/cert.pem", "\(folder.path)/key.pem")
    let made = try await Command.capture([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "10",
      "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    try #require(made.exit.isSuccess, "\(String(decoding: made.standardError, as: UTF8.self))")
    let port = try #require(LoopbackPort.free())
    let command = [
      "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www", "-quiet",
    ]
    try await ServerProcess.run(Command(command + arguments)) { server in
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(2))
      }
      try await body("https://127.0.0.1:\(port)", certificate)
    }
  }
}
