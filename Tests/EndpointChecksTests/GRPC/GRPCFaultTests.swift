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
    (#""data": "\#(frame(message, flag: "01"))", \#(ok)"#, "the message is compressed, which was not asked for"),
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

  @Test func aLoadOfConnectionsThatAreLetGoIsNotToldAsFailed() async throws {
    var found: [Finding] = []
    let script =
      #"{"\#(Self.service)ModelInfer": {"data": "\#(Self.frame(Self.message))", \#(Self.ok), "end": "farewell"}, "\#(Self.service)ModelMetadata": {"data": "\#(Self.metadata)", \#(Self.ok)}}"#
    try await PythonServer.scripted(script) { port in
      found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: [{x: 1.5}], checks: [{latency: {errors: {at_most: 0%}, p50: {at_most: 10s}, concurrency: 1, requests: 20}}]}"
      )
    }
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
