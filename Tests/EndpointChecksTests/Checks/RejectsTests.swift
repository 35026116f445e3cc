import JSON
import Language
import Synchronization
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Malformed requests: what goes over the wire for each of them, and what each kind of answer is worth.
@Suite struct RejectsTests {
  private static let metadata =
    #"{"name":"m","inputs":[{"name":"x","datatype":"FP64","shape":[-1]},{"name":"s","datatype":"BYTES","shape":[-1]}]}"#
  private static let good =
    #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[2],"datatype":"FP64","data":[0.5,0.5]}]}"#
  /// The only request that makes sense.
  private static let goodBody =
    #"{"id":"cupel","inputs":[{"name":"x","shape":[2],"datatype":"FP64","data":[1.0,2.5]},"#
    + #"{"name":"s","shape":[2],"datatype":"BYTES","data":["AA","B6"]}]}"#

  /// A server that knows good requests from others, and treats the others as `answer` says.
  private func server(_ answer: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer) throws
    -> ScriptedServer
  {
    try ScriptedServer { request in
      if request.line == "GET /v2/models/m" { return .reply(200, Self.metadata) }
      let isGood =
        request.line == "POST /v2/models/m/infer" && request.body == Self.goodBody
        && request.head.contains("application/json")
      return isGood ? .reply(200, Self.good) : answer(request)
    }
  }

