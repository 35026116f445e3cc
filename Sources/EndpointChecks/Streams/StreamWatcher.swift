internal import JSON
internal import Transport

/// Sees the streams on one connection of a load: when the first piece of an answer comes, and whether the stream is whole.
final class StreamWatcher: BodyWatcher {
  private let format: any StreamFormat
  private var reader = EventStreamReader()
  private var firstContent: Int64?
  private var isTerminated = false
  private var isSound = true

  init(_ format: any StreamFormat) { self.format = format }

  func begin() {
    reader = EventStreamReader()
    (firstContent, isTerminated, isSound) = (nil, false, true)
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
      isSound = false
      return
    }
    let chunk = format.chunk(document)
    if chunk.error != nil || event.type == "error" { isSound = false }
    if firstContent == nil, !chunk.pieces.isEmpty { firstContent = event.time }
  }

  var sight: BodySight {
    let hasEnded = format.terminator == nil || isTerminated
    return BodySight(
      firstContent: firstContent,
      isWhole: hasEnded && isSound && firstContent != nil && reader.unfinished == nil && reader.dropped == 0)
  }
}
