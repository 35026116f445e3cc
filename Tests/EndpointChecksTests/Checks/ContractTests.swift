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

  /// What the metadata say is one thing, and who answers another.
  @Test(arguments: [(#""1""#, Outcome.passed), (#""7""#, .failed), ("1", .passed), ("7", .failed)])
  func theVersionThatAnswersIsTheOneThatIsDeclared(_ answering: String, _ outcome: Outcome) async throws {
    let server = try ScriptedServer { request in
      if request.line.contains("/versions/999999") { return .reply(404) }
      guard request.line.hasPrefix("POST") else { return .reply(200, Self.metadata) }
      return .reply(
        200,
        #"{"model_name":"m","model_version":\#(answering),"id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"FP32","data":[0.5]}]}"#
      )
    }
    let findings = try await contract(server, "{contract: {version: '1'}}", "rows: [{x: 1.5, s: a}], ")
    let version = try #require(findings["contract.version"])
    #expect(version.outcome == outcome, "\(version.message)")
    if outcome == .failed { #expect(version.reproduce?.contains("/infer") == true) }
    let without = try await contract(server, "{contract: {version: '1'}}")
    #expect(without["contract.version"]?.evidence.notes.contains { $0.hasPrefix("no row was asked") } == true)
  }

  /// Tensors of one name may be of other rows. The first dimension counts the rows, if it is declared, and an element
  /// needs none.
  @Test(arguments: [
    ("[-1, 4]", "[-1, 4]", Outcome.passed), ("[-1, 7]", "[-1, 4]", .failed), ("[4]", "[-1, 4]", .passed),
    ("[-1]", "[-1, 4]", .failed), ("[-1, 1]", "[-1]", .passed), ("[-1, -1]", "[-1, 4]", .passed),
    ("[-1, 3, 8, 8]", "[-1, 8, 8, 3]", .failed),
  ])
  func shapesOfTheSameNameAreCompared(_ served: String, _ wanted: String, _ outcome: Outcome) async throws {
    let metadata =
      #"{"name":"m","versions":["1"],"inputs":[{"name":"x","datatype":"FP64","shape":\#(served)}],"outputs":[]}"#
    let server = try server(metadata)
    let folder = try TemporaryFolder()
    let tensor = #"{"type":"tensor","name":"x","tensor-spec":{"dtype":"float64","shape":\#(wanted)}}"#
    try folder.write("{signature: {inputs: '[\(tensor)]'}}", to: "MLmodel")
    let findings = try await contract(server, "{contract: {signature: MLmodel}}", in: folder)
    let inputs = try #require(findings["contract.inputs"])
    #expect(inputs.outcome == outcome, "\(inputs.message)")
    if outcome == .failed { #expect(inputs.message.contains("shape \(served)"), "\(inputs.message)") }
  }

  /// MLServer lists no versions, and answers for those that it has.
  @Test(arguments: [
    (200, Outcome.passed, "version v9 is answered by its address; the server lists none"),
    (404, .failed, "version v9 is not served: status 404: Model m with version v9 not found"),
    (
      501, .errored,
      "metadata unavailable: the server tells no versions, and answers for version v9 with 501"
    ),
  ])
  func aVersionThatIsNotListedIsAskedFor(_ status: Int, _ outcome: Outcome, _ words: String)
    async throws
  {
    let unlisted = Self.metadata.replacing(#"["1","2"]"#, with: "[]")
    let server = try ScriptedServer { request in
      if request.line.contains("/versions/999999") { return .reply(404) }
      if status == 200 || !request.line.contains("/versions/v9") { return .reply(200, unlisted) }
      return .reply(status, #"{"error": "Model m with version v9 not found"}"#)
    }
    let findings = try await contract(server, "{contract: {version: v9}}")
    let version = try #require(findings["contract.version"])
    #expect(version.outcome == outcome && version.message.hasPrefix(words), "\(version.message)")
    #expect(version.reproduce?.contains("/versions/v9") == true)
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

  /// A rules file has columns that are no features, so that the verdict says which are not served, or is told which are.
  @Test func aLostInputFailsWhereFeaturesAreNamed() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "{columns: {id: {type: string}, x: {type: number}, s: {type: string}, z: {type: number}}}", to: "r.yaml")
    func inputs(_ check: String, _ endpoint: String = "") async throws -> Finding? {
      try await contract(server(), "{contract: {inputs: r.yaml\(check)}}", endpoint, in: folder)["contract.inputs"]
    }
    let any = try await inputs("")
    #expect(any?.outcome == .passed)
    #expect(
      any?.message.hasPrefix("the 2 served inputs are among the columns of r.yaml; not served: id, z; features:")
        == true,
      "\(any?.message ?? "")")
    let lost = try await inputs(", features: [x, s, z]")
    #expect(lost?.message == "input z is in the features of r.yaml, and is not served" && lost?.outcome == .failed)
    let ofRows = try await inputs("", "rows: {file: rows.csv, features: [x, s, z]}, ")
    #expect(ofRows?.outcome == .failed)
    #expect(
      try await inputs(", features: [x, s]")?.message == "the 2 served inputs are those of the features of r.yaml")
    #expect(try await inputs(", features: [x, q]")?.outcome == .errored)
    #expect(try await inputs(", features: [x]")?.outcome == .failed)
  }

  @Test func aMatrixAmongMoreColumnsSaysThatItsNamesAreNotTold() async throws {
    let folder = try TemporaryFolder()
    try folder.write("{columns: {a: {}, b: {}, c: {}}}", to: "r.yaml")
    let metadata = #"{"name":"m","inputs":[{"name":"in","datatype":"FP32","shape":[-1,2]}],"outputs":[]}"#
    let two = try await contract(server(metadata), "{contract: {inputs: r.yaml}}", in: folder)
    #expect(two["contract.inputs"]?.outcome == .passed)
    #expect(two["contract.inputs"]?.message.contains("their names are not told") == true)
    let three = try await contract(server(metadata), "{contract: {inputs: r.yaml, features: [a, b, c]}}", in: folder)
    #expect(three["contract.inputs"]?.outcome == .failed)
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
        "contract.model=passed", "contract.version=passed", "contract.inputs=errored",
        "contract.outputs=errored",
      ])
    #expect(findings.filter { $0.outcome == .errored }.allSatisfy { $0.reason == .metadataUnavailable })
    let other = try await contract(server(#"{"name":"other"}"#), "contract")
    #expect(other[0].message == #"the model's name is "other", but must be "m""#)
  }

  // MARK: - A model of another name

  /// A server of the model `iris` that is asked for `m`.
  private func serverOfAnother(
    _ refusal: ScriptedServer.Answer, models: ScriptedServer.Answer = .reply(404), health: Int = 200,
    modelReady: Int = 404
  ) throws -> ScriptedServer {
    try ScriptedServer { request in
      switch request.line {
      case "POST /v2/repository/index", "GET /v1/models": models
      case "GET /v2/health/live", "GET /v2/health/ready", "GET /": .reply(health)
      case "GET /v2/models/m/ready": .reply(modelReady)
      default: refusal
      }
    }
  }

  /// The refusals of MLServer, KServe and Triton, which name the model.
  @Test(arguments: [
    (404, "Model m not found"), (404, "Model with name m does not exist."),
    (400, "Request for unknown model: 'm' is not found"),
  ])
  func aRefusalThatNamesTheModelFails(_ status: Int, _ text: String) async throws {
    let server = try serverOfAnother(
      .reply(status, #"{"error":"\#(text)"}"#), models: .reply(200, #"[{"name":"iris","state":"READY"}]"#), health: 404)
    let findings = try await contract(server, "{contract: {inputs: [x]}}")
    #expect(
      findings.outcomes == ["contract.model=failed", "contract.inputs=skipped", "contract.wrong-version=skipped"])
    #expect(
      findings[0].message == "the server has no model \"m\": status \(status), \(text); it serves iris")
    #expect(findings[0].reproduce?.hasSuffix("/v2/models/m") == true, "\(findings[0].reproduce ?? "")")
    let metadata = try await contract(server, "metadata")
    #expect(metadata.map(\.outcome) == [.failed] && metadata[0].message.contains(#"no model "m""#))
  }

  @Test func aServerThatIsUpAndHasAnotherModelFails() async throws {
    let healthy = try await contract(serverOfAnother(.reply(404)), "contract")
    #expect(healthy.outcomes == ["contract.model=failed", "contract.wrong-version=skipped"])
    #expect(healthy[0].message == "the server has no model \"m\": status 404")
    let list = ScriptedServer.Answer.reply(200, #"{"models":["iris","wine"]}"#)
    let server = try serverOfAnother(.reply(404), models: list)
    let findings = try await evaluate("{url: '\(server.url)', protocol: kserve-v1, model: m, checks: [contract]}")
    #expect(findings[0].outcome == .failed && findings[0].message.hasSuffix("it serves iris, wine"))
    // TensorFlow Serving lists nothing, and names the model that it does not have.
    let half = try ScriptedServer { _ in .reply(404, #"{"error":"Servable not found for request: Latest(half)"}"#) }
    let tensorFlow = try await evaluate(
      "{url: '\(half.url)', protocol: tf-serving, model: half, checks: [contract]}")
    #expect(tensorFlow[0].outcome == .failed && tensorFlow[0].message.contains(#"no model "half""#))
  }

  @Test func whereOnlyTheMetadataAreMissingTheyAreUnavailable() async throws {
    let gone = try await contract(serverOfAnother(.reply(404), health: 404), "contract")
    #expect(gone[0].outcome == .errored && gone[0].reason == .metadataUnavailable, "\(gone[0].message)")
    let ready = try await contract(serverOfAnother(.reply(404), modelReady: 200), "contract")
    #expect(ready[0].outcome == .errored && ready[0].reason == .metadataUnavailable, "\(ready[0].message)")
    let listed = try await contract(
      serverOfAnother(.reply(404, #"{"detail":"Not Found"}"#), models: .reply(200, #"[{"name":"m"}]"#)), "contract")
    #expect(listed[0].reason == .metadataUnavailable, "\(listed[0].message)")
    let route = try await contract(
      serverOfAnother(.reply(404, #"{"error":"no route GET /v2/models/m"}"#), health: 404), "contract")
    #expect(route[0].reason == .metadataUnavailable, "\(route[0].message)")
    let forbidden = try await contract(serverOfAnother(.reply(403)), "contract")
    #expect(forbidden[0].reason == .metadataUnavailable)
  }

  /// Rows cannot be made up for a model that is not there, and that is why nothing else passes.
  @Test func checksWithoutRowsNameTheModelToo() async throws {
    let findings = try await contract(
      serverOfAnother(.reply(404, #"{"error":"Model m not found"}"#)), "outputs, consistency")
    #expect(findings.allSatisfy { $0.outcome != .passed })
    #expect(findings[0].outcome == .failed && findings[0].message.contains(#"no model "m""#), "\(findings[0].message)")
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
