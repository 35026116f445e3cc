import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Every check of the suite over the real gRPC of Python.
@Suite struct GRPCSuiteTests {
  private static let table =
    "id,x,s,score\n"
    + (0..<40).map {
      "r\($0),\(Double($0) * 2 + 0.5),\($0 % 2 == 0 ? "AA" : "Zürich"),\((Double($0) * 2 + 0.5) / 100)\n"
    }.joined()

  private func findings(
    _ checks: String, options: [String] = [], keys: String = "", secrets: Set<String> = [], scheme: String = "http",
    rows: String = "{file: rows.csv, features: [x, s]}"
  ) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    try folder.write(Self.table, to: "rows.csv")
    var found: [Finding] = []
    try await PythonServer.model(options) { port in
      found = try await evaluate(
        "{url: '\(scheme)://127.0.0.1:\(port)', protocol: open-inference-grpc, model: m, rows: \(rows), \(keys) checks: [\(checks)]}",
        secrets: secrets, in: folder)
    }
    return found
  }

  @Test func everyCheckPassesOnAGoodServer() async throws {
    let found = try await findings(
      """
      ready, metadata, outputs, rejects: malformed,
      {infer: {id: one, inputs: {x: [50.0], s: [AA]}, expect: {outputs: {p: [0.5], label: [late]}}}},
      {contract: {inputs: {x: FP64, s: BYTES}, outputs: {p: FP64, label: BYTES}}},
      {golden: {rows: {file: rows.csv, features: [x, s]}, expect: {p: score}, key: id}}, {consistency: {concurrent: 4}},
      {parity: {encodings: [typed, raw]}},
      {behaviour: {id: later, perturb: {x: {add: 10}}, expect: increases, output: p}},
      {latency: {p50: {at_most: 10s}, errors: {at_most: 0%}, concurrency: 2, duration: 1s}},
      {warmup: {warm: {at_most: 10s}, requests: 3}}
      """.replacing("\n", with: " ").replacing("rejects: malformed", with: "{rejects: {oversize: 8MB}}"),
      keys: "version: '1',")
    #expect(found.count > 25)
    for finding in found {
      #expect(finding.outcome == .passed, "\(finding.id): \(finding.message) \(finding.evidence.notes)")
    }
    func message(_ name: String) -> String? { found.first { $0.id.check == name }?.message }
    #expect(
      message("shape-mismatch") == "a request whose data do not fill its shape is refused with 400 (INVALID_ARGUMENT)")
    #expect(message("unknown-version")?.hasSuffix("404 (NOT_FOUND)") == true)
    // It stops reading where it has read enough, with or without a status.
    #expect(message("oversize")?.contains("megabytes that is no JSON is refused") == true)
    // What no message can hold, and what is refused before anybody asks the model.
    for absent in ["null", "bad-json", "bad-content-type", "bad-method"] { #expect(message(absent) == nil) }
  }

  @Test(arguments: ["typed", "raw"])
  func bothContentsCarryTheRows(_ contents: String) async throws {
    let found = try await findings(
      "outputs, {golden: {rows: {file: rows.csv, features: [x, s]}, expect: {p: score}, key: id}}",
      keys: "encoding: \(contents),")
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  /// gRPC's own servers compress what is shorter then, whatever the call says that it takes.
  @Test(arguments: ["gzip", "deflate"])
  func compressedAnswersAreRead(_ compression: String) async throws {
    let found = try await findings(
      "ready, metadata, outputs, {golden: {rows: {file: rows.csv, features: [x, s]}, expect: {p: score}, key: id}}",
      options: [compression])
    #expect(found.count > 3 && found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
  }

  @Test func aWrongValueFailsWithTheLineThatAsksAgain() async throws {
    let found = try await findings(
      "{infer: {id: one, inputs: {x: [50.0], s: [it's]}, expect: {outputs: {p: [0.6]}}}}")
    #expect(found.outcomes == ["one.status=passed", "one.outputs=failed"], "\(found.map(\.message))")
    let words = try #require(found.last?.reproduce)
    #expect(
      words.hasPrefix("cupel schema grpc > inference.proto && grpcurl -plaintext -import-path . -proto inference.proto")
    )
    // printf "it's" | base64
    #expect(
      words.contains(
        #" -d '{"model_name":"m","id":"one","inputs":[{"name":"x","shape":[1],"datatype":"FP64","contents":{"fp64_contents":[50.0]}},"#
          + #"{"name":"s","shape":[1],"datatype":"BYTES","contents":{"bytes_contents":["aXQncw=="]}}]}'"#), "\(words)")
    #expect(words.hasSuffix(" inference.GRPCInferenceService/ModelInfer"))
    let notes = found.last?.evidence.notes ?? []
    #expect(notes.contains { $0.hasPrefix("> POST http://127.0.0.1:") && $0.hasSuffix("/ModelInfer") })
    #expect(notes.contains("< HTTP/2 200"))
    #expect(notes.contains { $0.contains(#""parameters":{"content_type":"np"}"#) }, "\(notes)")
  }

  @Test func aModelThatIsNotThereIsToldOf() async throws {
    let folder = try TemporaryFolder()
    try await PythonServer.model { port in
      let found = try await evaluate(
        "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-grpc, model: other, checks: [metadata, {infer: {id: i, inputs: {x: [1.5]}}}, contract]}",
        in: folder)
      #expect(found.allSatisfy { $0.outcome != .passed })
      #expect(
        found[0].message == "the server has no model \"other\": status 404, NOT_FOUND: Model other  not found",
        "\(found[0].message)")
      #expect(found[1].message == "status is 404 (NOT_FOUND), but must be 200", "\(found[1].message)")
      let model = found.first { $0.id.check == "model" }
      #expect(
        model?.message.hasPrefix("the server has no model \"other\": status 404") == true, "\(model?.message ?? "")")
      #expect(
        found[1].evidence.notes.contains { $0.hasPrefix("< grpc-status: 5, NOT_FOUND: the server has no such model") })
    }
  }

  @Test func healthDecidesWhereItIsToBeHad() async throws {
    let healthless = try await findings("ready", options: ["healthless"])
    #expect(healthless.outcomes == ["ready=passed"], "\(healthless.map(\.message))")
    let sick = try await findings("ready", options: ["sick"])
    #expect(sick.outcomes == ["ready=failed"])
    #expect(sick[0].message == #"not ready: health: 200, {"status":"NOT_SERVING"}"#, "\(sick[0].message)")
    #expect(sick[0].reproduce?.hasPrefix("cupel schema grpc-health > health.proto && grpcurl") == true)
  }

  @Test func credentialsGoAsMetadata() async throws {
    let own = "auth: {bearer: secret-t0ken},"
    let found = try await findings(
      "access, {infer: {id: one, inputs: {x: [50.0], s: [AA]}}}, outputs", options: ["token=secret-t0ken"], keys: own,
      secrets: ["secret-t0ken"])
    #expect(found.contains { $0.id.check == "anonymous" || $0.id.column == "access" })
    #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map { "\($0.id) \($0.message)" })")
    let refused = try await findings("outputs", options: ["token=secret-t0ken"])
    #expect(refused.outcomes == ["outputs=failed"])
    #expect(refused[0].message.contains("401: UNAUTHENTICATED: who are you?"), "\(refused[0].message)")
  }

  @Test(.enabled(if: OpenSSLServer.isInstalled)) func callsGoOverTLS() async throws {
    try await OpenSSLServer.run { _, certificate in
      let found = try await findings(
        "ready, outputs, {latency: {errors: {at_most: 0%}, concurrency: 1, requests: 20}}",
        options: ["certificate=\(certificate)"],
        keys: "tls: {ca: '\(certificate)'},", scheme: "https")
      #expect(found.allSatisfy { $0.outcome == .passed }, "\(found.map(\.message))")
    }
  }

  @Test func restAndCallsAgree() async throws {
    let rest = try ServedModel().serve()
    let rows = ServedModel.rows(0..<50).replacing("}", with: ", s: AA}")
    let found = try await findings(
      "{parity: {endpoint: {url: '\(rest.url)', protocol: open-inference-v2}}}", rows: rows)
    // The other one says "early" where this one says "früh".
    #expect(found.outcomes == ["parity=failed"])
    #expect(found[0].message.contains("50 of 50 rows differ"), "\(found[0].message)")
  }

  // MARK: - The config

  @Test(arguments: [
    ("paths: {infer: /x}, checks: [ready]", "the protocol open-inference-grpc has its own paths"),
    ("ready: {path: /healthz}, checks: [ready]", "open-inference-grpc asks for readiness by calls, not by a path"),
    ("http: 1.1, checks: [ready]", "gRPC needs HTTP/2"),
    ("encoding: nested, checks: [outputs]", "the protocol open-inference-grpc has no encoding nested"),
    (
      "checks: [{infer: {id: a, inputs: {x: {datatype: FP64, shape: [1], data: [null]}}}}]",
      "a null has no place in a tensor of gRPC: input x"
    ),
    ("checks: [{request: {id: a, path: /v2}}]", "the protocol open-inference-grpc has no \"request\""),
  ])
  func whatCallsHaveNotIsRefused(_ keys: String, _ words: String) throws {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-grpc, model: m, rows: [{x: 1}], \(keys)}")
    #expect(problems.diagnostics.contains { $0.headline.hasPrefix(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
