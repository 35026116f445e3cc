internal import Synchronization
internal import Transport

/// A request with the response that it had.
struct RecordedReply: Sendable {
  var request: HTTPRequest
  var result: Result<HTTPResponse, TransportError>

  /// Whether the same is asked, however long that may take.
  static func isSame(_ request: HTTPRequest, _ other: HTTPRequest) -> Bool {
    request.body == other.body && request.url == other.url && request.method == other.method
      && request.headers == other.headers && request.tls == other.tls && request.signature == other.signature
  }
}

/// Passes requests on, and keeps what is answered.
final class ReplyRecorder: Responder {
  private let endpoint: any Responder
  private let kept = Mutex<[RecordedReply]>([])

  var replies: [RecordedReply] { kept.withLock { $0 } }

  init(of endpoint: any Responder) { self.endpoint = endpoint }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let result: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      result = .success(try await endpoint.send(request))
    } catch {
      result = .failure(error)
    }
    kept.withLock { $0.append(RecordedReply(request: request, result: result)) }
    return try result.get()
  }
}

/// Answers as somebody answered before, and to one request wrongly. It asks nobody.
final class ReplyReplay: Responder {
  /// A wrong answer in place of the recorded one.
  struct Spoiled: Sendable {
    var request: HTTPRequest
    var response: HTTPResponse
    /// How often the right answer comes before.
    var after = 0
  }

  private let replies: [RecordedReply]
  private let spoiled: Spoiled?
  private let seen = Mutex<[HTTPRequest]>([])

  /// Every request that came.
  var requests: [HTTPRequest] { seen.withLock { $0 } }

  init(of replies: [RecordedReply], spoiling spoiled: Spoiled? = nil) {
    self.replies = replies
    self.spoiled = spoiled
  }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let before = seen.withLock { seen in
      defer { seen.append(request) }
      return seen.count { RecordedReply.isSame($0, request) }
    }
    if let spoiled, before >= spoiled.after, RecordedReply.isSame(spoiled.request, request) { return spoiled.response }
    guard let reply = replies.last(where: { RecordedReply.isSame($0.request, request) }) else {
      throw .unavailable(reason: "this request was not recorded")
    }
    return try reply.result.get()
  }
}
