import Foundation
import Processes
import Testing
import Transport

/// The sample endpoint as its users meet it: a process of its own, on a free port, for the time of one closure.
enum SampleServer {
  /// The program stands beside the test bundle.
  static var program: String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("cupel-sample-endpoint").path
  }

  /// Serves the model of `LogisticModelTests`. `url` has no trailing slash.
  static func run(
    arguments: [String] = [],
    _ body: (_ server: ServerProcess, _ url: String, _ client: HTTPClient) async throws -> Void
  ) async throws {
    let model = FileManager.default.temporaryDirectory.appendingPathComponent("cupel-\(UUID().uuidString).json")
    try Data(LogisticModelTests.file.utf8).write(to: model)
    defer { try? FileManager.default.removeItem(at: model) }
    try await ServerProcess.run(Command([program, "--model", model.path] + arguments)) { server in
      while server.logTail.lines.isEmpty {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(2))
      }
      let line = try #require(server.logTail.lines.first)
      try #require(line.hasPrefix("listening on 127.0.0.1:"))
      try await body(server, "http://\(line.dropFirst("listening on ".count))", HTTPClient())
    }
  }
}
