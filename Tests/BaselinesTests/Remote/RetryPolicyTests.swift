import Testing
import Transport

@testable import Baselines

@Suite struct RetryPolicyTests {
  private func pause(_ status: Int, after attempts: Int, retryAfter: String? = nil) -> Double? {
    let headers = HTTPHeaders(retryAfter.map { [.init(name: "retry-after", value: $0)] } ?? [])
    let response = HTTPResponse(status: status, headers: headers)
    return RetryPolicy(retries: 3, firstPause: 0.5).pause(after: response, attempts: attempts)
  }

  @Test func pausesDouble() {
    #expect((1...4).map { pause(429, after: $0) } == [0.5, 1, 2, nil])
    #expect(pause(503, after: 1) == 0.5)
  }

  @Test func theServerSaysHowLong() {
    #expect(pause(429, after: 1, retryAfter: "3") == 3)
    #expect(pause(429, after: 1, retryAfter: "-3") == 0)
    #expect(pause(429, after: 1, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT") == 0.5)
  }

  /// A minute in a gate is a hang.
  @Test func whoIsToWaitLongGivesUp() {
    #expect(pause(429, after: 1, retryAfter: "60") == nil)
    #expect(pause(429, after: 1, retryAfter: "nan") == 0.5)
    #expect(RetryPolicy(retries: 90, firstPause: 1).pause(after: HTTPResponse(status: 503), attempts: 80) == nil)
  }

  @Test(arguments: [200, 301, 400, 401, 403, 404, 500, 502, 504])
  func everythingElseIsAnAnswer(status: Int) { #expect(pause(status, after: 1) == nil) }
}
