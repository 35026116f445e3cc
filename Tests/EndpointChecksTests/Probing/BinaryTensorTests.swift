import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Tensors as bytes behind the JSON: the bytes of known numbers, and only where a server says that it reads them.
@Suite struct BinaryTensorTests {
  static let vectors: [(Datatype, [JSONValue], [UInt8])] = [
    (.bool, [true, false], [1, 0]), (.uint8, [255], [255]), (.int8, [-1], [255]), (.int16, [-2], [0xFE, 0xFF]),
    (.int32, [1], [1, 0, 0, 0]), (.int64, [-1], [UInt8](repeating: 0xFF, count: 8)),
    (.uint32, [4_294_967_295], [255, 255, 255, 255]),
    // IEEE 754: 1.5 is 0x3FC00000 and 0x3FF8000000000000, half precision 0x3E00, and 0x3FC0 as bfloat16.
    (.fp32, [1.5], [0, 0, 0xC0, 0x3F]), (.fp64, [1.5], [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]), (.fp16, [1.5], [0, 0x3E]),
    (.bf16, [1.5], [0xC0, 0x3F]), (.bytes, ["ab", ""], [2, 0, 0, 0, 0x61, 0x62, 0, 0, 0, 0]),
  ]

  @Test(arguments: vectors)
  func elementsAreLittleEndian(_ datatype: Datatype, _ elements: [JSONValue], _ bytes: [UInt8]) {
    #expect(BinaryTensor.bytes(elements, datatype) == bytes)
    #expect(BinaryTensor.elements(bytes[...], datatype) == elements)
  }

  static let misfits: [(Datatype, JSONValue)] = [
    (.int8, 128), (.uint8, -1), (.uint16, 65536), (.int64, 1.5), (.fp32, "1"), (.bool, 1), (.bytes, .null),
    (.fp64, .null),
  ]

  @Test(arguments: misfits)
  func whatTheTypeDoesNotHoldIsNotSent(_ datatype: Datatype, _ element: JSONValue) {
    #expect(BinaryTensor.bytes([element], datatype) == nil)
  }

  @Test func brokenBytesAreNoElements() {
    #expect(BinaryTensor.elements([1, 2, 3], .int32) == nil)
    #expect(BinaryTensor.elements([9, 0, 0, 0, 65], .bytes) == nil)
    #expect(BinaryTensor.elements([1, 0], .bytes) == nil)
  }

  private static let metadata =
    #"{"name":"m","inputs":[{"name":"x","datatype":"FP32","shape":[-1]},{"name":"s","datatype":"BYTES","shape":[-1]}]}"#

  private func config(_ server: ScriptedServer) -> String {
    "{url: '\(server.url)', protocol: open-inference-v2, model: m, encoding: binary, rows: [{x: 1.5, s: ab}], checks: [outputs]}"
  }

  @Test func onlyServersThatAdvertiseItAreAsked() async throws {
    let server = try ScriptedServer { request in
      request.line == "GET /v2"
        ? .reply(200, #"{"name":"s","extensions":["model_repository"]}"#) : .reply(200, Self.metadata)
    }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=errored"])
    #expect(findings[0].message.contains("does not advertise binary_tensor_data"))
    #expect(!server.requests.contains { $0.line.hasPrefix("POST") })
  }

  @Test func tensorsStandBehindTheirJSON() async throws {
    let json =
      #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"INT32","parameters":{"binary_data_size":4}}]}"#
    let server = try ScriptedServer { request in
      switch request.line {
      case "GET /v2": .reply(200, #"{"name":"s","extensions":["binary_tensor_data"]}"#)
      case "GET /v2/models/m": .reply(200, Self.metadata)
      default:
        .reply(
          200, json + "A\u{0}\u{0}\u{0}",
          headers: "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: \(json.utf8.count)\r\n")
      }
    }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    let request = try #require(server.requests.last)
    let head =
      #"{"id":"cupel","inputs":[{"name":"x","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}},"#
      + #"{"name":"s","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":6}}],"parameters":{"binary_data_output":true}}"#
    #expect(request.body.hasPrefix(head), "\(request.body)")
    #expect(request.head.contains("Inference-Header-Content-Length: \(head.utf8.count)"))
    #expect(request.head.contains("application/octet-stream"))
    #expect(request.body.hasSuffix("\u{2}\u{0}\u{0}\u{0}ab"))
  }
}
