import Foundation
import JSON
import Language
import Statistics
import Synchronization
import Testing
import Verdict

@testable import EndpointChecks

/// A canary by queries to a scripted Prometheus.
@Suite struct PrometheusCanaryTests {
  private static func vector(_ values: [String]) -> String {
    let series = values.map { #"{"metric":{},"value":[1700000000.5,"\#($0)"]}"# }.joined(separator: ",")
    return #"{"status":"success","data":{"resultType":"vector","result":[\#(series)]}}"#
  }

  /// The query in the form of a request, as it was written.
  private static func query(_ request: ScriptedServer.Request) -> String {
    let form = request.body.split(separator: "&").first { $0.hasPrefix("query=") }?.dropFirst(6) ?? ""
    return String(form).removingPercentEncoding ?? ""
  }

  private func findings(
    _ guards: String, looks: Int = 10, length: String? = nil,
    _ script: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer
  ) async throws -> (findings: [Finding], requests: [ScriptedServer.Request]) {
    let server = try ScriptedServer(script)
    defer { server.stop() }
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', checks: [{canary: {prometheus: {url: '\(server.url)', every: 1ms, \(length ?? "looks: \(looks)"), "
        + "guards: [\(guards)]}}}]}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    return (await asked.evaluate(.everything, in: .testing), server.requests)
  }

  private static let share =
    "{id: errors, failures: {candidate: fc, baseline: fb}, total: {candidate: tc, baseline: tb}, "
    + "max_regression: 0.01 absolute}"

  /// Counters that grow by so much a look.
  private static func counters(_ growth: [String: Int]) -> @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer {
    let counts = Mutex(growth.mapValues { _ in 1000 })
    return { request in
      let name = query(request)
      return counts.withLock { counts in
        defer { counts[name, default: 0] += growth[name] ?? 0 }
        return .reply(200, vector(["\(counts[name] ?? 0)"]))
      }
    }
  }

  @Test func countersAreJudgedByTheirGrowth() async throws {
    let good = try await findings(Self.share, Self.counters(["fc": 10, "fb": 90, "tc": 1000, "tb": 9000]))
    #expect(good.findings.outcomes == ["canary.errors=passed"], "\(good.findings.map(\.message))")
    let counts = try #require(good.findings[0].evidence.counts)
    #expect(counts.evaluated.isMultiple(of: 1000) && counts.violating == counts.evaluated / 100)
    let bad = try await findings(Self.share, Self.counters(["fc": 50, "fb": 10, "tc": 1000, "tb": 9000]))
    #expect(bad.findings.outcomes == ["canary.errors=failed"], "\(bad.findings.map(\.message))")
    // It stops as soon as it knows: long before ten looks of four queries.
    #expect(bad.requests.count < 24)
  }

  /// What grows by parts of one is counted as well: 20 times 0.45 failures are nine.
  @Test func partsOfAnEventAreCounted() async throws {
    let look = Mutex<[String: Int]>([:])
    let growth = ["fc": 0.45, "fb": 0.0, "tc": 10, "tb": 10]
    let found = try await findings(Self.share, looks: 20) { request in
      let name = Self.query(request)
      let count = look.withLock { looks in
        defer { looks[name, default: 0] += 1 }
        return looks[name] ?? 0
      }
      return .reply(200, Self.vector(["\(Double(count) * (growth[name] ?? 0))"]))
    }
    let counts = try #require(found.findings[0].evidence.counts)
    #expect(counts.evaluated == 10 * (found.requests.count / 4 - 1))
    #expect(counts.violating == Int((0.45 * Double(found.requests.count / 4 - 1)).rounded()))
  }

  /// At the beginning and after each of seven intervals.
  @Test func aDurationIsSoManyLooks() async throws {
    let found = try await findings(
      Self.share, length: "duration: 7ms", Self.counters(["fc": 1, "fb": 1, "tc": 10, "tb": 10]))
    #expect(found.requests.count == 8 * 4)
    #expect(found.findings.outcomes == ["canary.errors=inconclusive"])
  }

  /// All queries of a look are as of the moment that the first was answered for.
  @Test func oneLookIsOneMoment() async throws {
    let found = try await findings(Self.share, looks: 2, Self.counters(["fc": 1, "fb": 1, "tc": 10, "tb": 10]))
    #expect(
      found.requests.map { $0.body.contains("time=1700000000.5") } == [
        false, true, true, true, false, true, true, true,
      ])
    #expect(found.requests.allSatisfy { $0.line == "POST /api/v1/query" })
    #expect(found.findings.outcomes == ["canary.errors=inconclusive"])
    #expect(found.findings[0].message.contains("more would decide"), "\(found.findings[0].message)")
  }

