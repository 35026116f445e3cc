internal import Transport

/// Sees the streams on one connection of a load: when the last of the choices of an answer begins, and whether the stream
/// is whole, event by event as the check `stream` judges it.
final class StreamWatcher: BodyWatcher {
  private let format: any StreamFormat
  private var reader = EventStreamReader()
  private var chunks: ChunkReader
  /// The choices that have a piece.
  private var begun: Set<Int> = []
  private var firstContent: Int64?
  /// What is wrong with the first event that is no good one.
  private var flaw: String?

  /// Choices behind these are not waited for: no server makes so many, and a hostile one must not fill the memory.
  private static let maximumChoices = 1024

  init(_ format: any StreamFormat) {
    self.format = format
    chunks = ChunkReader(format)
  }

  func begin() {
    (reader, chunks) = (EventStreamReader(), ChunkReader(format))
    begun.removeAll(keepingCapacity: true)
    (firstContent, flaw) = (nil, nil)
  }

  func take(_ piece: [UInt8], at time: Int64) {
    reader.take(piece, at: time)
    for event in reader.drain() { take(event) }
  }

  private func take(_ event: ServerSentEvent) {
    let said = chunks.read(event)
    flaw = flaw ?? said.flaws.first?.words
    guard let chunk = said.chunk else { return }
    flaw = flaw ?? chunk.failure.map { "a choice is finished by \($0)" }
    for piece in chunk.pieces where begun.count < Self.maximumChoices {
      if begun.insert(piece.choice).inserted { firstContent = event.time }
    }
  }

  var sight: BodySight {
    BodySight(firstContent: firstContent, flaw: (flaw ?? flawAtEnd).map { "the stream is not whole: \($0)" })
  }

  /// What is wrong with how it ended.
  private var flawAtEnd: String? {
    if reader.dropped > 0 { return "an event is too large to be read" }
    if let terminator = format.terminator, !chunks.isTerminated { return "it ends without \(terminator)" }
    if reader.unfinished != nil { return "no blank line stands behind the last event" }
    return firstContent == nil ? "no event has a piece of an answer" : nil
  }
}
