import Testing
import Transport

@testable import EndpointChecks

/// Calls as they go out, and the line that makes one again.
@Suite struct GRPCCallTests {
  @Test(arguments: [
    (Duration.seconds(10), "10000m"), (.milliseconds(1), "1m"), (.microseconds(10), "1m"),
    (.seconds(99_998), "99998000m"),
    (.seconds(100_000), "100000S"), (.seconds(1 << 40), "99999999S"),
  ])
  func deadlinesHaveEightDigits(_ limit: Duration, _ words: String) { #expect(GRPCCall.words(limit) == words) }

  /// The names and numbers of `doc/statuscodes.md`.
  @Test func statusesAreThoseOfGRPC() {
    #expect(
      GRPCStatus.allCases.map(\.name) == [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
      ])
    #expect(
      GRPCStatus.allCases.map(\.httpStatus) == [
        200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401,
      ])
    // Whoever says two things is not believed the better one, which is how grpcio reads it.
    #expect(GRPCStatus(headers: [:], trailers: ["grpc-status": "0", "grpc-status": "13"]) == .internal)
    #expect(GRPCStatus(headers: ["grpc-status": "0"], trailers: ["grpc-status": "0"]) == .ok)
  }

  @Test(arguments: [
    ("plain", "plain"), ("100%25 of %E2%82%AC", "100% of €"), ("50% off", "50% off"), ("%", "%"), ("%4", "%4"),
    ("%zz", "%zz"), ("%0a%1b", "\n\u{1B}"),
  ])
  func messagesAreDecoded(_ text: String, _ decoded: String) { #expect(GRPCFailure.decoded(text) == decoded) }

  private func line(_ request: HTTPRequest, _ document: String, secrets: Secrets = Secrets()) -> String {
    GRPCurlCommand(
      call: GRPCCall(.inference, "ModelReady"), request: request, document: Array(document.utf8), secrets: secrets
    ).description
  }

  @Test func theLineSaysHowToGetThere() {
    let tls = TLSOptions(
      caFile: "/a b/ca.pem", acceptsAnyCertificate: true, clientCertificateFile: "c.pem", clientKeyFile: "k.pem")
    let request = HTTPRequest(
      method: "POST", url: "https://[::1]/inference.GRPCInferenceService/ModelReady",
      headers: [
        "Authorization": "Bearer x", "TE": "trailers", "Content-Type": "application/grpc", "grpc-timeout": "1m",
        "grpc-accept-encoding": "identity,deflate,gzip", "k": "v w",
      ],
      timeout: .milliseconds(2500), tls: tls)
    #expect(
      line(request, #"{"name":"it's"}"#)
        == "cupel schema grpc > inference.proto && grpcurl -cacert '/a b/ca.pem' -insecure -cert c.pem -key k.pem "
        + #"-import-path . -proto inference.proto -H 'Authorization: '"$AUTHORIZATION" -H 'k: v w' -max-time 2 "#
        + #"-d '{"name":"it'\''s"}' '[::1]:443' inference.GRPCInferenceService/ModelReady"#)
  }

  @Test func aCallSaysWhatItTakes() {
    let headers = GRPCCall(.inference, "ModelReady").headers(timeout: .seconds(1))
    #expect(headers["grpc-accept-encoding"] == "identity,deflate,gzip")
  }

  @Test func secretsAndLongMessagesStayOut() {
    var secrets = Secrets()
    secrets.add("s3cret-w0rd")
    let request = HTTPRequest(method: "POST", url: "http://model:8001/inference.GRPCInferenceService/ModelReady")
    let short = line(request, #"{"name":"s3cret-w0rd"}"#, secrets: secrets)
    #expect(!short.contains("s3cret") && short.contains(" -plaintext ") && short.contains(" model:8001 "))
    let long = line(request, #"{"name":"\#(String(repeating: "x", count: 9000))"}"#)
    #expect(long.contains(" -d @ < request-body ") && long.count < 400)
    #expect(line(request, "xxxx").hasSuffix("-max-time 30 model:8001 inference.GRPCInferenceService/ModelReady"))
  }
}
