import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Answers that break HTTP/2 or gRPC, from a server that does as it is told.
@Suite struct GRPCFaultTests {
  private static let service = "/inference.GRPCInferenceService/"
  /// `ModelMetadataResponse{name: "m", inputs: [{name: "x", datatype: "FP64", shape: [-1]}]}` in its frame, by hand.
  private static let metadata =
    "000000001a" + "0a016d" + "2215" + "0a0178" + "120446503634" + "1a0affffffffffffffffff01"
  /// `ModelInferResponse{model_name: "m", id: "cupel", outputs: [{name: "p", datatype: "FP64", shape: [1], contents:
  /// {fp64_contents: [0.5]}}]}`.
  private static let message =
    "0a016d" + "1a05637570656c" + "2a18" + "0a0170" + "120446503634" + "1a0101"
    + "2a0a" + "3a08" + "000000000000e03f"
  private static let ok = #""trailers": [["grpc-status", "0"]]"#

  private static func frame(_ message: String, length: Int? = nil, flag: String = "00") -> String {
    let digits = String(length ?? message.count / 2, radix: 16)
    return flag + String(repeating: "0", count: 8 - digits.count) + digits + message
  }

  private func finding(_ inference: String) async throws -> Finding {
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}, "\#(Self.service)ModelInfer": {\#(inference)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, timeout: 2s, rows: [{x: 1.5}], checks: [outputs]}"
      )
    }
    return try #require(found.first)
  }

  @Test func theScriptOfAGoodServerPasses() async throws {
    let finding = try await finding(#""data": "\#(Self.frame(Self.message))", \#(Self.ok)"#)
    #expect(finding.outcome == .passed, "\(finding.message)")
  }

  static let faults: [(String, String)] = [
    (#""data": "\#(frame(message))", "end": "data""#, "the call ended without grpc-status"),
    (#""data": "\#(frame(message, length: 99))", \#(ok)"#, "the frame announces a message of 99 bytes, and 36 came"),
    (#""data": "\#(frame(message, length: 7))", \#(ok)"#, "29 bytes stand behind the message"),
    (#""data": "\#(frame(message, length: 4_294_967_295))", \#(ok)"#, "is larger than the limit of 16777216 bytes"),
    (
      #""data": "\#(frame(message, flag: "01"))", \#(ok)"#,
      "the message is marked as compressed, and grpc-encoding does not say by what"
    ),
    (
      #""headers": [["grpc-encoding", "snappy"]], "data": "\#(frame(message, flag: "01"))", \#(ok)"#,
      "the message is compressed by snappy, and the call takes identity,deflate,gzip"
    ),
    (
      #""headers": [["grpc-encoding", "gzip"]], "data": "\#(frame(message, flag: "01"))", \#(ok)"#,
      "the message is no gzip, though grpc-encoding says that it is"
    ),
    (
      #""headers": [["grpc-encoding", "gzip"]], "data": "\#(frame("1f8b0800", flag: "01"))", \#(ok)"#,
      "the message is damaged: it cannot be decompressed by gzip"
    ),
    (#""data": "\#(frame(message, flag: "07"))", \#(ok)"#, "the frame of the message begins with 7"),
    (#""data": "000000", \#(ok)"#, "the frame of the message breaks off after 3 of 5 bytes"),
    (ok, "the call succeeded, and no message came"),
    (
      #""data": "\#(frame("0a7f6d"))", \#(ok)"#,
      "the message is no ModelInferResponse: field 1 announces 127 bytes where 1 are left"
    ),
    (#""data": "\#(frame(message))\#(frame(message))", \#(ok)"#, "41 bytes stand behind the message"),
    (#""data": "\#(frame(message))", "end": "reset""#, "INTERNAL_ERROR"),
    (#""end": "goaway""#, "http://127.0.0.1:"),
    (#""end": "refuse""#, "it ended the connection (GOAWAY) before it took the request"),
    (#""end": "drop""#, "closed the connection without answering"),
    (#""data": "\#(frame(message))", "end": "cancel""#, "the stream of the answer was reset"),
    (#""data": "\#(frame(message))", "end": "close""#, "http://127.0.0.1:"),
    (#""end": "hang""#, "took longer than 2 s (waiting for the first byte)"),
    (
      #""headers": [[":status", "200"], ["content-type", "text/html"]], "data": "3c68746d6c3e""#,
      "is none of gRPC: its content type is text/html"
    ),
    (
      #""headers": [[":status", "200"], ["content-type", "application/grpc-web+proto"]], "data": "\#(frame(message))", \#(ok)"#,
      "is none of gRPC: its content type is application/grpc-web+proto"
    ),
    (#""headers": [[":status", "503"]], "data": "6e6f""#, "the rows were answered with status 503"),
    (
      #""trailers": [["grpc-status", "3"], ["grpc-message", "x is %E2%82%AC, not 5%"]]"#,
      "status 400: INVALID_ARGUMENT: x is €, not 5%"
    ),
    (
      #""headers": [["grpc-status", "14"], ["grpc-message", "loading"]], "end": "end""#,
      "status 503: UNAVAILABLE: loading"
    ),
    (#""trailers": [["grpc-status", "99"]]"#, "status 500: UNKNOWN"),
    (#""trailers": [["grpc-status", "many"]]"#, "status 500: UNKNOWN"),
  ]

  @Test(arguments: faults)
  func faultsFailAndSaySo(_ inference: String, _ words: String) async throws {
    let finding = try await finding(inference)
    #expect(finding.outcome == .failed, "\(finding.message)")
    #expect(finding.message.contains(words), "\(finding.message)")
    #expect(finding.reproduce?.contains("grpcurl -plaintext") == true)
  }

  /// A connection that ends in good order with an answer, as of a server that is being replaced, is no fault of the answer:
  /// where libcurl loses the trailers (7.88 does), that is what is told.
  @Test(arguments: ["farewell", "leave"])
  func aConnectionThatIsLetGoIsNoFault(_ end: String) async throws {
    let script =
      #"{"\#(Self.service)ModelInfer": {"data": "\#(Self.frame(Self.message))", \#(Self.ok), "end": "\#(end)"}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    var found: [Finding] = []
    try await PythonServer.scripted(script) { port in
      for _ in 0..<50 {
        found += try await evaluate(
          "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [outputs]}"
        )
      }
    }
    let others = found.filter {
      $0.outcome != .passed && !($0.outcome == .errored && $0.message.contains("(GOAWAY)"))
    }
    #expect(found.count == 50 && others.isEmpty, "\(others.map(\.message))")
  }

  /// What the server says that it has not taken is sent again, as every client of gRPC does it.
  @Test func aCallThatWasNotTakenIsSentAgain() async throws {
    let finding = try await finding(
      #""data": "\#(Self.frame(Self.message))", \#(Self.ok), "end": "refuse", "times": 1"#)
    #expect(finding.outcome == .passed, "\(finding.message)")
    #expect(finding.evidence.notes.contains { $0.contains("sent again") }, "\(finding.evidence.notes)")
  }

  @Test func anAnswerThatTheConnectionEndsWithinIsUnknown() async throws {
    let finding = try await finding(#""data": "\#(Self.frame(Self.message).prefix(40))", "end": "part""#)
    #expect(finding.outcome == .errored && finding.message.contains("(GOAWAY)"), "\(finding.message)")
  }

  /// What 20 calls in turn of a model find, whose connections end so.
  private func loaded(_ end: String, _ limits: String) async throws -> [Finding] {
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelInfer": {"data": "\#(Self.frame(Self.message))", \#(Self.ok), \#(end)}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [{latency: {errors: {at_most: 0%}, \(limits), concurrency: 1, requests: 20}}]}"
      )
    }
    return found
  }

  @Test(arguments: [
    (#""refuse", "times": 1"#, Outcome.passed, "the server ended theirs without an answer: 1"),
    (#""part", "times": 5"#, .errored, "of 5 nobody knows"),
    (#""cancel", "times": 5"#, .failed, "5 of 20 requests had no good answer"),
  ])
  func aLoadTellsWhatConnectionsTookAlong(_ end: String, _ outcome: Outcome, _ words: String) async throws {
    let found = try await loaded(#""after": 1, "end": \#(end)"#, "warmup: 0s")
    let errors = try #require(found.first)
    #expect(errors.outcome == outcome, "\(errors.message)")
    #expect(([errors.message] + errors.evidence.notes).contains { $0.contains(words) }, "\(errors)")
  }

  /// Two calls share a connection, and the farewell comes with the answers to both: whichever of them reads it, libcurl
  /// 7.88 loses the end of the other.
  @Test func aFarewellIsSaidToAllOnTheConnection() async throws {
    let answer = #""data": "\#(Self.frame(Self.message))", \#(Self.ok)"#
    let script = #"{"/one": {\#(answer)}, "/both": {\#(answer), "end": "farewell", "gather": 2}}"#
    try await PythonServer.scripted(script) { port in
      let client = HTTPClient()
      func request(_ path: String) -> HTTPRequest {
        HTTPRequest(
          method: "POST", url: "http://127.0.0.1:\(port)\(path)", headers: ["Content-Type": "application/grpc"],
          body: [0, 0, 0, 0, 0], version: .http2)
      }
      #expect(await Self.outcome(of: request("/one"), by: client) == "0")
      let both = request("/both")
      async let first = Self.outcome(of: both, by: client)
      async let second = Self.outcome(of: both, by: client)
      let outcomes = await [first, second]
      #expect(outcomes.allSatisfy { ["0", "end-unread"].contains($0) }, "\(outcomes)")
    }
  }

  /// The status of a call, or the kind of what happened instead.
  private static func outcome(of request: HTTPRequest, by client: HTTPClient) async -> String {
    do throws(TransportError) {
      return try await client.send(request).trailers["grpc-status"] ?? "no status"
    } catch {
      return error.kind
    }
  }

  /// HTTP/2 has no chunks that could be cut off, and who has answered over it speaks it.
  @Test(arguments: ["quit", "goaway", "close"])
  func whoeverHangsUpOnALargeBodyRefusesIt(_ end: String) async throws {
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelInfer": {"data": "\#(Self.frame(Self.message))", \#(Self.ok), "end": "\#(end)", "most": 1000000}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [{rejects: {oversize: 4MB}}]}"
      )
    }
    let oversize = try #require(found.first { $0.id.check == "oversize" })
    #expect(oversize.outcome == .passed, "\(oversize.message)")
    #expect(oversize.message.hasSuffix("is refused by closing the connection"), "\(oversize.message)")
  }

  // MARK: - Compression

  /// By Python: `gzip.compress(message, mtime=0)` and `zlib.compress(message)`.
  private static let compressed = [
    "gzip": "1f8b0800000000000203e362cc95624d2e2d48cdd192e0622c1062710b3033916264d4e2b2e260008307f60023709af124000000",
    "deflate": "789ce362cc95624d2e2d48cdd192e0622c1062710b3033916264d4e2b2e260008307f6007e3d0635",
  ]

  @Test(arguments: ["gzip", "deflate"])
  func compressedMessagesAreRead(_ encoding: String) async throws {
    let message = try #require(Self.compressed[encoding])
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelInfer": {"headers": [["grpc-encoding", "\#(encoding)"]], "data": "\#(Self.frame(message, flag: "01"))", \#(Self.ok)}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [outputs, {latency: {errors: {at_most: 0%}, concurrency: 1, requests: 20}}]}"
      )
    }
    #expect(found.count > 1 && found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  @Test func aLoadOfConnectionsThatAreLetGoIsNotToldAsFailed() async throws {
    let found = try await loaded(#""end": "farewell""#, "p50: {at_most: 10s}")
    #expect(!found.isEmpty && found.allSatisfy { $0.outcome != .failed }, "\(found.map(\.message))")
  }

  /// A `google.rpc.Status` with a BadRequest, an ErrorInfo and a RetryInfo, as protobuf from PyPI writes it.
  @Test func detailsAreShown() async throws {
    let finding = try await finding(
      #""trailers": [["grpc-status", "3"], ["grpc-status-details-bin", "\#(Self.badRequest)"]]"#)
    #expect(
      finding.evidence.notes.contains {
        $0.contains(#""field_violations":[{"field":"x","description":"too small"}]"#)
      }, "\(finding.evidence.notes)")
    #expect(finding.evidence.notes.contains { $0.contains(#""reason":"NO","domain":"d","metadata":{"k":"v"}"#) })
    #expect(finding.evidence.notes.contains { $0.contains(#"google.rpc.RetryInfo","bytes":4"#) })
  }

  private static let badRequest =
    "CAMaPQopdHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLkJhZFJlcXVlc3QSEAoOCgF4Egl0b28gc21hbGwaOwoodHlwZS5nb29nbGVhcGlz"
    + "LmNvbS9nb29nbGUucnBjLkVycm9ySW5mbxIPCgJOTxIBZBoGCgFrEgF2GjAKKHR5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5SZXRyeUlu"
    + "Zm8SBAoCCAM"

  @Test func aServerOfHTTP1IsToldOf() async throws {
    let server = try ScriptedServer { _ in .reply(404, "{}") }
    let found = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [outputs]}")
    #expect(found[0].message.contains("hung up without a word of HTTP/2"), "\(found[0].message)")
  }

  @Test func aLoadOfFailuresIsNoLoad() async throws {
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelInfer": {"data": "\#(Self.frame(Self.message))", "end": "data"}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [{latency: {errors: {at_most: 0%}, concurrency: 1, requests: 20}}]}"
      )
    }
    #expect(found[0].outcome == .failed, "\(found[0].message)")
    #expect(found[0].message.contains("without grpc-status"), "\(found[0].message)")
  }
}
