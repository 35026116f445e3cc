/// One event of a stream of server-sent events.
struct ServerSentEvent: Sendable, Equatable {
  /// What its `event` field says; `message` when it has none.
  var type = "message"
  /// The values of its `data` fields, joined by line feeds.
  var data: [UInt8] = []
  /// When it was complete, in nanoseconds since the request was sent.
  var time: Int64 = 0
}
