/// Decides when which request is sent, and takes the answers: the plan of a load, without any I/O. Times are
/// nanoseconds since the load began.
package protocol LoadPacing {
  /// What to do now. Asked again after each request that it lets out.
  ///
  /// - Parameter isFree: whether there is a connection that a request could be sent on.
  mutating func next(at now: Int64, isFree: Bool) -> LoadStep

  /// Takes what became of a request that it let out.
  mutating func take(_ answer: LoadAnswer)
}

/// What a load does next.
package enum LoadStep: Sendable, Equatable {
  /// Only when there is a free connection.
  case send(LoadStart)
  /// Nothing before a moment, or before the next answer when there is none.
  case wait(until: Int64?)
  case end
}

/// A request that is let out.
package struct LoadStart: Sendable, Equatable {
  /// Which of the requests.
  package var request: Int
  /// When it was due.
  package var intended: Int64

  package init(request: Int, intended: Int64) {
    self.request = request
    self.intended = intended
  }
}

/// What became of a request.
package struct LoadAnswer: Sendable {
  package var start: LoadStart
  /// When it was sent, and when the last byte of the reply came or it was given up.
  package var sent: Int64
  package var end: Int64
  /// The status and the beginning of the body, or why there is no complete reply.
  package var result: Result<Reply, TransportError>
  /// Whether it was sent once more, because the server ended the connection without a word on it.
  package var wasSentAgain = false

  package struct Reply: Sendable {
    package var status: Int
    package var body: [UInt8]
    /// Kept of HTTP/2 alone, where calls end with trailers that say what came of them.
    package var headers: HTTPHeaders
    package var trailers: HTTPHeaders
    /// What the watcher saw, in times of the load; nil without one.
    package var sight: BodySight?

    package init(
      status: Int, body: [UInt8] = [], headers: HTTPHeaders = [:], trailers: HTTPHeaders = [:], sight: BodySight? = nil
    ) {
      self.sight = sight
      self.status = status
      self.body = body
      self.headers = headers
      self.trailers = trailers
    }
  }

  package init(start: LoadStart, sent: Int64, end: Int64, result: Result<Reply, TransportError>) {
    self.start = start
    self.sent = sent
    self.end = end
    self.result = result
  }
}
