import Glibc
import Processes
import TestSupport
import Testing

/// The `openssl` program as an HTTPS server that shows a fresh certificate for 127.0.0.1 and answers every path with a
/// page.
enum OpenSSLServer {
  static let isInstalled = access("/usr/bin/openssl", X_OK) == 0

  /// - Parameter days: how long the certificate is valid from now on; less than none for one that has expired.
  static func run(
    _ arguments: [String] = [], days: Int = 10, _ body: (_ url: String, _ certificate: String) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = ("\(folder.path)/cert.pem", "\(folder.path)/key.pem")
    let request = "\(folder.path)/request.pem"
    try await make([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", request,
    ])
    try await make([
      "x509", "-req", "-in", request, "-key", key, "-copy_extensions", "copy", "-days", "\(days)", "-out", certificate,
    ])
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

  private static func make(_ arguments: [String]) async throws {
    let made = try await Command.capture(["openssl"] + arguments)
    try #require(made.exit.isSuccess, "\(String(decoding: made.standardError, as: UTF8.self))")
  }
}
