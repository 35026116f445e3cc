import Testing
import Transport

@testable import EndpointChecks

/// A secret that a server streams back in pieces, none of which is one.
@Suite struct SecretPiecesTests {
  private static let secret = "super-s3cret-t0ken"

  @Test(arguments: [
    (["super-s3", "cret-t0ken"], true), (["Hi super-s", "3cret-", "t0ken!"], true), (["super-s3cret-t0ken"], false),
    (["super-s3", "cret-t0kem"], false), (["cret-t0ken", "super-s3"], false), ([], false),
  ])
  func piecesAreReadTogether(pieces: [String], areOne: Bool) {
    var secrets = Secrets()
    secrets.add(Self.secret)
    let events = pieces.map { "data: " + ChatServer.chunk(#"{"content":"\#($0)"}"#) + "\n\n" }.joined()
    func response(_ type: String, _ body: String) -> HTTPResponse {
      HTTPResponse(status: 200, headers: ["Content-Type": type], body: Array(body.utf8))
    }
    #expect(response("text/event-stream; charset=utf-8", events).saysInPieces(secrets) == areOne)
    #expect(!response("application/json", events).saysInPieces(secrets))
    let plain = pieces.map { "data: \($0)\n\n" }.joined()
    #expect(response("text/event-stream", plain).saysInPieces(secrets) == areOne)
    var transcript = Transcript(
      request: HTTPRequest(url: "http://127.0.0.1:1/"), result: .success(response("text/event-stream", events)),
      elapsed: .zero)
    transcript.plan = nil
    let notes = transcript.notes(secrets).joined()
    #expect(!notes.contains(Self.secret) && notes.contains("in pieces") == areOne)
    if areOne { #expect(!pieces.contains { notes.contains($0) }) }
  }
}
