import Testing

@testable import Transport

@Suite struct RetryAfterTests {
  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

  @Test(arguments: [
    ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:50:07 GMT", 30), (date, 0), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
  ])
  func secondsAndDatesAreRead(_ text: String, _ seconds: Int) {
    let response = HTTPResponse(status: 503, headers: ["Retry-After": text, "Date": Self.date])
    #expect(response.retryAfter == .seconds(seconds))
  }

  @Test(arguments: ["", "-1", "1.5", "soon", "99999999999999999999", "Sunday"])
  func anythingElseAsksForNothing(_ text: String) {
    #expect(HTTPResponse(status: 503, headers: ["Retry-After": text, "Date": Self.date]).retryAfter == nil)
  }

  @Test func aDateNeedsTheClockOfTheServer() {
    #expect(HTTPResponse(status: 503, headers: ["Retry-After": Self.date]).retryAfter == nil)
    #expect(HTTPResponse(status: 503).retryAfter == nil)
  }
}
