internal import Transport

/// Reads a stream of server-sent events piece by piece, wherever the pieces were cut (WHATWG HTML, 9.2.6).
///
/// The fields `id` and `retry` are for coming back after a break, which nobody does here, and are passed over.
struct EventStreamReader: Sendable {
  /// The complete events.
  private(set) var events: [ServerSentEvent] = []
  /// How many events were longer than the limit, or more than it allows, and are not among `events`.
  private(set) var dropped = 0
  /// How many lines were comments: servers send them to keep a connection open.
  private(set) var comments = 0

  private let maximumEventBytes: Int
  private let maximumEvents: Int
  private var line: [UInt8] = []
  private var isFirstLine = true
  private var isAfterCarriageReturn = false
  private var type = ""
  private var data: [UInt8]?
  private var isTooLong = false

  init(maximumEventBytes: Int = 1 << 20, maximumEvents: Int = 200_000) {
    self.maximumEventBytes = maximumEventBytes
    self.maximumEvents = maximumEvents
  }

  /// The reader of a whole body.
  init(reading response: HTTPResponse) {
    self.init()
    var start = 0
    for arrival in response.arrivals {
      take(response.body[start..<arrival.end], at: arrival.time)
      start = arrival.end
    }
  }

  /// Takes the next bytes of the stream.
  ///
  /// - Parameter time: when they came.
  mutating func take(_ bytes: some Sequence<UInt8>, at time: Int64) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n") where isAfterCarriageReturn: isAfterCarriageReturn = false
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        isAfterCarriageReturn = byte == UInt8(ascii: "\r")
        endLine(at: time)
      default:
        isAfterCarriageReturn = false
        if line.count < maximumEventBytes { line.append(byte) } else { isTooLong = true }
      }
    }
  }

  /// Hands the events over and forgets them.
  mutating func drain() -> [ServerSentEvent] {
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// What came of an event that never ended; nil when nothing is left over. Readers ignore it.
  var unfinished: [UInt8]? {
    guard line.isEmpty else { return (data.map { $0 + [UInt8(ascii: "\n")] } ?? []) + line }
    return data
  }

  private mutating func endLine(at time: Int64) {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    isFirstLine = false
    if line.isEmpty { return endEvent(at: time) }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return take(field: line[...], []) }
    if colon == 0 {
      comments += 1
      return
    }
    let value = line[(colon + 1)...]
    take(field: line[..<colon], value.first == UInt8(ascii: " ") ? value.dropFirst() : value)
  }

  private mutating func take(field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
    if field.elementsEqual("data".utf8) {
      guard value.count + (data?.count ?? 0) < maximumEventBytes else {
        isTooLong = true
        return
      }
      // In place: an event of many short lines must not be copied for each of them.
      if data == nil { data = [] } else { data?.append(UInt8(ascii: "\n")) }
      data?.append(contentsOf: value)
    } else if field.elementsEqual("event".utf8) {
      type = String(decoding: value, as: UTF8.self)
    }
  }

  /// A blank line ends an event, if there is one.
  private mutating func endEvent(at time: Int64) {
    if isTooLong || data != nil && events.count == maximumEvents {
      dropped += 1
    } else if let data {
      events.append(ServerSentEvent(type: type.isEmpty ? "message" : type, data: data, time: time))
    }
    (type, data, isTooLong) = ("", nil, false)
  }
}
