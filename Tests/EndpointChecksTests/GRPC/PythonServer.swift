import EndpointChecks
import Processes
import TestSupport
import Testing

/// Servers of gRPC written in Python, on a free port of this machine, for as long as a test needs them.
enum PythonServer {
  /// The model of `grpc_model.py`.
  ///
  /// - Parameter options: `healthless`, `sick`, `token=secret-t0ken`, `certificate=FILE`, `gzip`, `deflate`.
  static func model(_ options: [String] = [], _ body: (_ port: UInt16) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    try folder.write(GRPCFile.inference.text, to: "inference.proto")
    try folder.write(GRPCFile.health.text, to: "health.proto")
    try await run("grpc_model.py", [folder.path], options, body)
  }

  /// The server of `h2_script.py` with a script.
  static func scripted(_ script: String, _ body: (_ port: UInt16) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    try folder.write(script, to: "script.json")
    try await run("h2_script.py", [folder.path + "/script.json"], [], body)
  }

  private static func run(
    _ script: String, _ before: [String], _ after: [String], _ body: (_ port: UInt16) async throws -> Void
  ) async throws {
    let venv = try await PythonEnvironment.folder(PythonEnvironment.grpc.name, PythonEnvironment.grpc.packages)
    let port = try #require(LoopbackPort.free())
    let file = Repository.root + "/Tests/EndpointChecksTests/GRPC/" + script
    let command = Command([venv + "/bin/python", file] + before + ["\(port)"] + after)
    try await ServerProcess.run(command) { server in
      while !LoopbackPort.isOpen(port) {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(20))
      }
      try await body(port)
    }
  }
}