  @Test func numbersAreJudgedLookByLook() async throws {
    let value = "{id: latency, value: {candidate: c, baseline: b}, max_regression: 10% relative}"
    for (factor, outcome) in [(1.0, "passed"), (1.5, "failed")] {
      let look = Counter()
      let found = try await findings(value, looks: 60) { request in
        let noise = Double((look.next() / 2 * 7919) % 13) / 13
        return .reply(
          200, Self.vector(["\((0.1 + 0.005 * noise) * (Self.query(request) == "c" ? factor + 0.01 * noise : 1))"]))
      }
      #expect(found.findings.outcomes == ["canary.latency=\(outcome)"], "\(found.findings.map(\.message))")
    }
    let higher =
      "{id: success, value: {candidate: c, baseline: b}, max_regression: 0.01 absolute, higher_is_better: true}"
    let look = Counter()
    let found = try await findings(higher, looks: 60) { request in
      let noise = Double((look.next() * 7919) % 13) / 1300
      return .reply(200, Self.vector(["\(0.9 + noise - (Self.query(request) == "c" ? 0.1 : 0))"]))
    }
    #expect(found.findings.outcomes == ["canary.success=failed"], "\(found.findings.map(\.message))")
  }

  /// Worse is worse: where higher numbers are better, and where numbers are negative.
  @Test(arguments: [
    (0.8, 1.0, true, "failed"), (1.2, 1.0, true, "passed"), (-5.0, -10.0, false, "failed"),
    (-20.0, -10.0, false, "passed"), (-5.0, -10.0, true, "passed"), (-20.0, -10.0, true, "failed"),
  ])
  func aShareOfTheBaselineHasADirection(
    _ candidate: Double, _ baseline: Double, _ isHigherBetter: Bool, _ outcome: String
  ) async throws {
    for margin in ["5% relative", "0.05 absolute"] {
      let look = Counter()
      let found = try await findings(
        "{id: v, value: {candidate: c, baseline: b}, max_regression: \(margin), higher_is_better: \(isHigherBetter)}",
        looks: 60
      ) { request in
        let noise = Double((look.next() * 7919) % 13) / 1300
        return .reply(200, Self.vector(["\((Self.query(request) == "c" ? candidate : baseline) + noise)"]))
      }
      #expect(found.findings.outcomes == ["canary.v=\(outcome)"], "\(found.findings.map(\.message))")
      let told = found.findings.first?.evidence.baseline?.value ?? .nan
      #expect((told - baseline).magnitude < 0.02, "\(told)")
    }
  }

