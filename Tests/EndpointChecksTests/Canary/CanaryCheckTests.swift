import Glibc
import Language
import Synchronization
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The check `canary` between two servers.
@Suite struct CanaryCheckTests {
  private static let lenient = "errors: {max_regression: 0.1 absolute}"

  private func findings(
    _ check: String, _ candidate: ServedModel = ServedModel(), beside baseline: ServedModel = ServedModel(),
    rows: Int = 150
  ) async throws -> [Finding] {
    let (server, peer) = (try candidate.serve(), try baseline.serve())
    defer {
      server.stop()
      peer.stop()
    }
    let (subject, problems) = endpoint(
      ServedModel.config(
        server, rows: ServedModel.rows((0..<rows).map { $0 % 100 }), "{canary: {baseline: '\(peer.url)', \(check)}}"))
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return await asked.evaluate(.everything, in: .testing)
  }

  @Test func theSameModelPassesBeforeAllRowsAreAsked() async throws {
    let found = try await findings("\(Self.lenient), flips: {at_most: 10%}, p50: {max_regression: 10s absolute}")
    #expect(
      found.outcomes == ["canary.errors=passed", "canary.p50=passed", "canary.flips=passed"],
      "\(found.map(\.message))")
    let counts = try #require(found[0].evidence.counts)
    #expect(counts.evaluated < 150 && counts.violating == 0)
    // Three guards share 5 %.
    #expect(abs((found[0].evidence.interval?.level ?? 0) - (1 - 0.05 / 3)) < 1e-12)
    #expect(found[0].evidence.notes.contains { $0.contains("hold together with 95%") }, "\(found[0].evidence.notes)")
  }

  @Test func anotherModelIsStopped() async throws {
    let shifted = ServedModel(change: { scores, _ in scores.map { min(1, $0 + 0.3) } })
    let found = try await findings("\(Self.lenient), flips: {at_most: 5%}, shift: {at_most: 0.05}, output: p", shifted)
    #expect(found["canary.flips"]?.outcome == .failed || found["canary.shift"]?.outcome == .failed)
    #expect(found.contains { $0.reproduce?.contains("curl") == true })
    #expect((found["canary.errors"]?.evidence.counts?.evaluated ?? 150) < 150)
  }

  /// The candidate answers every third request with 500.
  @Test func errorsOfTheCandidateAreCaught() async throws {
    let count = Counter()
    let good = ServedModel()
    let baseline = try good.serve()
    let candidate = try ScriptedServer { request in
      guard request.line.hasPrefix("POST") else { return .reply(200, ServedModel.metadata) }
      if count.next() % 3 == 2 { return .reply(500, #"{"error": "out of memory"}"#) }
      return .reply(
        200,
        #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"FP64","data":[0.1]},"#
          + #"{"name":"label","shape":[1],"datatype":"BYTES","data":["early"]}]}"#)
    }
    defer {
      baseline.stop()
      candidate.stop()
    }
    let (subject, _) = endpoint(
      ServedModel.config(
        candidate, rows: ServedModel.rows(0..<100), "{canary: {baseline: '\(baseline.url)', \(Self.lenient)}}"))
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=failed"], "\(found.map(\.message))")
    #expect(found[0].evidence.notes.contains { $0.contains("500") }, "the decisive request is a bad one")
  }

  /// The candidate ends every fourth exchange of a kept connection without a word, where libcurl would ask again.
  @Test func droppedRequestsAreErrors() async throws {
    let peer = try ServedModel().serve()
    let count = Counter()
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        guard request.hasPrefix("POST") else {
          connection.answer(headers: "Content-Type: application/json\r\n", body: ServedModel.metadata)
          continue
        }
        if count.next() % 4 == 3 { return }
        connection.answer(
          headers: "Content-Type: application/json\r\n",
          body: #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[1],"datatype":"FP64","data":[0.1]}]}"#)
      }
    }
    defer {
      peer.stop()
      server.stop()
    }
    let (subject, _) = endpoint(
      "{url: '\(server.url(""))', protocol: open-inference-v2, model: m, rows: \(ServedModel.rows(0..<100)), "
        + "checks: [{canary: {baseline: '\(peer.url)', errors: {max_regression: 0.01 absolute}}}]}")
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=failed"], "\(found.map(\.message))")
    let counts = try #require(found[0].evidence.counts)
    // Requests for the metadata and the first question count, too.
    #expect(abs((counts.violating ?? 0) - counts.evaluated / 4) <= 1)
  }

  @Test func tooFewRowsDecideNothing() async throws {
    let found = try await findings("errors: {max_regression: 0.01 absolute}", rows: 20)
    #expect(found.outcomes == ["canary.errors=inconclusive"])
    #expect(found[0].message.contains("more would decide"), "\(found[0].message)")
  }

  /// With a duration the rows are asked again, and decide what they alone do not.
  @Test func aDurationAsksAgain() async throws {
    let found = try await findings("\(Self.lenient), duration: 1h", rows: 5)
    #expect(found.outcomes == ["canary.errors=passed"], "\(found.map(\.message))")
    #expect((found[0].evidence.counts?.evaluated ?? 0) > 50)
  }

  /// Both sides are asked the same rows, in turns the first, and not in the order of the file.
  @Test func bothAreAskedTheSameInTurns() async throws {
    let order = Mutex<[(side: String, request: Int)]>([])
    func side(_ name: String) -> ServedModel {
      ServedModel(change: { scores, _ in
        order.withLock { $0.append((name, Int((scores[0] * 100).rounded()))) }
        return scores
      })
    }
    _ = try await findings("errors: {max_regression: 0.001 absolute}", side("c"), beside: side("b"), rows: 40)
    let asked = order.withLock { $0 }
    // The first question to each, then forty pairs.
    #expect(asked.count == 82)
    let sides = asked.dropFirst(2).map(\.side)
    #expect(Array(sides.prefix(8)) == ["c", "b", "b", "c", "c", "b", "b", "c"])
    let rows = asked.dropFirst(2).filter { $0.side == "c" }.map(\.request)
    #expect(rows == asked.dropFirst(2).filter { $0.side == "b" }.map(\.request))
    #expect(rows != rows.sorted() && Set(rows) == Set(0..<40))
  }

  // MARK: - Who is not there

  @Test func aBaselineThatIsNotThereIsAnError() async throws {
    let server = try ServedModel().serve()
    defer { server.stop() }
    let (subject, _) = endpoint(
      ServedModel.config(
        server, rows: "[{x: 1}]", "{canary: {baseline: 'http://127.0.0.1:1', flips: {at_most: 1%}}}"))
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=errored", "canary.flips=skipped"])
    #expect(found[0].reason == .baseline && found[0].message.contains("the baseline gives no good answer"))
  }

  @Test func aCandidateThatIsNotThereIsAnError() async throws {
    let peer = try ServedModel().serve()
    defer { peer.stop() }
    let (subject, _) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: kserve-v1, model: m, checks: [{canary: {baseline: {url: '\(peer.url)', "
        + "protocol: open-inference-v2}, rows: [{x: 1}]}}]}")
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=errored"], "\(found.map(\.message))")
    #expect(found[0].reason == .transport)
  }

  @Test func aBrokenBaselineIsNotBeaten() async throws {
    let server = try ServedModel().serve()
    let peer = try ScriptedServer { request in
      request.line.hasPrefix("POST") ? .reply(503, "{}") : .reply(200, ServedModel.metadata)
    }
    defer {
      server.stop()
      peer.stop()
    }
    let (subject, _) = endpoint(
      ServedModel.config(server, rows: "[{x: 1}]", "{canary: {baseline: '\(peer.url)'}}"))
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=errored"])
    #expect(found[0].message.contains("503"), "\(found[0].message)")
  }

  // MARK: - Endpoints of the config

  private static func config(_ candidate: ScriptedServer, _ baseline: ScriptedServer, _ name: String) -> String {
    "{champion: {url: '\(baseline.url)', protocol: open-inference-v2, model: m, headers: {Authorization: Bearer s3cret}, "
      + "checks: [ready]}, next: {url: '\(candidate.url)', protocol: open-inference-v2, model: m, "
      + "rows: \(ServedModel.rows(0..<90)), checks: [{canary: {baseline: \(name), \(lenient)}}]}}"
  }

  private func endpoints(_ text: String) -> (subjects: [EndpointSubject]?, problems: Problems) {
    var problems = Problems()
    let subjects = EndpointSubject.shape(EndpointFolders(config: "")).decode(
      FlowText.node(text, secrets: []), &problems)
    return (problems.isEmpty ? subjects : nil, problems)
  }

  @Test func anEndpointOfTheConfigIsAskedByItsOwnRules() async throws {
    let (server, peer) = (try ServedModel().serve(), try ServedModel().serve())
    defer {
      server.stop()
      peer.stop()
    }
    let (subjects, problems) = endpoints(Self.config(server, peer, "champion"))
    let next = try #require(subjects?.last, "\(problems.diagnostics.map(\.headline))")
    let found = await next.evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=passed"], "\(found.map(\.message))")
    #expect(peer.requests.allSatisfy { $0.head.contains("Authorization: Bearer s3cret") })
    #expect(!server.requests.contains { $0.head.contains("s3cret") })
  }

  /// A baseline that is only an address gets neither the candidate's credentials nor its command.
  @Test func anAddressIsAskedWithoutTheCandidatesRules() async throws {
    let (server, peer) = (try ServedModel().serve(), try ServedModel().serve())
    defer {
      server.stop()
      peer.stop()
    }
    let (subject, problems) = endpoint(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, auth: {bearer: tok-123}, "
        + "headers: {X-Tenant: a}, rows: \(ServedModel.rows(0..<80)), "
        + "checks: [{canary: {baseline: '\(peer.url)', \(Self.lenient)}}]}", secrets: ["tok-123"])
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let found = await asked.evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=passed"], "\(found.map(\.message))")
    #expect(server.requests.contains { $0.head.contains("tok-123") })
    #expect(!peer.requests.contains { $0.head.contains("tok-123") || $0.head.contains("X-Tenant") })
    #expect(!found.allText.contains("tok-123"))
    guard case .probing(let check as CanaryCheck) = asked.declaration.entries[0].content else { return }
    var started = asked.declaration
    started.start = StartDeclaration()
    #expect(check.baseline?.declaration(beside: started)?.start == nil)
  }

  @Test(arguments: [
    ("champoin", "there is no endpoint \"champoin\""), ("next", "an endpoint is not its own baseline"),
    ("'ftp://x'", "the url's scheme is neither http nor https"),
    ("'http://127.0.0.1:{port}'", "the baseline is not started here, so write its port"),
  ])
  func baselinesThatAreNoneAreSaid(_ name: String, _ words: String) throws {
    let (server, peer) = (try ServedModel().serve(), try ServedModel().serve())
    defer {
      server.stop()
      peer.stop()
    }
    let (_, problems) = endpoints(Self.config(server, peer, name))
    #expect(problems.diagnostics.map(\.headline) == [words])
  }

  @Test(arguments: [
    ("", "nothing is named to compare with"),
    ("errors: {max_regression: 10% relative}", "a share of the baseline's errors allows none where it has none"),
    ("p95: {max_regression: [10% relative, 5ms absolute]}", "a margin of a canary is absolute or relative"),
    ("p95: {at_most: 5ms}", "unknown key \"at_most\""), ("flips: {at_most: 100%}", "every candidate would keep this"),
    ("shift: {at_most: 2}", "every candidate would keep this"), ("range: [1, 0]", "the range of scores is empty"),
    ("output: p", "an output is named for shift"), ("confidence: 5%", "a confidence is between 50% and 100%"),
    ("errors: {max_regression: 1 absolute}", "every candidate would keep this margin"),
    ("rate: 0/s", "a rate is from 0.001/s"), ("concurrency: 0", "expected a whole number from 1 to 100"),
  ])
  func configsThatClaimNothingAreRefused(_ text: String, _ words: String) {
    let baseline = text.isEmpty ? "" : "baseline: 'http://127.0.0.1:2', "
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, checks: [{canary: {\(baseline)\(text)}}]}")
    #expect(problems.diagnostics.contains { $0.headline.hasPrefix(words) }, "\(problems.diagnostics.map(\.headline))")
  }

  /// A server without a protocol is asked its own request; what is good is its status.
  @Test func requestsWithoutRowsHaveErrorsAndTimes() async throws {
    let (server, peer) = (try ScriptedServer { _ in .reply(404, "{}") }, try ScriptedServer { _ in .reply(200, "{}") })
    defer {
      server.stop()
      peer.stop()
    }
    let (subject, problems) = endpoint(
      "{url: '\(server.url)', checks: [{request: {path: /score}}, {canary: {baseline: '\(peer.url)', duration: 60s}}]}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let found = await asked.evaluate(Selection(["endpoints.api.canary"]), in: .testing)
    #expect(found.outcomes == ["canary.errors=failed"], "\(found.map(\.message))")
    #expect(peer.requests.allSatisfy { $0.line == "GET /score" })
  }
}
