import TestSupport
import Testing
import Transport

@testable import EndpointChecks

/// Server-sent events by the rules of WHATWG HTML, 9.2: the examples of the standard, and a reader of whole bodies as
/// twin for any cutting into pieces.
@Suite struct EventStreamReaderTests {
  private func events(_ text: String) -> [String] {
    var reader = EventStreamReader()
    reader.take(Array(text.utf8), at: 0)
    return reader.events.map(Self.words)
  }

  private static func words(_ event: ServerSentEvent) -> String {
    "\(event.type)|\(String(decoding: event.data, as: UTF8.self))"
  }

  /// The examples of 9.2.6, and what they are said to give there.
  @Test(arguments: [
    ("data: YHOO\ndata: +2\ndata: 10\n\n", ["message|YHOO\n+2\n10"]),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
      ["message|first event", "message|second event"]
    ),
    ("data\n\ndata\ndata\n\ndata:", ["message|", "message|\n"]),
    ("data:test\n\ndata: test\n\n", ["message|test", "message|test"]),
    ("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n", ["add|73857293", "remove|2153"]),
    ("\u{FEFF}data: a\r\n\r\ndata: b\r\rdata: c\n\n", ["message|a", "message|b", "message|c"]),
    ("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n", ["message|b"]), ("event: x\n\ndata: y\n\n", ["message|y"]),
    ("Data: a\n\ndata : b\n\nretry: 10\n\n", []), ("data: a:b\n\ndata:: c\n\n", ["message|a:b", "message|: c"]),
    ("", []), ("\n\n\r\n", []), (":ping\n:ping\n\n", []),
  ])
  func examplesOfTheStandard(_ text: String, _ expected: [String]) { #expect(events(text) == expected) }

  /// Lines first, then blocks: another way to the same events.
  private static func twin(_ text: String) -> [String] {
    // By bytes: a carriage return and a line feed are one Character, wherever they come from.
    let ends = Array(text.utf8).replacing([13, 10], with: [10]).replacing([13], with: [10])
    let lines = ends.split(separator: 10, omittingEmptySubsequences: false).dropLast()
    var found: [String] = []
    for block in lines.split(omittingEmptySubsequences: false, whereSeparator: \.isEmpty).dropLast() {
      let fields = block.map { line -> (String, String) in
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? parts[1].starts(with: [32]) ? parts[1].dropFirst() : parts[1] : []
        return (String(decoding: parts[0], as: UTF8.self), String(decoding: value, as: UTF8.self))
      }
      let data = fields.filter { $0.0 == "data" }.map(\.1)
      let type = fields.last { $0.0 == "event" }?.1 ?? ""
      if !data.isEmpty { found.append("\(type.isEmpty ? "message" : type)|\(data.joined(separator: "\n"))") }
    }
    return found
  }

  @Test func anyCuttingGivesTheSameEvents() {
    var random = SeededGenerator(seed: 9)
    let pieces = [
      "data: x", "data:é", "data", ":c", "event: e", "event:", "id: 1", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "junk",
      " ", ":",
    ]
    var found = 0
    for round in 0..<400 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let expected = Self.twin(text)
      found += expected.count
      var reader = EventStreamReader()
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...(round.isMultiple(of: 2) ? 3 : 20), using: &random)
        reader.take(rest.prefix(count), at: 0)
        rest = rest.dropFirst(count)
      }
      #expect(reader.events.map(Self.words) == expected, "\(text.debugDescription)")
    }
    #expect(found > 200)
  }

  /// An event is there when its blank line is, and not when its first byte is.
  @Test func eventsHaveTheTimeOfTheirEnd() {
    var response = HTTPResponse(status: 200, body: Array("data: a\n\ndata: b\n\ndata: c".utf8))
    response.arrivals = [
      BodyArrival(end: 3, time: 10), BodyArrival(end: 9, time: 20), BodyArrival(end: 17, time: 30),
      BodyArrival(end: 18, time: 40), BodyArrival(end: 25, time: 50),
    ]
    let reader = EventStreamReader(reading: response)
    #expect(reader.events.map(\.time) == [20, 40])
    #expect(reader.unfinished.map { String(decoding: $0, as: UTF8.self) } == "data: c")
  }

  /// Each short line of a long event copied whole would be a million megabytes.
  @Test func anEventOfManyLinesIsReadInPassing() {
    var reader = EventStreamReader()
    reader.take([[UInt8]](repeating: Array("data:\n".utf8), count: 1_000_000).joined(), at: 0)
    reader.take([10], at: 0)
    #expect(reader.events.first?.data.count == 999_999)
  }

  @Test func eventsAndTheirNumberAreBounded() {
    var reader = EventStreamReader(maximumEventBytes: 16, maximumEvents: 2)
    reader.take(Array("data: \(String(repeating: "x", count: 1 << 16))\n\ndata: ok\n\n".utf8), at: 0)
    for _ in 0..<10 { reader.take(Array("data: 12345\n".utf8), at: 0) }
    reader.take(Array("\ndata: ok\n\ndata: more\n\n".utf8), at: 0)
    #expect(reader.events.map(Self.words) == ["message|ok", "message|ok"])
    #expect(reader.dropped == 3)
  }
}
