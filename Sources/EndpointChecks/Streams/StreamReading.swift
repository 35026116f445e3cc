internal import JSON
internal import Transport
internal import Verdict

/// One stream, read as its protocol means it: what it says, what is wrong with it, and when its pieces came.
struct StreamReading: Sendable {
  /// What is wrong with single events, or with all of them.
  private(set) var issues: [String] = []
  private(set) var eventCount = 0
  /// Whether the event came behind which there is nothing.
  private(set) var isTerminated = false
  /// The beginning of the last event's data.
  private(set) var lastEvent: String?
  /// Why the connection ended before its time.
  let interruption: TransportError?

  /// What each choice says, and why each was finished.
  private(set) var choices: [Int: ChoiceAnswer] = [:]
  private(set) var finishes: [Int: [String]] = [:]
  /// Choices that went on after they were finished.
  private(set) var unfinished: Set<Int> = []
  private(set) var usage: TokenUsage?
  /// When each event with a piece of the answer came, in nanoseconds since the request was sent.
  private(set) var times: [Int64] = []
  /// The same of the pieces of each choice: while one stalls, another may go on.
  private var choiceTimes: [Int: [Int64]] = [:]

  init(_ reply: Reply, _ format: any StreamFormat) {
    let response = reply.response
    interruption = response.interruption
    let type = response.headers["Content-Type"] ?? ""
    guard type.prefix(while: { $0 != ";" && $0 != " " }).lowercased() == "text/event-stream" else {
      let start = reply.excerpt(String(decoding: response.body.prefix(2000), as: UTF8.self))
      let found = type.isEmpty ? "there is none" : "it is \(reply.excerpt(type, length: 60))"
      issues.append("the content type must be text/event-stream, but \(found); the body begins: \(start)")
      return
    }
    let reader = EventStreamReader(reading: response)
    var chunks = ChunkReader(format)
    for event in reader.events { take(event, &chunks, reply) }
    isTerminated = chunks.isTerminated
    if let rest = reader.unfinished, !rest.isEmpty { takeUnfinished(rest, reply) }
    if reader.dropped > 0 { issues.append("\(reader.dropped) events are too large to be read") }
    if reader.events.isEmpty, interruption == nil { issues.append("the stream has no events") }
    let isWhole = isTerminated || format.terminator == nil && interruption == nil
    if times.isEmpty, isWhole, issues.isEmpty { issues.append("no event has a piece of an answer") }
  }

  /// What came of an event that never ended: no reader takes it, but a person wants to know it.
  private mutating func takeUnfinished(_ data: [UInt8], _ reply: Reply) {
    let text = reply.excerpt(String(decoding: data.prefix(2000), as: UTF8.self))
    lastEvent = text
    // A break is told of by itself.
    guard interruption == nil else { return }
    let value = data.starts(with: Array("data:".utf8)) ? Array(data.dropFirst(5)) : data
    let error = (try? JSONParser.parse(value, mode: .lenient)).flatMap { StreamChunk.error(in: $0) }
    let words = error.map { "which is an error (\(reply.excerpt($0)))" } ?? "which is \(text)"
    issues.append("no blank line stands behind the last event, \(words), so that no reader takes it")
  }

  private mutating func take(_ event: ServerSentEvent, _ chunks: inout ChunkReader, _ reply: Reply) {
    eventCount += 1
    let text = String(decoding: event.data, as: UTF8.self)
    lastEvent = reply.excerpt(text)
    let (chunk, flaws) = chunks.read(event)
    for flaw in flaws { issues.append("event \(eventCount) \(flaw.clause(about: text, in: reply))") }
    if let chunk { take(chunk, at: event.time, reply) }
  }

  /// More reasons of a choice than these are not kept.
  private static let maximumReasons = 5

  private mutating func take(_ chunk: StreamChunk, at time: Int64, _ reply: Reply) {
    usage = chunk.usage ?? usage
    for piece in chunk.pieces {
      if finishes[piece.choice] != nil { unfinished.insert(piece.choice) }
      choices[piece.choice, default: ChoiceAnswer()].append(piece.said)
      choiceTimes[piece.choice, default: []].append(time)
    }
    for (choice, reason) in chunk.finishes where finishes[choice, default: []].count < Self.maximumReasons {
      finishes[choice, default: []].append(reply.excerpt(reason, length: 40))
    }
    if !chunk.pieces.isEmpty { times.append(time) }
  }

  // MARK: - Times

  /// How many tokens the answer has: as the server counts them, and at least one for each event with a piece of it.
  var tokens: Int64 { max(usage?.completion ?? 0, Int64(times.count)) }

  /// To the first piece of the answer, of several choices of that which begins last. A chunk with nothing but a role is
  /// none.
  var timeToFirstToken: StreamTime? {
    ofEachChoice { Array($0.prefix(1)) }.max { $0.nanoseconds < $1.nanoseconds }
  }

  /// The mean time of a token after the first: (last - first) / (tokens - 1), as genai-perf defines it. Nil for answers of
  /// one piece or of one token.
  var timePerOutputToken: Double? {
    guard times.count > 1, tokens > 1 else { return nil }
    return Double(times[times.count - 1] - times[0]) / Double(tokens - 1)
  }

  /// Its times, for a person.
  var profile: [String] {
    func text(_ time: Double?, _ name: String) -> String? {
      time.map { "\(name) \(Quantity(of: .nanoseconds(Int64($0.rounded()))))" }
    }
    return [
      text(timeToFirstToken?.nanoseconds, "ttft"), text(timePerOutputToken, "tpot"),
      text(gaps.map(\.nanoseconds).max(), "largest gap"),
    ].compactMap { $0 }
  }

  /// The times between pieces of a choice that follow each other.
  var gaps: [StreamTime] {
    ofEachChoice { times in zip(times.dropFirst(), times).map { $0 - $1 } }
  }

  /// - Parameter read: what is taken of the times at which the pieces of a choice came.
  private func ofEachChoice(_ read: ([Int64]) -> [Int64]) -> [StreamTime] {
    choiceTimes.sorted { $0.key < $1.key }.flatMap { choice, times in
      read(times).map { StreamTime(nanoseconds: Double($0), choice: choiceTimes.count > 1 ? choice : nil) }
    }
  }
}
