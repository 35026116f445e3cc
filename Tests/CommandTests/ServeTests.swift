import Foundation
import JSON
import Processes
import TestSupport
import Testing
import Transport

/// `cupel serve`, asked as Flagger and Argo Rollouts ask.
@Suite struct ServeTests {
  private static let config = """
    version: 1
    data:
      good: {source: good.csv, columns: {a: {required: true}}}
      bad: {source: bad.csv, columns: {a: {required: true}}}
      lost: {source: lost.csv, columns: {a: {required: true}}}
      silent: {source: silent, columns: {a: {}}}
    """

  private func folder() throws -> TemporaryFolder {
    let work = try TemporaryFolder()
    try work.write(Self.config, to: "cupel.yaml")
    try work.write("a,b\n1,2\n", to: "good.csv")
    try work.write("a,b\n1,2\n,3\n", to: "bad.csv")
    try #require(mkfifo(work.path + "/silent", 0o600) == 0)
    return work
  }

  /// Serves for the time of a closure.
  private func serve<Success: Sendable>(
    _ arguments: [String] = [], environment: [String: String] = [:], in work: TemporaryFolder,
    _ body: (_ server: ServerProcess, _ url: String, _ client: HTTPClient) async throws -> Success
  ) async throws -> Success {
    let command = Command(
      [CupelBinary.folder + "/cupel", "serve"] + arguments, environment: environment, workingDirectory: work.path)
    return try await ServerProcess.run(command) { server in
      while server.logTail.lines.isEmpty {
        try #require(server.exitStatus == nil, "\(server.logTail.text)")
        try await Task.sleep(for: .milliseconds(2))
      }
      let line = try #require(server.logTail.lines.first)
      try #require(line.hasPrefix("listening on http://127.0.0.1:"), "\(line)")
      let client = HTTPClient()
      let found = try await body(server, String(line.dropFirst("listening on ".count)), client)
      await client.shutdown()
      return found
    }
  }

  /// Flagger's webhook, with the checks to select.
  private func webhook(_ url: String, _ select: String?, headers: HTTPHeaders = [:]) -> HTTPRequest {
    let metadata = select.map { #","metadata":{"select":"\#($0)","other":"x"}"# } ?? ""
    let body = #"{"name":"delay","namespace":"prod","phase":"Progressing","checksum":"1"\#(metadata)}"#
    return HTTPRequest(method: "POST", url: url + "/gate", headers: headers, body: Array(body.utf8))
  }

  private func document(_ response: HTTPResponse) throws -> JSONValue { try JSONParser.parse(response.body) }

  @Test func theVerdictIsTheStatus() async throws {
    let cases: [(select: String, status: Int, outcome: String, verdict: Int)] = [
      ("data.good", 200, "passed", 200), ("data.good.a.required", 200, "passed", 200),
      ("data.bad", 412, "failed", 200), ("data.good, data.bad", 412, "failed", 200),
      ("data.lost", 412, "errored", 412), ("data.nothing-of-this-name", 412, "nothing-checked", 412),
      // One that matches nothing would silently be left out of the gate.
      ("data.good,data.nothing-of-this-name", 412, "errored", 412),
    ]
    try await serve(in: folder()) { _, url, client in
      for item in cases {
        let response = try await client.send(webhook(url, item.select))
        let answer = try document(response)
        #expect(response.status == item.status && answer["outcome"]?.stringValue == item.outcome, "\(item): \(answer)")
        let query = item.select.replacing(" ", with: "%20")
        let verdict = try await client.send(HTTPRequest(url: "\(url)/verdict?select=\(query)"))
        #expect(verdict.status == item.verdict, "\(item)")
        #expect(try document(verdict)["outcome"]?.stringValue == item.outcome)
        let plain = try await client.send(HTTPRequest(url: "\(url)/gate?select=\(query)"))
        #expect(plain.status == item.status)
      }
      // Several are as good as one with commas.
      let both = try await client.send(HTTPRequest(url: "\(url)/gate?select=data.good&select=data.bad"))
      #expect(both.status == 412)
      let failed = try document(try await client.send(webhook(url, "data.bad")))
      #expect(failed["exit_code"]?.doubleValue == 1)
      #expect(failed["reason"]?.stringValue?.contains("data.bad.a.required failed") == true, "\(failed)")
      #expect(failed["findings"]?[0]?["id"]?.stringValue == "data.bad.a.required")
      let nothing = try document(try await client.send(webhook(url, "data.nothing-of-this-name")))
      #expect(
        nothing["reason"]?.stringValue == "nothing was checked: no check is selected by data.nothing-of-this-name")
    }
  }

