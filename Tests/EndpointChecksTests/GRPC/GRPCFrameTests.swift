import Testing
import Transport

@testable import EndpointChecks

/// Messages in their frames, compressed and not.
@Suite struct GRPCFrameTests {
  /// By Python: `zlib.compress(bytes(1000), 9)` and `gzip.compress(bytes(1000), 9, mtime=0)`.
  private static let zeros: [String: [UInt8]] = [
    "deflate": [
      0x78, 0xDA, 0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00, 0x03, 0xE8, 0x00, 0x01,
    ],
    "gzip": [
      0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0x02, 0x03, 0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0, 0, 0x80,
      0x17, 0x0B, 0x06, 0xE8, 0x03, 0, 0,
    ],
  ]

  private static func frame(_ message: [UInt8]) -> [UInt8] { [1] + GRPCFrame.bytes(message).dropFirst() }

  @Test(arguments: ["deflate", "gzip"])
  func whatIsCompressedMayBeAsLongAsAnyMessage(_ encoding: String) throws {
    let body = Self.frame(try #require(Self.zeros[encoding]))
    #expect(try GRPCFrame.message(in: body, encodedBy: encoding, atMost: 1000) == [UInt8](repeating: 0, count: 1000))
    let error = #expect(throws: GRPCFrame.Flaw.self) {
      try GRPCFrame.message(in: body, encodedBy: encoding, atMost: 999)
    }
    #expect(error?.excess == .decompressed, "\(String(describing: error))")
  }

  @Test(arguments: [nil, "identity", "zstd", "gzip"] as [String?])
  func anotherEncodingIsAFlaw(_ encoding: String?) throws {
    let body = Self.frame(try #require(Self.zeros["deflate"]))
    let error = #expect(throws: GRPCFrame.Flaw.self) {
      try GRPCFrame.message(in: body, encodedBy: encoding, atMost: 1000)
    }
    #expect(error?.excess == nil && error?.text.contains("grpc-encoding") == (encoding != "zstd"))
  }

  /// `ModelInferResponse{model_name: "m", id: "cupel", outputs: [{name: "p", datatype: "FP64", shape: [1], contents:
  /// {fp64_contents: [NaN]}}]}`, by `zlib.compress` of Python.
  private static let notANumber: [UInt8] = [
    0x78, 0x9C, 0xE3, 0x62, 0xCC, 0x95, 0x62, 0x4D, 0x2E, 0x2D, 0x48, 0xCD, 0xD1, 0x92, 0xE0, 0x62, 0x2C, 0x10, 0x62,
    0x71,
    0x0B, 0x30, 0x33, 0x91, 0x62, 0x64, 0xD4, 0xE2, 0xB2, 0xE2, 0x60, 0x00, 0x83, 0x1F, 0xF5, 0x00, 0x7E, 0xAD, 0x06,
    0x8D,
  ]

  @Test func aLoadLooksIntoCompressedAnswers() throws {
    let preset = ProtocolName.openInferenceGRPC.preset.init(EndpointDeclaration())
    let good = #"{"model_name":"m","outputs":[{"name":"p","datatype":"FP64","shape":[1],"data":[0.5]}]}"#
    let call = GRPCCall(.inference, "ModelInfer", contents: .typed)
    let watcher = PredictionWatcher(
      try #require(PredictionReading(preset, Secrets(), call, like: Array(good.utf8))))
    func flaw(_ message: [UInt8], _ headers: HTTPHeaders) -> String? {
      watcher.begin()
      watcher.take(head: headers)
      watcher.take(Self.frame(message), at: 0)
      return watcher.sight.flaw
    }
    let deflate: HTTPHeaders = ["grpc-encoding": "deflate"]
    let words = try #require(flaw(Self.notANumber, deflate))
    #expect(words.contains("p") && !words.contains("compressed"), "\(words)")
    #expect(flaw(Self.notANumber, [:])?.contains("marked as compressed") == true)
    // What is longer than any answer that is looked into: `zlib.compress(bytes(100000), 9)` of Python.
    #expect(flaw(Self.manyZeros, deflate) == nil)
  }

  private static let manyZeros: [UInt8] =
    [0x78, 0xDA, 0xED, 0xC1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 0x0D, 0x0F, 0xA0]
    + [UInt8](repeating: 0, count: 96) + [0x80, 0x57, 0x03, 0x86, 0xAF, 0x00, 0x01]
}
