import Foundation
import JSON
import Language
import Processes
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Evaluates one endpoint over real loopback; every planned check that is selected has its finding.
func evaluate(
  _ text: String, secrets: Set<String> = [], only: [String] = [], in folder: TemporaryFolder? = nil
) async throws -> [Finding] {
  let folders = EndpointFolders(config: folder?.path ?? "") { path, name in
    guard let bytes = FileManager.default.contents(atPath: path) else { return .failure(Diagnostic("no \(name)")) }
    return .success(FlowText.node(String(decoding: bytes, as: UTF8.self)))
  }
  let (subject, problems) = endpoint(text, secrets: secrets, folders: folders)
  let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
  let findings = await asked.evaluate(Selection(only), in: .testing)
  #expect(findings.map(\.id) == asked.checks.map(\.id).filter { Selection(only).includes($0) })
  withExtendedLifetime(folder) {}
  return findings
}

/// A probing check at work: what it sends, and what its finding says when the endpoint is good, bad or gone.
@Suite struct ProbingTests {
  /// Metadata of two inputs, and an answer of one probability a row.
  private static func model(
    _ request: ScriptedServer.Request, data: String = "[0.25,0.75]", shape: String = "[2]"
  ) -> ScriptedServer.Answer {
    guard request.line.hasPrefix("POST") else {
      return .reply(
        200,
        #"{"name":"m","versions":["1"],"inputs":[{"name":"x","datatype":"FP64","shape":[-1]},"#
          + #"{"name":"s","datatype":"BYTES","shape":[-1,1]}],"outputs":[{"name":"p","datatype":"FP64","shape":[-1]}]}"#
      )
    }
    return .reply(
      200,
      #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":\#(shape),"datatype":"FP64","data":\#(data)}]}"#)
  }

  private func config(_ server: ScriptedServer, _ rest: String = "checks: [outputs]") -> String {
    "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 95, s: AA, id: 7}, {x: 1.5, s: B6, id: 8}], \(rest)}"
  }

  /// Replies that callers read in different ways, or that say two things at once.
  @Test(arguments: [
    (#""outputs":[\#(p),\#(p)]"#, "the reply has two outputs p"),
    (#""outputs":[\#(p)],"error":"half failed""#, "the reply has a status of success and says: half failed"),
  ])
  func ambiguousRepliesFail(_ members: String, _ words: String) async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST")
        ? .reply(200, #"{"model_name":"m","id":"cupel",\#(members)}"#) : Self.model(request)
    }
    let findings = try await evaluate(config(server, "checks: [outputs, {golden: {expect: {p: id}}}]"))
    #expect(findings.outcomes == ["outputs=failed", "golden=failed"], "\(findings.map(\.message))")
    #expect(findings.allSatisfy { $0.message.hasPrefix(words) }, "\(findings.map(\.message))")
  }

  /// Nobody asked for a part of the predictions.
  @Test func aPartOfAnAnswerIsNone() async throws {
    let server = try ScriptedServer { request in
      guard case .reply(_, let body, let headers) = Self.model(request) else { return .hang }
      return .reply(request.line.hasPrefix("POST") ? 206 : 200, body, headers: headers)
    }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=failed"] && findings[0].message.contains("status 206"))
  }

  /// Without metadata there is less to judge by, and the finding says so.
  @Test func whatTheMetadataDoNotTellIsSaid() async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST") ? Self.model(request) : .reply(500)
    }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    #expect(
      findings[0].evidence.notes.contains {
        $0 == "not judged against declared names and datatypes: the metadata request was answered with 500"
      }, "\(findings[0].evidence.notes)")
  }

  private static let p = #"{"name":"p","shape":[2],"datatype":"FP64","data":[0.25,0.75]}"#

  /// A number outside its type is another one for every caller that reads the type.
  @Test(arguments: [
    ("UINT8", "255", "256"), ("UINT8", "0", "-1"), ("INT8", "-128", "128"), ("UINT16", "65535", "65536"),
    ("INT32", "2147483647", "2147483648"), ("UINT32", "4294967295", "4294967296"),
    ("INT64", "9223372036854775807", "9223372036854775808"), ("UINT64", "18446744073709551615", "1e20"),
    ("FP16", "65504", "70000"), ("FP32", "3.4e38", "1e39"), ("BF16", "3.3e38", "1e39"), ("INT64", "1.0", "1e30"),
  ])
  func numbersLieInTheRangeOfTheirType(_ name: String, _ good: String, _ bad: String) throws {
    let datatype = try #require(Datatype(rawValue: name))
    #expect(OutputTensor.issue(with: try JSONParser.parse(good), of: datatype) == nil)
    let issue = try #require(OutputTensor.issue(with: try JSONParser.parse(bad), of: datatype))
    #expect(issue.hasSuffix("which no \(name) is"), "\(issue)")
  }

  /// A signature that the config names is there, or nothing is asked.
  @Test func aSignatureThatCannotBeReadIsAnError() async throws {
    let server = try ScriptedServer { _ in .reply(200, #"{"predictions":[0.5]}"#) }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: mlflow, signature: nosuchfile, rows: [{x: 1}], checks: [outputs]}")
    #expect(findings.outcomes == ["outputs=errored"] && findings[0].message.contains("nosuchfile"))
    #expect(!server.requests.contains { $0.line.hasPrefix("POST") })
  }

  @Test func rowsAreSentAsTheModelDeclares() async throws {
    let server = try ScriptedServer { Self.model($0) }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    #expect(server.requests.map(\.line) == ["GET /v2/models/m", "POST /v2/models/m/infer"])
    // The integer goes as FP64, the text with the declared rank, and the column that is no input stays at home.
    #expect(
      server.requests.last?.body
        == #"{"id":"cupel","inputs":[{"name":"x","shape":[2],"datatype":"FP64","data":[95.0,1.5]},"#
        + #"{"name":"s","shape":[2,1],"datatype":"BYTES","data":["AA","B6"]}]}"#)
    #expect(findings[0].reproduce?.hasPrefix("curl ") == true)
    #expect(findings[0].evidence.notes.contains { $0.hasPrefix("1 request in ") })
    #expect(findings[0].evidence.counts?.rows == 2)
  }

  @Test(arguments: [
    // As deep as the model declares: a list of rank 1 has nothing to nest.
    ("nested", #"{"name":"x","shape":[2],"datatype":"FP64","data":[95.0,1.5]}"#),
    ("nested", #"{"name":"s","shape":[2,1],"datatype":"BYTES","data":[["AA"],["B6"]]}"#),
    ("FP32", #"{"name":"x","shape":[2],"datatype":"FP32","data":[95.0,1.5]}"#),
  ])
  func encodingsChangeTheForm(_ encoding: String, _ tensor: String) async throws {
    let server = try ScriptedServer { Self.model($0) }
    let findings = try await evaluate(config(server, "checks: [{outputs: {encoding: \(encoding)}}]"))
    #expect(findings.outcomes == ["outputs=passed"])
    #expect(server.requests.last?.body.contains(tensor) == true, "\(server.requests.last?.body ?? "")")
  }

  @Test func matrixHoldsAllFeatures() async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST") ? Self.model(request) : .reply(404, #"{"error":"no metadata"}"#)
    }
    let rows = "rows: {file: rows.csv, features: [a, b]}"
    let folder = try TemporaryFolder()
    try folder.write("id,a,b\n1,1,2.5\n2,3,\n", to: "rows.csv")
    let text =
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, \(rows), encoding: [matrix, nested], checks: [outputs]}"
    let findings = try await evaluate(text, in: folder)
    #expect(findings.outcomes == ["outputs=passed"], "\(findings.map(\.message))")
    #expect(
      server.requests.last?.body
        == #"{"id":"cupel","inputs":[{"name":"input-0","shape":[2,2],"datatype":"FP64","data":[[1.0,2.5],[3.0,null]]}]}"#
    )
  }

  @Test(arguments: [
    ("[0.25,null]", "[2]", "outputs.p[1] is null"),
    ("[NaN,0.5]", "[2]", "outputs.p[0] is NaN"),
    ("[0.5,-Infinity]", "[2]", "outputs.p[1] is -Infinity"),
    ("[0.5]", "[2]", "outputs.p has 1 elements, but its shape [2] needs 2"),
    ("[0.5]", "[1]", "outputs.p has 1 element for 2 rows"),
    ("[0.5,0.5,0.5]", "[3]", "outputs.p has 3 elements for 2 rows"),
    ("[0.5,1]", "[2,1]", "outputs.p has the shape [2, 1], but [-1] is declared"),
    ("[0.5,\"high\"]", "[2]", "outputs.p[1] is a string, not a number"),
  ])
  func badPredictionsFail(_ data: String, _ shape: String, _ words: String) async throws {
    let server = try ScriptedServer { Self.model($0, data: data, shape: shape) }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=failed"])
    #expect(findings[0].message.contains(words), "\(findings[0].message)")
    #expect(findings[0].evidence.notes.contains("> POST \(server.url)/v2/models/m/infer"))
  }

  static let probabilities: [(String, String, String)] = [
    (#""shape":[2,2],"datatype":"FP32","data":[0.25,0.75,0.5,0.5]"#, "passed", ""),
    (#""shape":[2,2],"datatype":"FP32","data":[0.25,0.75,0.5,0.4]"#, "failed", "row 2, sums to 0.9, not to 1"),
    (#""shape":[2],"datatype":"FP32","data":[0.25,0.75]"#, "passed", ""),
    (#""shape":[2],"datatype":"FP32","data":[0.25,1.75]"#, "failed", "row 2, is 1.75, which is no probability"),
    (#""shape":[2],"datatype":"INT64","data":[1,0]"#, "failed", "is INT64, but FP32 is declared"),
  ]

  @Test(arguments: probabilities)
  func probabilitiesSumToOne(_ tensor: String, _ outcome: String, _ words: String) async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST")
        ? .reply(200, #"{"model_name":"m","id":"cupel","outputs":[{"name":"probabilities",\#(tensor)}]}"#)
        : .reply(200, #"{"name":"m","inputs":[],"outputs":[{"name":"probabilities","datatype":"FP32"}]}"#)
    }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=\(outcome)"])
    #expect(words.isEmpty || findings[0].message.contains(words), "\(findings[0].message)")
  }

  @Test(arguments: [
    (ScriptedServer.Answer.reply(500, #"{"error":"boom"}"#), "the rows were answered with status 500: boom"),
    (.reply(422, #"{"detail":[{"loc":["body"]}]}"#), "status 422"),
    (.reply(200, "<html>"), "the body is not JSON"),
    (.reply(200, "{}"), "outputs is missing"),
    (.reset, "without answering"),
  ])
  func whatIsNoPredictionFails(_ answer: ScriptedServer.Answer, _ words: String) async throws {
    let server = try ScriptedServer { $0.line.hasPrefix("POST") ? answer : Self.model($0) }
    let findings = try await evaluate(config(server))
    #expect(findings.outcomes == ["outputs=failed"])
    #expect(findings[0].message.contains(words), "\(findings[0].message)")
  }

  @Test func nobodyThereIsAnErrorAndBlocksTheRest() async throws {
    let port = try #require(LoopbackPort.free())
    let findings = try await evaluate(
      "{url: 'http://127.0.0.1:\(port)', protocol: open-inference-v2, model: m, rows: [{x: 1}], "
        + "checks: [outputs, {outputs: {id: again}}, metadata]}")
    #expect(findings.outcomes == ["outputs=errored", "again.outputs=skipped", "metadata=skipped"])
    #expect(findings[0].reason == .transport)
    #expect(findings[1].message.contains("endpoints.api.outputs"))
  }

  @Test func withoutRowsNothingPasses() async throws {
    let server = try ScriptedServer { Self.model($0) }
    let folder = try TemporaryFolder()
    try folder.write("x,s\n", to: "empty.csv")
    func outcome(_ rows: String) async throws -> Finding {
      let text = "{url: '\(server.url)', protocol: open-inference-v2, model: m, \(rows)checks: [outputs]}"
      return try #require(try await evaluate(text, in: folder).first)
    }
    let none = try await outcome("")
    #expect(none.outcome == .passed, "made up from the metadata: \(none.message)")
    #expect(none.evidence.notes.contains("the rows are made up from what the model declares"))
    let empty = try await outcome("rows: empty.csv, ")
    #expect(empty.outcome == .errored && empty.reason == .nothingToEvaluate, "\(empty.message)")
    let missing = try await outcome("rows: missing.csv, ")
    #expect(missing.outcome == .errored && missing.reason == .io)
    let misfit = try await outcome("rows: [{x: 1, s: a}, {x: high, s: b}], ")
    #expect(misfit.outcome == .errored && misfit.message.contains("row 2 of the rows has a string in x"))
    let other = try await outcome("rows: [{y: 1}], ")
    #expect(other.outcome == .errored && other.message.contains("no column x, s"), "\(other.message)")
    #expect(server.requests.filter { $0.line.hasPrefix("POST") }.count == 1)
    let silent = try ScriptedServer { _ in .reply(404) }
    let text = "{url: '\(silent.url)', protocol: open-inference-v2, model: m, checks: [outputs]}"
    let unknown = try #require(try await evaluate(text).first)
    #expect(unknown.outcome == .errored && unknown.reason == .nothingToEvaluate)
  }

  @Test(arguments: [
    ("checks: [{outputs: {encoding: records}}]", "has no encoding records"),
    ("encoding: [flat, nested], checks: [outputs]", "flat and nested exclude each other"),
    ("checks: [outputs, outputs]", "stands here twice"),
    ("rows: [], checks: [outputs]", "there is no row here"),
    ("rows: [{}], checks: [outputs]", "the rows have no features"),
    ("checks: [outptus]", "is not one of ready, metadata, contract, outputs, consistency, rejects"),
  ])
  func mistakesAreReported(_ rest: String, _ words: String) {
    let text = "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, \(rest)}"
    let (subject, problems) = endpoint(text)
    #expect(subject == nil)
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func plainHTTPSendsNoRows() {
    let (_, problems) = endpoint("{url: 'http://127.0.0.1:1', checks: [outputs]}")
    #expect(problems.diagnostics.map(\.headline) == ["the protocol http does not say how rows are sent"])
  }
}
