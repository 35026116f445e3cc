internal import ArgumentParser
internal import FlyingFox
internal import FlyingSocks
internal import Foundation

/// A small, honest model server for demos and tests: one logistic model behind the Open Inference Protocol v2,
/// on loopback only. TERM and INT end it at once with status 0.
@main
struct SampleEndpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cupel-sample-endpoint",
    abstract: "Serves a logistic model over Open Inference Protocol v2 on 127.0.0.1.")

  @Option(help: "The model: a JSON file with intercept, threshold, numeric and categorical features.")
  var model: String

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port: UInt16 = 0

  @Option(help: "The name to serve the model under, instead of the file's own.")
  var name: String?

  func run() async throws {
    var model = try LogisticModel(contentsOf: self.model)
    if let name { model.name = name }
    let server = try Self.server(for: model, port: port)
    let stop = StopSignals()
    try await serve(server, until: stop.arrivals)
    withExtendedLifetime(stop) {}
  }

  /// Runs the server until the first signal. Throws when it cannot listen.
  private func serve(_ server: HTTPServer, until signals: AsyncStream<Void>) async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await server.run() }
      tasks.addTask {
        try await server.waitUntilListening()
        guard let address = await Self.address(of: server) else { return }
        FileHandle.standardOutput.write(Data("listening on \(address)\n".utf8))
        _ = await signals.first { _ in true }
      }
      try await tasks.next()
      await server.stop(timeout: 0)
      tasks.cancelAll()
      while let _ = await tasks.nextResult() {}
    }
  }

  /// Host and port of a listening server.
  static func address(of server: HTTPServer) async -> String? {
    guard case .ip4(let host, let port) = await server.listeningAddress else { return nil }
    return "\(host):\(port)"
  }

  /// A server that is not running yet.
  static func server(for model: LogisticModel, port: UInt16) throws -> HTTPServer {
    let routes = Routes(model: model)
    return HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), timeout: 60,
      pool: PromptSocketPool(HTTPServer.defaultPool()), logger: .disabled,
      handler: ClosureHTTPHandler { await routes.answer($0) })
  }
}
