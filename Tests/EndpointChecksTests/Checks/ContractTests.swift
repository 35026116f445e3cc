import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// What a server declares against what was validated, and a version that does not exist.
@Suite struct ContractTests {
  private static let metadata =
    #"{"name":"m","versions":["1","2"],"platform":"","inputs":[{"name":"x","datatype":"FP64","shape":[-1]},"#
    + #"{"name":"s","datatype":"BYTES","shape":[-1]}],"outputs":[{"name":"p","datatype":"FP32","shape":[-1]}]}"#

  /// A server with versions 1 and 2 of one model.
  private func server(_ metadata: String = metadata, unknown: ScriptedServer.Answer = .reply(404)) throws
    -> ScriptedServer
  {
    try ScriptedServer { $0.line.contains("/versions/999999") ? unknown : .reply(200, metadata) }
  }

  private func contract(
    _ server: ScriptedServer, _ check: String, _ endpoint: String = "", in folder: TemporaryFolder? = nil
  ) async throws -> [Finding] {
    try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, \(endpoint)checks: [\(check)]}", in: folder)
  }

  @Test func nameAndVersionAndProbe() async throws {
    let server = try server()
    let findings = try await contract(server, "contract", "version: '2', ")
    #expect(findings.outcomes == ["contract.model=passed", "contract.version=passed", "contract.wrong-version=passed"])
    #expect(server.requests.map(\.line) == ["GET /v2/models/m/versions/2", "GET /v2/models/m/versions/999999"])
    let missing = try await contract(server, "{contract: {version: '3'}}")
    #expect(missing["contract.version"]?.message == "version 3 is not among the served ones: 1, 2")
    #expect(missing.outcomes.last == "contract.wrong-version=passed")
  }

  @Test func aVersionThatDoesNotExistMustNotAnswer() async throws {
    let findings = try await contract(server(unknown: .reply(200, Self.metadata)), "contract")
    #expect(findings.outcomes == ["contract.model=passed", "contract.wrong-version=failed"])
    #expect(findings[1].reproduce?.contains("/versions/999999") == true)
    let broken = try await contract(server(unknown: .reply(500)), "contract")
    #expect(broken.outcomes.last == "contract.wrong-version=failed")
    // KServe's answer.
    let without = try await contract(server(unknown: .reply(501)), "contract")
    #expect(without.outcomes.last == "contract.wrong-version=passed")
  }

  @Test(arguments: [
    ("inputs: [x, s], outputs: [p]", "", ""),
    ("inputs: {x: FP64, s: string}, outputs: {p: number}", "", ""),
    ("inputs: {x: FP32, s: string}", "inputs", "input x is served as FP64, but must be FP32"),
    ("inputs: {x: integer, s: integer}", "inputs", "input s is served as BYTES, but must be integer"),
    ("inputs: [x]", "inputs", "input s is served, and is not in the config"),
    ("inputs: [x, s, hour]", "inputs", "input hour is in the config, and is not served"),
    ("outputs: {p: FP64}", "outputs", "output p is served as FP32, but must be FP64"),
  ])
  func inputsAndOutputsOfTheConfig(_ keys: String, _ claim: String, _ words: String) async throws {
    let findings = try await contract(server(), "{contract: {\(keys)}}")
    let failed = findings.filter { $0.outcome != .passed }
    #expect(failed.map(\.id.check) == (claim.isEmpty ? [] : [claim]), "\(findings.map(\.message))")
    #expect(failed.first?.message ?? "" == words)
  }

  @Test func rulesAndSignaturesAreFiles() async throws {
    let folder = try TemporaryFolder()
    try folder.write("{columns: {id: {type: string}, x: {type: number}, s: {type: string}}}", to: "good.yaml")
    try folder.write("{columns: {x: {type: string}}}", to: "bad.yaml")
    try folder.write(
      #"{signature: {inputs: '[{"type": "double", "name": "x", "required": true}, {"type": "string", "name": "s"}, "#
        + #"{"type": "long", "name": "o", "required": false}]', outputs: '[{"type": "float", "name": "p"}]'}}"#,
      to: "MLmodel")
    let good = try await contract(server(), "{contract: {inputs: good.yaml}}", in: folder)
    #expect(good["contract.inputs"]?.outcome == .passed, "\(good.map(\.message))")
    let bad = try await contract(server(), "{contract: {inputs: bad.yaml}}", in: folder)
    #expect(bad["contract.inputs"]?.message == "input x is served as FP64, but must be string (and 1 more)")
    let signature = try await contract(server(), "{contract: {signature: MLmodel}}", in: folder)
    #expect(
      signature.outcomes.prefix(3) == ["contract.model=passed", "contract.inputs=passed", "contract.outputs=passed"],
      "\(signature.map(\.message))")
    let missing = try await contract(server(), "{contract: {inputs: nowhere.yaml}}", in: folder)
    #expect(missing["contract.inputs"]?.outcome == .errored && missing["contract.inputs"]?.reason == .io)
  }

  @Test func aMatrixHasAWidth() async throws {
    let metadata = #"{"name":"m","inputs":[{"name":"in","datatype":"FP32","shape":[-1,4]}],"outputs":[]}"#
    let four = try await contract(server(metadata), "{contract: {inputs: [a, b, c, d]}}")
    #expect(four["contract.inputs"]?.outcome == .passed)
    let three = try await contract(server(metadata), "{contract: {inputs: [a, b, c]}}")
    #expect(three["contract.inputs"]?.message == "input in has 4 features, and the config has 3")
  }

  @Test func withoutMetadataThereIsAnOutcomeOfItsOwn() async throws {
    let silent = try await contract(server("{}"), "{contract: {inputs: [x]}}")
    #expect(silent.outcomes.prefix(2) == ["contract.model=errored", "contract.inputs=skipped"])
    #expect(silent[0].reason == .metadataUnavailable)
    // MLServer, when no metadata are configured.
    let empty = #"{"name":"m","versions":[],"platform":"","inputs":[],"outputs":[]}"#
    let findings = try await contract(server(empty), "{contract: {inputs: [x], outputs: [p], version: '1'}}")
    #expect(
      findings.outcomes.prefix(4) == [
        "contract.model=passed", "contract.version=errored", "contract.inputs=errored", "contract.outputs=errored",
      ])
    #expect(findings.filter { $0.outcome == .errored }.allSatisfy { $0.reason == .metadataUnavailable })
    let other = try await contract(server(#"{"name":"other"}"#), "contract")
    #expect(other[0].message == #"the model's name is "other", but must be "m""#)
  }

  @Test(arguments: [
    ("{contract: {inputs: []}}", "nothing is named here"), ("{contract: {inputs: {x: FP65}}}", "is not one of"),
    ("{contract: {input: [x]}}", "unknown key"),
  ])
  func mistakesAreReported(_ check: String, _ words: String) {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, checks: [\(check)]}")
    #expect(subject == nil)
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
