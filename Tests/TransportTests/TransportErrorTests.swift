import Testing

@testable import Transport

/// Errors are part of the product: a stable word and one sentence each.
@Suite struct TransportErrorTests {
  static let all: [TransportError] = [
    .invalidURL(reason: "r"), .invalidRequest(reason: "r"), .unsupportedProtocol(scheme: "ftp"),
    .couldNotResolve(host: "h"), .connectionRefused(origin: "o"), .connectionReset(origin: "o", received: 0),
    .timedOut(origin: "o", phase: .connecting, limit: .seconds(1), received: 0),
    .truncatedBody(origin: "o", expected: 2, received: 1), .responseTooLarge(origin: "o", part: .body, limit: 1),
    .malformedResponse(origin: "o", reason: "r"), .wrongVersion(origin: "o"), .brokenExchange(origin: "o", reason: "r"),
    .endUnread(origin: "o"), .tls(origin: "o", reason: "r"),
    .certificate(origin: "o", flaw: .expired, reason: "r"), .cancelled,
    .unavailable(reason: "r"), .other(origin: "o", code: 1, reason: "r"),
  ]

  @Test func kindsAreDistinctPlainWords() {
    #expect(Set(Self.all.map(\.kind)).count == Self.all.count)
    for error in Self.all {
      #expect(error.kind.allSatisfy { $0.isLowercase || $0 == "-" })
    }
  }

  @Test(arguments: all) func sentencesEndProperly(error: TransportError) {
    #expect(error.description.last.map { ".?".contains($0) } == true)
    #expect(!error.description.contains("\n"))
  }

  @Test(arguments: [
    (Duration.seconds(30), "30 s", 30_000), (.milliseconds(1500), "1500 ms", 1500), (.microseconds(400), "0 ms", 0),
    (.seconds(1 << 40), "1099511627776 s", Int(Int32.max)),
  ])
  func limitsReadWell(limit: Duration, words: String, milliseconds: Int) {
    let error = TransportError.timedOut(origin: "o", phase: .readingBody, limit: limit, received: 7)
    #expect(error.description.contains("longer than \(words) (reading the response, 7 body bytes so far)"))
    #expect(limit.milliseconds == milliseconds)
  }
}