  private func rejects(_ server: ScriptedServer, _ check: String = "{rejects: {oversize: 256KB}}") async throws
    -> [Finding]
  {
    try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 1, s: AA}, {x: 2.5, s: B6}], checks: [\(check)]}"
    )
  }

  @Test func whoeverRefusesEverythingPasses() async throws {
    let server = try server { _ in .reply(422, #"{"error":"no"}"#) }
    let findings = try await rejects(server)
    #expect(findings.map(\.id.check) == Malformation.allCases.map(\.rawValue) + ["no-leaks"])
    #expect(findings.allSatisfy { $0.outcome == .passed }, "\(findings.map(\.message))")
    #expect(findings.allSatisfy { $0.id.column == "rejects" })
    let bodies = server.requests.filter { $0.line.hasPrefix("POST /v2/models/m/infer") }.map(\.body)
    func sent(_ part: String) -> Bool { bodies.contains { $0.contains(part) } }
    let x = #"{"name":"x","shape":[2],"datatype":"FP64","data":"#
    #expect(bodies.contains(#"{"id":"cupel","inputs":[\#(x)[1.0,2.5]}]}"#))
    #expect(sent(#""name":"cupel_unknown_feature""#) && sent(#""name":"cupel_wrong_name","shape":[2]"#))
    #expect(sent(x + #"["not a number",2.5]}"#) && sent(x + "[null,2.5]}"))
    #expect(sent(x + "[NaN,2.5]}") && sent(x + "[Infinity,2.5]}") && sent(x + "[-Infinity,2.5]}"))
    #expect(sent(#"{"name":"x","shape":[2,1,1],"datatype""#) && sent(#"{"name":"x","shape":[3],"datatype""#))
    #expect(sent(#"{"name":"x","shape":[0],"datatype":"FP64","data":[]}"#))
    #expect(bodies.contains { $0.utf8.count == 256_000 })
    #expect(bodies.contains(String(Self.goodBody.prefix(Self.goodBody.utf8.count / 2))))
    let lines = Set(server.requests.map(\.line))
    #expect(
      lines.isSuperset(of: [
        "POST /v2/models/cupel-unknown-model/infer", "POST /v2/models/m/versions/999999/infer",
        "GET /v2/models/m/infer",
      ]), "\(lines)")
    #expect(server.requests.contains { $0.head.contains("application/x-cupel-unknown") && $0.body == Self.goodBody })
  }

  /// A server that the first nonsense has broken refuses everything from then on, good rows too.
  @Test func whoIsBrokenByNonsenseDoesNotRefuseIt() async throws {
    let isBroken = Mutex(false)
    let server = try ScriptedServer { request in
      if request.line == "GET /v2/models/m" { return .reply(200, Self.metadata) }
      let isGood = request.line == "POST /v2/models/m/infer" && request.body == Self.goodBody
      let answers = isBroken.withLock { broken in
        if !isGood { broken = true }
        return !broken
      }
      return answers ? .reply(200, Self.good) : .reply(404, #"{"error":"no such model"}"#)
    }
    let findings = try await rejects(server)
    let cases = findings.dropLast()
    #expect(cases.first?.outcome == .failed)
    #expect(cases.first?.message.contains("but after these cases good rows are not answered any more") == true)
    #expect(cases.dropFirst().allSatisfy { $0.outcome == .errored }, "\(cases.map(\.message))")
  }

  @Test func everyAnswerHasItsVerdict() async throws {
    let server = try server { request in
      if request.body.contains("NaN") { return .reply(500, "Internal Server Error", headers: "") }
      if request.body.contains("cupel_wrong_name") { return .reply(200, Self.good) }
      if request.body.contains("null") { return .reset }
      if request.line.contains("/versions/") { return .reply(501) }
      if request.line.contains("unknown-model") { return .reply(501) }
      return .reply(400)
    }
    let findings = try await rejects(server)
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == ["wrong-name", "null", "nan", "unknown-model"], "\(findings.map(\.message))")
    #expect(failed[0].message == "a request with a feature by a wrong name is answered with 200, as if it made sense")
    #expect(failed[2].message == "a request with a NaN breaks the server: 500")
    #expect(failed[2].reproduce?.contains("NaN") == true)
    #expect(findings["rejects.unknown-version"]?.outcome == .passed)
  }

  @Test(arguments: [
    "Traceback (most recent call last):\n  File \"/usr/lib/python3/site.py\", line 3\nValueError: x",
    #"{"message":"no","stack_trace":"Traceback …"}"#, #"{"error":"cannot open /opt/ml/model/weights.bin"}"#,
    "java.lang.NullPointerException\n\tat org.pytorch.serve.Job.run(Job.java:12)\n",
    "thread 'main' panicked at src/main.rs:10:5:",
  ])
  func leaksFailApart(_ body: String) async throws {
    let findings = try await rejects(
      server {
        $0.body.contains("NaN") ? .reply(400, body, headers: "") : .reply(400, #"{"error":"/v2/models/m/infer"}"#)
      })
    #expect(findings.filter { $0.outcome == .failed }.map(\.id.check) == ["no-leaks"], "\(findings.map(\.message))")
    #expect(findings["rejects.nan"]?.outcome == .passed)
    #expect(findings["rejects.no-leaks"]?.evidence.samples.count == 1)
    let without = try await rejects(
      server { _ in .reply(400, body, headers: "") }, "{rejects: {leaks: false, oversize: 1KB}}")
    #expect(without.allSatisfy { $0.outcome == .passed })
  }

  @Test func casesAreConfigured() async throws {
    let server = try server { $0.body.contains("cupel_unknown_feature") ? .reply(200, Self.good) : .reply(409) }
    let findings = try await rejects(
      server,
      "{rejects: {status: [409], oversize: 128KB, leaks: off, cases: {extra-feature: off, nan: {status: [400, 422]}}}}")
    #expect(!findings.contains { $0.id.check == "no-leaks" })
    #expect(findings.filter { $0.outcome != .passed }.map(\.id.check) == ["nan"], "\(findings.map(\.message))")
    #expect(!findings.contains { $0.id.check == "extra-feature" })
    #expect(findings["rejects.nan"]?.message.contains("must be refused with 400 or 422") == true)
    #expect(server.requests.contains { $0.body.utf8.count == 128_000 })
  }

  @Test func theSelfTestKnowsALeak() async throws {
    let server = try server { _ in .reply(422, #"{"error":"no"}"#) }
    let (subject, _) = endpoint(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: [{x: 1, s: AA}, {x: 2.5, s: B6}], checks: [rejects]}"
    )
    let findings = await EndpointSelfTest(of: try #require(subject), .everything).evaluate(.everything, in: .testing)
    let leaks = try #require(findings.last)
    #expect(leaks.id.description == "selftest.endpoints.api.rejects.no-leaks")
    #expect(leaks.outcome == .passed, "\(leaks.message)")
    #expect(leaks.message.hasPrefix("a Python traceback in the body turns it red"), "\(leaks.message)")
  }

  /// Who limits the rate of requests says nothing of what is wrong with one.
  @Test func aLimitOfTheRateIsNoRefusal() async throws {
    let limited = try server { $0.body.contains("NaN") || $0.body.hasPrefix("xx") ? .reply(429) : .reply(400) }
    let findings = try await rejects(limited)
    let undecided = findings.filter { $0.outcome != .passed }
    #expect(undecided.map(\.id.check) == ["nan", "oversize"], "\(findings.map(\.message))")
    #expect(undecided.allSatisfy { $0.outcome == .errored && $0.message.contains("limits the rate") })
    let wanted = try await rejects(limited, "{rejects: {oversize: 1KB, status: [400, 429]}}")
    #expect(wanted.allSatisfy { $0.outcome == .passed })
  }

  /// What a model does without may be missing, and null.
  @Test func requiredFeaturesAreLeftOut() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{signature: {inputs: '[{"name": "x", "type": "double", "required": false}, {"name": "z", "type": "double"}, {"name": "y", "type": "double", "required": false}]'}}"#,
      to: "MLmodel")
    let server = try ScriptedServer { request in
      guard request.line.hasPrefix("POST") else { return .reply(404) }
      let isGood = request.body.contains("\"z\"") && !request.body.contains("null")
      return isGood ? .reply(200, #"{"predictions":[0.5]}"#) : .reply(400, "{}")
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: mlflow, signature: MLmodel, rows: [{x: 1.5, z: 2.0, y: 3.0}], checks: [{rejects: {oversize: 1KB}}]}",
      in: folder)
    #expect(findings["rejects.missing-feature"]?.outcome == .passed, "\(findings.map(\.message))")
    let bodies = server.requests.map(\.body)
    #expect(bodies.contains { !$0.contains("\"z\"") && $0.contains("\"y\"") && $0.contains("\"x\"") }, "\(bodies)")
    #expect(bodies.contains { $0.contains("null") && $0.contains("1.5") && $0.contains("3.0") }, "\(bodies)")
  }

  @Test func theShortFormsMeanEverything() throws {
    for check in ["rejects", "{rejects: malformed}"] {
      let (subject, _) = endpoint(
        "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, rows: [{x: 1}], checks: [\(check)]}")
      let checks = try #require(subject).checks.map(\.id.check)
      #expect(checks == Malformation.allCases.map(\.rawValue) + ["no-leaks"])
    }
  }

  @Test func refusalsProveNothingWhenGoodRowsAreRefused() async throws {
    let server = try ScriptedServer {
      $0.line.hasPrefix("GET") ? .reply(200, Self.metadata) : .reply(400, #"{"error":"no"}"#)
    }
    let findings = try await rejects(server)
    #expect(findings.first?.outcome == .errored)
    #expect(
      findings.first?.message == "good rows are answered with 400 (no), so that other refusals would prove nothing")
    #expect(
      findings.dropFirst().allSatisfy { $0.outcome == .skipped && $0.message.contains("rejects.missing-feature") })
  }

  @Test func caseWithoutMaterialIsSkipped() async throws {
    let server = try ScriptedServer { request in
      request.body == #"{"dataframe_split":{"columns":["s"],"data":[["AA"]]}}"#
        ? .reply(200, #"{"predictions":[1]}"#) : .reply(400)
    }
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: mlflow, rows: [{s: AA}], checks: [{rejects: {oversize: 1KB}}]}")
    let skipped = findings.filter { $0.outcome == .skipped }.map(\.id.check)
    #expect(
      skipped == ["wrong-type", "shape-mismatch", "nan", "infinity", "negative-infinity"], "\(findings.outcomes)")
    // MLflow serves one model, so there is no other to ask for.
    #expect(!findings.contains { $0.id.check.hasPrefix("unknown-") })
  }

  @Test(arguments: [
    ("{rejects: everything}", "is not one of malformed"), ("{rejects: {cases: {nope: off}}}", "unknown key \"nope\""),
    ("{rejects: {status: []}}", "nothing could pass"), ("{rejects: {oversize: 5GB}}", "between 1B and 1GB"),
    (
      "{rejects: {cases: {\(Malformation.allCases.map { $0.rawValue + ": off" }.joined(separator: ", "))}}}",
      "all cases are off"
    ),
  ])
  func mistakesAreReported(_ check: String, _ words: String) {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, checks: [\(check)]}")
    #expect(subject == nil)
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }
}