  /// None of these is a pass, whatever the limits.
  @Test(arguments: [
    (200, #"{"status":"success","data":{"resultType":"vector","result":[]}}"#, "no series matches"),
    (200, vector(["NaN"]), "NaN"), (200, vector(["+Inf"]), "infinite"), (200, vector(["-Inf"]), "infinite"),
    (200, vector(["1", "2"]), "2 series"), (200, vector(["x"]), "no number"),
    (200, #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#, "is a matrix"),
    (200, #"{"status":"success","data":{"resultType":"string","result":[1,"a"]}}"#, "is a string"),
    (200, #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{}}]}}"#, "has no value"),
    (400, #"{"status":"error","errorType":"bad_data","error":"parse error"}"#, "bad_data: parse error"),
    (200, #"{"status":"error","errorType":"execution","error":"x"}"#, "execution: x"),
    (503, "busy", "503"), (200, "", "the body is empty"), (200, "[]", "answered 200"), (302, "", "302"),
  ])
  func whatIsNoNumberIsAnError(_ status: Int, _ body: String, _ words: String) async throws {
    let found = try await findings(
      "{id: v, value: {candidate: c, baseline: b}, max_regression: 1e9 absolute}, \(Self.share)"
    ) { _ in .reply(status, body) }
    #expect(found.findings.outcomes == ["canary.v=errored", "canary.errors=skipped"])
    #expect(found.findings[0].message.contains(words), "\(found.findings[0].message)")
    #expect(found.requests.count == 1)
  }

  @Test func countersThatStandStillOrFallAreErrors() async throws {
    let still = try await findings(Self.share, Self.counters([:]))
    #expect(still.findings.outcomes == ["canary.errors=errored"])
    let fallen = try await findings(Self.share, Self.counters(["fc": 0, "fb": 0, "tc": -5, "tb": 3]))
    #expect(fallen.findings.outcomes == ["canary.errors=errored"])
    #expect(fallen.findings[0].message.contains("a counter was reset"), "\(fallen.findings[0].message)")
    let more = try await findings(Self.share, Self.counters(["fc": 9, "fb": 0, "tc": 5, "tb": 3]))
    #expect(more.findings.outcomes == ["canary.errors=errored"])
  }

  @Test func nobodyThereIsAnError() async throws {
    let (subject, _) = endpoint(
      "{url: 'http://127.0.0.1:1', checks: [{canary: {prometheus: {url: 'http://127.0.0.1:1', guards: [\(Self.share)]}}}]}"
    )
    let found = await (try #require(subject)).evaluate(.everything, in: .testing)
    #expect(found.outcomes == ["canary.errors=errored"] && found[0].reason == .transport, "\(found.map(\.message))")
  }

  @Test func queriesAreEscaped() {
    let text = #"sum(rate(a{b=~"é.*",c!="1"}[5m])) / 2 & d+1 %"#
    let body = String(decoding: PrometheusQuery(text: text).request(at: "1.5").body, as: UTF8.self)
    #expect(body.removingPercentEncoding == "query=\(text)&time=1.5")
    #expect(
      body.dropFirst(6).dropLast(9).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "%-._~".contains($0)) })
  }

  @Test(arguments: [
    ("guards: []", "no guard is written"),
    ("guards: [{id: a, max_regression: 1 absolute}]", "a guard has failures and total, or a value"),
    (
      "guards: [{id: a, failures: {candidate: x, baseline: y}, max_regression: 1 absolute}]", "a guard has failures and"
    ),
    ("guards: [{id: a, value: {candidate: x, baseline: ''}, max_regression: 1 absolute}]", "the query is empty"),
    ("guards: [{id: a, value: {candidate: x, baseline: y}}]", "the key \"max_regression\" is missing here"),
    (
      "guards: [{id: a, failures: {candidate: x, baseline: y}, total: {candidate: x, baseline: y}, "
        + "max_regression: 10% relative}]", "a share of the baseline's errors allows none"
    ),
    (
      "every: 30s, guards: [{id: a, value: {candidate: 'rate(x[5m])', baseline: y}, max_regression: 1 absolute}]",
      "a query looks back 5m, and looks come every 30s: they would overlap"
    ),
    ("looks: 3, duration: 10m, guards: [\(share)]", "looks and duration say the same"),
    ("every: 1m, duration: 30s, guards: [\(share)]", "a duration of 30s with a look every "),
  ])
  func configsThatClaimNothingAreRefused(_ text: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', checks: [{canary: {prometheus: {url: 'http://127.0.0.1:2', \(text)}}}]}")
    #expect(problems.diagnostics.contains { $0.headline.hasPrefix(words) }, "\(problems.diagnostics.map(\.headline))")
  }

  /// Ranges in texts and comments are none, and a subquery looks back from each of its steps.
  @Test(arguments: [
    ("x", 0.0), ("sum(rate(x[1m]))", 60), ("rate(x[1h30m]) / rate(y[500ms])", 5400), ("x[ 30s ]", 30),
    (#"x{a="[5m]"}"#, 0), (#"x{a="\"[5m]"} # [1h]"#, 0), ("x{a=`\\`}[10s]", 10),
    ("max_over_time(rate(x[5m])[30m:1m])", 2100), ("x[$range]", 0), ("x[5m", 0), ("]x[1d]", 86_400), ("x[5", 0),
  ])
  func aQueryLooksBack(_ text: String, _ seconds: Double) {
    #expect(PrometheusQuery(text: text).window == seconds)
  }

  @Test func requestsAndQueriesDoNotMix() {
    let prometheus = "prometheus: {url: 'http://127.0.0.1:2', guards: [\(Self.share)]}"
    for (text, words) in [
      ("\(prometheus), baseline: 'http://127.0.0.1:3'", "one canary compares by one means"),
      ("\(prometheus), p95: {max_regression: 5ms absolute}", "with prometheus nothing is asked of the endpoint"),
    ] {
      let (_, problems) = endpoint("{url: 'http://127.0.0.1:1', checks: [{canary: {\(text)}}]}")
      #expect(
        problems.diagnostics.map(\.headline).contains { $0.hasPrefix(words) }, "\(problems.diagnostics.map(\.headline))"
      )
    }
  }

  /// Two sides that are the same, as ratios of 50 looks, each of which is much like the one before: an AR(1) process. False
  /// alarms in at most 5 % of 400 canaries; without a look at the autocorrelation 0.9 alarms in four of five.
  @Test(arguments: [0, 0.5, 0.9])
  func looksAtTheSameRatioSeldomAlarm(_ autocorrelation: Double) throws {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', checks: [{canary: {prometheus: {url: 'http://127.0.0.1:2', guards: "
        + "[{id: a, value: {candidate: x, baseline: y}, max_regression: 0 absolute}]}}}]}")
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    guard case .probing(let check as CanaryCheck) = asked.declaration.entries[0].content,
      let claim = check.prometheus?.guards.first
    else { return }
    var random = Philox(Seed(9))
    var alarms = 0
    let fresh = (1 - autocorrelation * autocorrelation).squareRoot()
    for _ in 0..<400 {
      var watch = try PrometheusWatch(claim, confidence: 0.95, expecting: 50)
      var sides = [random.uniform() - 0.5, random.uniform() - 0.5]
      for _ in 0..<50 {
        sides = sides.map { autocorrelation * $0 + fresh * (random.uniform() - 0.5) }
        try watch.take(sides.map { 0.9 + 0.05 * $0 })
        guard watch.looks > 1, try watch.effect().holds == false else { continue }
        alarms += 1
        break
      }
    }
    #expect(alarms <= 20, "\(alarms)")
  }
}
