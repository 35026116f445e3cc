import Synchronization
import TestSupport

/// A server on loopback with prepared answers, which remembers what it was asked.
final class StubServer: Sendable {
  struct Answer: Sendable {
    var status = "200 OK"
    var type = "application/json"
    var headers = ""
    var body = ""

    static func ok(_ body: String) -> Answer { Answer(body: body) }

    /// An error as MLflow reports it.
    static func error(_ status: String, _ code: String, _ message: String) -> Answer {
      Answer(status: status, body: #"{"error_code": "\#(code)", "message": "\#(message)"}"#)
    }
  }

  private let server: FaultServer
  private let seen: Recorder

  private final class Recorder: Sendable {
    let requests = Mutex<[String]>([])
  }

  /// - Parameter answers: by the request's method and the beginning of its path; the longest beginning counts.
  init(_ answers: [String: Answer]) throws {
    let seen = Recorder()
    self.seen = seen
    server = try FaultServer { connection in
      while let request = connection.readRequest() {
        seen.requests.withLock { $0.append(request) }
        let found = answers.keys.filter { request.hasPrefix($0) }.max { $0.count < $1.count }
        let answer = found.flatMap { answers[$0] } ?? Answer(status: "404 Not Found", type: "text/html", body: "<p>")
        connection.answer(
          answer.status, headers: "Content-Type: \(answer.type)\r\n\(answer.headers)", body: answer.body)
      }
    }
  }

  deinit { server.stop() }

  var address: String { server.url("") }
  /// Heads and bodies, in the order in which they came.
  var requests: [String] { seen.requests.withLock { $0 } }
  /// Methods and paths.
  var calls: [String] { requests.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } }
}
