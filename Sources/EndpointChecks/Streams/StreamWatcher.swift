internal import JSON
internal import Transport

/// Sees the streams on one connection of a load: when the first piece of an answer comes, and whether the stream is whole.
final class StreamWatcher: BodyWatcher {
  private let format: any StreamFormat
  private var reader = EventStreamReader()
  private var firstContent: Int64?
  private var isTerminated = false
  /// What is wrong with the first event that is no good one.
  private var flaw: String?

  init(_ format: any StreamFormat) { self.format = format }

  func begin() {
    reader = EventStreamReader()
    (firstContent, isTerminated, flaw) = (nil, false, nil)
  }

  func take(_ piece: [UInt8], at time: Int64) {
    reader.take(piece, at: time)
    for event in reader.drain() { take(event) }
  }

  private func take(_ event: ServerSentEvent) {
    if let terminator = format.terminator, event.data.elementsEqual(terminator.utf8) {
      isTerminated = true
      return
    }
    guard let document = try? JSONParser.parse(event.data, mode: .lenient, limits: JSONLimits(maximumDepth: 128)) else {
      flaw = flaw ?? "an event is no JSON"
      return
    }
    let chunk = format.chunk(document)
    if chunk.error != nil || event.type == "error" { flaw = flaw ?? "an event is an error" }
    if firstContent == nil, !chunk.pieces.isEmpty { firstContent = event.time }
  }

  var sight: BodySight {
    BodySight(firstContent: firstContent, flaw: (flaw ?? flawAtEnd).map { "the stream is not whole: \($0)" })
  }

  /// What is wrong with how it ended.
  private var flawAtEnd: String? {
    if reader.dropped > 0 { return "an event is too large to be read" }
    if let terminator = format.terminator, !isTerminated { return "it ends without \(terminator)" }
    if reader.unfinished != nil { return "no blank line stands behind the last event" }
    return firstContent == nil ? "no event has a piece of an answer" : nil
  }
}
