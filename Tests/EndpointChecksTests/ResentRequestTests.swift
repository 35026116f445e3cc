import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// A server that drops a request on a connection that was kept open is asked again, and the finding says so.
@Suite struct ResentRequestTests {
  /// The second request of the first connection is read and dropped; all others are answered.
  private func findings(_ rest: String) async throws -> [Finding] {
    let server = try FaultServer { connection in
      var isFirst = true
      while connection.readRequest() != nil {
        if connection.number == 1, !isFirst { return }
        isFirst = false
        connection.answer(body: #"{"y": 1}"#)
      }
    }
    defer { server.stop() }
    let (subject, problems) = endpoint(
      "{url: '\(server.url(""))', paths: {infer: /score}, request: {rows: '{records}'}, reply: '$.y', \(rest)}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let found = await asked.evaluate(.everything, in: .testing)
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
    return found
  }

  @Test func aRequestSaysIt() async throws {
    let found = try await findings("checks: [{request: {path: /a}}, {request: {path: /b}}, {request: {path: /c}}]")
    let words = "the server dropped the request without an answer, and it was sent again over another connection"
    #expect(found.map { $0.evidence.notes.contains(words) } == [false, true, false], "\(found.map(\.evidence.notes))")
  }

  @Test func aCheckOfManyRequestsCountsThem() async throws {
    let found = try await findings("rows: [{x: 1}], checks: [{request: {path: /a}}, outputs]")
    let notes = try #require(found["outputs"]).evidence.notes
    let words = "; the server dropped 1 of them, which were sent again"
    #expect(notes.contains { $0.hasPrefix("1 request in ") && $0.hasSuffix(words) }, "\(notes)")
    let quiet = try await findings("rows: [{x: 1}], checks: [outputs]")
    #expect(!quiet.allText.contains("sent again"))
  }
}