  @Test func whatIsNoQuestionIsRefused() async throws {
    let cases: [(method: String, path: String, body: String, headers: HTTPHeaders, status: Int)] = [
      ("POST", "/gate", "{", [:], 400), ("POST", "/gate", "[1]", [:], 400),
      ("POST", "/gate", #"{"metadata":{"select":7}}"#, [:], 400),
      ("POST", "/gate", #"{"metadata":{"select":" , "}}"#, [:], 400), ("GET", "/gate?select=", "", [:], 400),
      ("GET", "/gate?select=data.good&select=", "", [:], 400), ("GET", "/gate?selct=data.good", "", [:], 400),
      ("GET", "/gate?env=a&env=b", "", [:], 400), ("POST", "/gate", #"{"metadata":{"selcet":"data.good"}}"#, [:], 400),
      ("POST", "/gate", #"{"metadata":{"environment":"ci"}}"#, [:], 400),
      ("POST", "/gate?select=data.good", #"{"metadata":{"select":"data.bad"}}"#, [:], 400),
      ("POST", "/gate", String(repeating: " ", count: 100_000), [:], 413),
      ("POST", "/gate", String(repeating: "[", count: 60_000), [:], 400), ("DELETE", "/gate", "", [:], 405),
      ("GET", "/", "", [:], 404), ("GET", "/healthz", "", [:], 200), ("GET", "/progress", "", [:], 200),
      ("GET", "/gate?select=data.good", "", ["Origin": "http://example.com"], 403),
      ("GET", "/gate?select=data.good", "", ["Host": "rebound.example.com"], 421),
      ("GET", "/progress", "", ["Host": "rebound.example.com:80"], 421),
      ("GET", "/progress", "", ["Host": "localhost:80"], 200), ("GET", "/healthz", "", ["Host": "example.com"], 200),
      ("GET", "/gate?select=data.good&env=nowhere", "", [:], 412),
    ]
    try await serve(in: folder()) { _, url, client in
      for item in cases {
        let response = try await client.send(
          HTTPRequest(
            method: item.method, url: url + item.path, headers: item.headers, body: Array(item.body.utf8)))
        #expect(response.status == item.status, "\(item.method) \(item.path)")
      }
    }
  }

  /// The reports are those of the last run; one that cannot be written changes no verdict.
  @Test func reportsAreWrittenAfterEachRun() async throws {
    let work = try folder()
    try await serve(["-r", "json=last.json", "-r", "junit=none/such.xml"], in: work) { _, url, client in
      for (select, status) in [("data.bad", 412), ("data.good", 200)] {
        #expect(try await client.send(webhook(url, select)).status == status)
        let report = try JSONParser.parse(Array(try work.text("last.json").utf8))
        #expect(report["checks"]?.arrayValue?.isEmpty == false)
        #expect(report.description.contains(#""\#(select).a.required""#), "\(report)")
        #expect(report["checks"]?.arrayValue?.first?["reproduce"]?.stringValue?.hasPrefix("cupel run") == true)
      }
    }
  }

  @Test func aTokenIsAsked() async throws {
    let work = try folder()
    try await serve(["--token-env", "GATE_TOKEN"], environment: ["GATE_TOKEN": "s3cret-token"], in: work) {
      server, url, client in
      var cases = [(request: webhook(url, "data.good", headers: ["Authorization": "Bearer s3cret-token"]), status: 200)]
      for wrong in ["Bearer s3cret-toke", "Bearer s3cret-tokenn", "s3cret-token", "Bearer ", ""] {
        cases.append((webhook(url, "data.good", headers: ["Authorization": wrong]), 401))
      }
      // Flagger's webhooks have no headers of their own.
      for (token, status) in [("s3cret-token", 200), ("s3cret", 401)] {
        let body = #"{"metadata":{"select":"data.good","token":"\#(token)"}}"#
        cases.append((HTTPRequest(method: "POST", url: url + "/gate", body: Array(body.utf8)), status))
      }
      cases += [(HTTPRequest(url: url + "/progress"), 401), (HTTPRequest(url: url + "/healthz"), 200)]
      for item in cases {
        let response = try await client.send(item.request)
        #expect(response.status == item.status, "\(item.request.url)")
      }
      #expect(!server.logTail.text.contains("s3cret"))
    }
  }

  @Test(arguments: [
    (["--listen", "0.0.0.0:0"], "is reached from other machines"), (["--listen", "here"], "numeric address"),
    (["--token-env", "NOT_SET_ANYWHERE"], "is not set"), (["--config", "none.yaml"], "none.yaml"),
  ])
  func whatCannotBeServedIsSaid(_ arguments: [String], _ words: String) async throws {
    let work = try folder()
    let run = try await CupelBinary.command(
      [CupelBinary.folder + "/cupel", "serve"] + arguments, in: work.path, timeout: .seconds(60))
    withExtendedLifetime(work) {}
    #expect(run.exitCode == 2 && (run.output + run.error).contains(words), "\(run)")
  }

  /// One run at a time: another selection is told to come back, the same one waits, and a signal ends it in order.
  @Test func oneRunAtATimeAndACleanEnd() async throws {
    let work = try folder()
    try await serve(in: work) { server, url, client in
      async let first = client.send(webhook(url, "data.silent"))
      var progress = JSONValue.null
      while progress["running"] != .bool(true) {
        progress = try document(try await client.send(HTTPRequest(url: url + "/progress")))
      }
      #expect(progress["select"]?[0]?.stringValue == "data.silent")
      async let second = client.send(webhook(url, "data.silent"))
      let other = try await client.send(webhook(url, "data.good"))
      #expect(other.status == 429 && other.headers["Retry-After"] == "10")
      kill(server.pid, SIGTERM)
      let early = try await first
      #expect(early.status == 503)
      // Who came second has waited with the first, or has found the service closing.
      let late = try? await second
      #expect(late.map { $0.status == 503 } ?? true)
      let exit = await server.waitForExit()
      #expect(exit == .exited(status: 143), "\(server.logTail.text)")
    }
  }
}
