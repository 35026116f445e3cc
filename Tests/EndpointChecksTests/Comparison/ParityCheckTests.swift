import JSON
import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// An endpoint beside a file, another endpoint, and itself in other encodings.
@Suite struct ParityCheckTests {
  private func findings(
    _ check: String, _ model: ServedModel = ServedModel(), beside other: ServedModel = ServedModel(),
    rows: Int = 100, offline: String = ""
  ) async throws -> [Finding] {
    let folder = try TemporaryFolder()
    try folder.write(
      "id,x,carrier,n\n" + (0..<rows).map { "r\($0),\($0 % 100),\($0 % 2 == 0 ? "AA" : "UA"),\($0)\n" }.joined(),
      to: "rows.csv"
    )
    try folder.write(offline, to: "offline.csv")
    let (server, peer) = (try model.serve(), try other.serve())
    let text = check.split(separator: "PEER", omittingEmptySubsequences: false).joined(separator: "'\(peer.url)'")
    return try await evaluate(ServedModel.config(server, rows: "rows.csv", "{parity: \(text)}"), in: folder)
  }

  // MARK: - Offline predictions

  @Test func predictionsAreJoinedByKey() async throws {
    let reversed = "id,score\n" + (0..<100).reversed().map { "r\($0),\(Double($0) / 100)\n" }.joined()
    let good = try await findings("{predictions: {file: offline.csv, key: id, expect: {p: score}}}", offline: reversed)
    #expect(good.outcomes == ["parity=passed"], "\(good.map(\.message))")
    // As a column of integers with a gap is often written.
    let decimal = "n,score\n" + (0..<100).reversed().map { "\($0).0,\(Double($0) / 100)\n" }.joined()
    let found = try await findings("{predictions: {file: offline.csv, key: n, expect: {p: score}}}", offline: decimal)
    #expect(found.outcomes == ["parity=passed"], "\(found.map(\.message))")
    let inOrder = try await findings(
      "{predictions: {file: offline.csv, in_order: true, expect: {p: score}}}", offline: reversed)
    #expect(inOrder.outcomes == ["parity=failed"])
  }

  @Test(arguments: [
    ("id,score\nr0,0\n", "key: id", Outcome.failed, "no prediction for 99 rows of 100, the first with id = r1"),
    ("id,score\nr0,0\nr0,1\n", "key: id", .errored, "has id = r0 twice"),
    ("score\n0\n", "key: id", .errored, "has no column id"),
    ("score\n0\n", "in_order: true", .errored, "has 1 row for 100 rows"),
  ])
  func joinsThatFailAreSaid(_ offline: String, _ join: String, _ outcome: Outcome, _ words: String) async throws {
    let findings = try await findings(
      "{predictions: {file: offline.csv, \(join), expect: {p: score}}}", offline: offline)
    #expect(findings[0].outcome == outcome && findings[0].message.contains(words), "\(findings[0].message)")
  }

  // MARK: - Another endpoint

  @Test func theSameModelElsewhereAgrees() async throws {
    #expect(try await findings("{endpoint: {url: PEER}}").outcomes == ["parity=passed"])
    let other = try await findings(
      "{endpoint: {url: PEER}}", ServedModel(change: { scores, _ in scores.map { $0 + 0.1 } }))
    #expect(other.outcomes == ["parity=failed"])
    #expect(
      other[0].message.contains("100 of 100 rows differ from the other endpoint, 10 with another class"),
      "\(other[0].message)")
  }

  /// The curl line of what goes wrong in a batch alone asks about the batch.
  @Test func aRowThatIsRightAloneIsShownInItsBatch() async throws {
    let batchy = ServedModel(change: { scores, _ in scores.count > 1 ? scores.reversed() : scores })
    let found = try await findings("{endpoint: {url: PEER}}", batchy, rows: 3)
    #expect(found.outcomes == ["parity=failed"])
    #expect(found[0].reproduce?.contains(#""data":[0.0,1.0,2.0]"#) == true, "\(found[0].reproduce ?? "")")
    #expect(found[0].evidence.notes.contains { $0.contains("depends on the rows beside it") })
  }

  /// Each of the two is asked with its own credentials, and no text shows those of either.
  @Test(arguments: [
    ("auth: {bearer: 0ther-s3cret}", "Authorization: Bearer 0ther-s3cret"),
    (
      "auth: {basic: {username: u, password: 0ther-s3cret}}",
      "Authorization: Basic dTowdGhlci1zM2NyZXQ="
    ),
    ("auth: {api_key: {header: X-Key, value: 0ther-s3cret}}", "X-Key: 0ther-s3cret"),
    ("auth: {api_key: {query: key, value: 0ther-s3cret}}", "?key=0ther-s3cret"),
    ("headers: {X-Key: 0ther-s3cret}", "X-Key: 0ther-s3cret"),
    ("headers: {X-Who: '{{who}}'}", "X-Who: m"), ("model: m", ""),
  ])
  func theOtherEndpointHasItsOwnCredentials(_ keys: String, _ sent: String) async throws {
    let (own, other) = ("0wn-s3cret", "0ther-s3cret")
    let wrong = ServedModel(change: { scores, _ in scores.map { $0 + 0.5 } })
    let (server, peer) = (try ServedModel().serve(), try wrong.serve())
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, auth: {bearer: \(own)}, rows: [{x: 1}, {x: 2}], "
        + "checks: [{request: {path: /v2/models/m, capture: {who: $.name}}}, "
        + "{parity: {endpoint: {url: '\(peer.url)', \(keys)}}}]}", secrets: [own, other])
    #expect(findings.last?.outcome == .failed, "\(findings.map(\.message))")
    #expect(
      server.requests.allSatisfy { $0.head.contains("Bearer \(own)") && !$0.head.contains(other) })
    #expect(!peer.requests.isEmpty)
    #expect(
      peer.requests.allSatisfy {
        !$0.head.contains(own) && (sent.isEmpty || $0.head.contains(sent))
      })
    #expect(
      !findings.allText.contains(own) && !findings.allText.contains(other), "\(findings.allText)")
  }

  @Test func whatTheOtherEndpointIsSentMustBeCaptured() {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', protocol: litserve, rows: [{x: 1}], "
        + "checks: [{parity: {endpoint: {url: 'http://127.0.0.1:8', headers: {X-Who: '{{who}}'}}}}]}"
    )
    #expect(problems.diagnostics.map(\.headline) == [#"no earlier request captures "who""#])
  }

  /// That labels have no mean says nothing of their flips.
  @Test func whatHasNoShiftHasFlips() async throws {
    let findings = try await findings(
      "{endpoint: {url: PEER}, flips: {at_most: 5%}, shift: {at_most: 0.01}, output: label}", ServedModel())
    #expect(findings.outcomes.first == "parity.flips=passed", "\(findings.map(\.message))")
    #expect(findings.last?.id.check == "shift" && findings.last?.outcome != .passed)
  }

  @Test func flipsAndShiftsAreOfAllRows() async throws {
    let shifted = ServedModel(change: { scores, _ in scores.map { $0 + 0.02 } })
    let findings = try await findings(
      "{endpoint: {url: PEER}, flips: {at_most: 5%}, shift: {at_most: 0.01}, output: p}", shifted)
    // Of 0.00 to 0.99 in hundredths, 0.48 and 0.49 cross the half.
    #expect(findings.outcomes == ["parity.flips=passed", "parity.shift=failed"], "\(findings.map(\.message))")
    #expect(findings[0].evidence.observed?.value == 0.02)
    #expect(abs((findings[1].evidence.observed?.value ?? 0) - 0.02) < 1e-12)
  }

  /// A score without a threshold flips at 0.5, labels of a floating type by their values; nothing passes unseen.
  @Test func flipsOfAScoreNeedAClass() async throws {
    let flips = "{endpoint: {url: PEER}, flips: {at_most: 1%}, output: p}"
    let constant = ServedModel(change: { scores, _ in scores.map { _ in 0.5 } }, isScoreOnly: true)
    let real = ServedModel(isScoreOnly: true)
    let half = try await findings(flips, constant, beside: real)
    #expect(half.outcomes == ["parity.flips=failed"] && half[0].evidence.observed?.value == 0.5)
    #expect(half[0].evidence.notes.contains { $0.contains("from 0.5 on") }, "\(half[0].evidence.notes)")
    func all(_ value: Double) -> ServedModel {
      ServedModel(change: { scores, _ in scores.map { _ in value } }, isScoreOnly: true)
    }
    #expect(try await findings(flips, all(1), beside: all(0)).outcomes == ["parity.flips=failed"])
    let score = try await findings(flips, all(17.5), beside: real)
    #expect(score.outcomes == ["parity.flips=errored"] && score[0].message.contains("threshold: 0.5"))
  }

  /// What is no prediction on both sides agrees about nothing.
  @Test(arguments: ["null", "\"0.5\""])
  func whatIsNoPredictionOnBothSidesIsNoAgreement(_ element: String) async throws {
    let broken = ServedModel(spell: { $0 == 0.5 ? element : "\($0)" })
    #expect(try await findings("{endpoint: {url: PEER}}", broken, beside: broken).outcomes == ["parity=failed"])
    let there = try await findings("{endpoint: {url: PEER}}", beside: broken)
    #expect(there.outcomes == ["parity=errored"] && there[0].message.contains("p of row 51 is"), "\(there[0].message)")
  }

  @Test func confidenceTellsNoFromTooFew() async throws {
    let flips = "{endpoint: {url: PEER}, flips: {at_most: 5%}, confidence: 95%}"
    // No flip in 100 rows: at most 3.62 % by Clopper and Pearson. In 50 rows: at most 7.11 %.
    let enough = try await findings(flips)
    #expect(enough.outcomes == ["parity.flips=passed"], "\(enough.map(\.message))")
    #expect(abs((enough[0].evidence.interval?.upper ?? 0) - 0.036216693) < 1e-8)
    let few = try await findings(flips, rows: 50)
    #expect(few.outcomes == ["parity.flips=inconclusive"], "\(few.map(\.message))")
    #expect(few[0].message.contains("would decide"))
    let flipped = try await findings(flips, ServedModel(change: { scores, _ in scores.map { 1 - $0 } }))
    #expect(flipped.outcomes == ["parity.flips=failed"])
  }

  @Test func aSliceFailsWhereTheWholeIsFine() async throws {
    // Only odd rows, all of one carrier, move: by 0.02, which is 0.01 over all.
    let model = ServedModel(change: { scores, _ in scores.map { Int(($0 * 100).rounded()) % 2 == 1 ? $0 + 0.02 : $0 } })
    let whole = try await findings("{endpoint: {url: PEER}, shift: {at_most: 0.015}, output: p}", model)
    #expect(whole.outcomes == ["parity.shift=passed"])
    let sliced = try await findings(
      "{endpoint: {url: PEER}, shift: {at_most: 0.015}, output: p, slices: [carrier]}", model)
    #expect(sliced.outcomes == ["parity.shift=failed"])
    #expect(sliced[0].message.contains("where carrier = UA"), "\(sliced[0].message)")
  }

  /// 2 of 100 rows are at most 7.04 %, 2 of 50 between 0.49 % and 13.71 % (Clopper-Pearson at 95 %; two slices are wider).
  @Test func aSliceThatDoesNotDecideWarns() async throws {
    let flips = "{endpoint: {url: PEER}, flips: {at_most: 8%}, confidence: 95%, slices: [carrier]}"
    let model = ServedModel(change: { scores, _ in scores.map { [0.01, 0.03].contains($0) ? 0.9 : $0 } })
    let found = try await findings(flips, model)
    #expect(found.outcomes == ["parity.flips=inconclusive"], "\(found.map(\.message))")
    #expect(found[0].severity == .warn && found[0].message.contains("where carrier = UA"), "\(found[0].message)")
    #expect(found[0].message.contains("50 rows do not decide"), "\(found[0].message)")
  }

  @Test func smallSlicesAreJudgedTogether() throws {
    // Ten values of ten rows each: every row of five of them is flipped, and 50 rows beside them are not.
    let places = Array(0..<150)
    let column = FeatureRows.Column(
      name: "g", values: places.map { .string($0 < 100 ? "small \($0 / 10)" : "large") })
    let limit = Located(Quantity(0.4, .share), at: SourceLocation(file: "f", line: 1, column: 1, lineText: ""))
    let judgement = try ParityJudgement(limit: ParityLimit(limit: limit), unit: .share, what: "flips").judge(
      all: places, slices: [Located("g", at: limit.location)], of: FeatureRows([column])
    ) { rows, confidence in ParityLimit.flips(rows.count { $0 < 50 }, of: rows.count, confidence: confidence) }
    #expect(judgement.outcome == .failed, "\(judgement.message)")
    #expect(judgement.message.contains("g is another (small 0, ") || judgement.message.contains("g = small 0"))
  }

  @Test func theOtherSideMissingIsNoFaultOfThisOne() async throws {
    let findings = try await findings(
      "{endpoint: {url: 'http://127.0.0.1:1'}, flips: {at_most: 1%}, tolerance: {absolute: 1}}")
    #expect(findings.outcomes == ["parity=errored", "parity.flips=skipped"])
    #expect(findings[0].message.contains("the other endpoint gives no predictions"), "\(findings[0].message)")
  }

  // MARK: - Encodings

  @Test func encodingsOfOneEndpointAgree() async throws {
    #expect(try await findings("{encodings: [flat, nested, FP32]}").outcomes == ["parity=passed"])
  }

  @Test func anEncodingThatIsReadOtherwiseFails() async throws {
    // The second request is the one of the second encoding.
    let model = ServedModel(change: { scores, request in request == 1 ? scores.reversed() : scores })
    let findings = try await findings("{encodings: [flat, FP32]}", model)
    #expect(findings.outcomes == ["parity=failed"])
    #expect(findings[0].message.contains("differ from flat (as FP32)"), "\(findings[0].message)")
  }

  /// The only input has one dimension, whose elements are one list, flat or nested.
  @Test func oneRequestInTwoNamesComparesNothing() async throws {
    let same = try await findings("{encodings: [flat, nested, columns]}")
    #expect(same.outcomes == ["parity=errored"])
    #expect(same[0].message.contains("one and the same request"), "\(same[0].message)")
    let one = try await findings("{encodings: [flat, nested, FP32]}")
    #expect(
      one[0].evidence.notes.contains { $0.contains("nested writes the same request") }, "\(one[0].evidence.notes)")
    #expect(one[0].message.contains("agree with flat (as FP32)"), "\(one[0].message)")
  }

  @Test func aSampleOfOneClassShowsNoFlip() async throws {
    // The label tells classes, and p none.
    let high = try await findings("{endpoint: {url: PEER}, flips: {at_most: 1%}, threshold: 3}")
    #expect(high.outcomes == ["parity.flips=errored"])
    #expect(high[0].message.contains("no flip could be seen"), "\(high[0].message)")
  }

  @Test(arguments: [
    ("r3", Outcome.failed, "no prediction of p for 1 row of 100, the first in row 4"),
    ("", .errored, "score has no value in any row, so nothing is expected of p"),
  ])
  func blankPredictionsAreNone(_ blank: String, _ outcome: Outcome, _ words: String) async throws {
    let offline = (0..<100).map { row in
      "r\(row),\(blank.isEmpty || "r\(row)" == blank ? "" : "\(Double(row) / 100)")\n"
    }
    let found = try await findings(
      "{predictions: {file: offline.csv, in_order: true, expect: {p: score}}}", offline: "id,score\n" + offline.joined()
    )
    #expect(found[0].outcome == outcome && found[0].message.contains(words), "\(found[0].message)")
  }

  @Test(arguments: [
    ("{}", "nothing is named to compare with"),
    ("{endpoint: {url: 'http://127.0.0.1:1'}, encodings: [flat, nested]}", "one entry compares with one thing"),
    ("{endpoint: {url: 'http://127.0.0.1:1'}, flips: {at_most: 100%}}", "every endpoint would keep this limit"),
    ("{encodings: [flat]}", "one encoding has nothing"),
    ("{encodings: [records, split]}", "the protocol open-inference-v2 has no encoding records"),
    ("{encodings: [flat, nested], flips: {at_most: 1%}}", "row by row"),
    ("{endpoint: {url: 'http://127.0.0.1:1'}, confidence: 95%}", "a confidence needs"),
    ("{endpoint: {url: 'http://127.0.0.1:1'}, shift: {at_most: -1}}", "no amount is below nothing"),
    ("{endpoint: {url: 'http://127.0.0.1:{port}'}}", "not started here"),
    ("{predictions: {file: a.csv, expect: p}}", "which prediction belongs to which row"),
  ])
  func mistakesAreReported(_ check: String, _ words: String) {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:1', protocol: open-inference-v2, model: m, rows: r.csv, checks: [{parity: \(check)}]}")
    #expect(problems.diagnostics.contains { $0.headline.contains(words) }, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func credentialsOfOneEndpointAreNotSentToTheOther() async throws {
    let (server, peer) = (try ServedModel().serve(), try ServedModel().serve())
    let findings = try await evaluate(
      "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: \(ServedModel.rows(0..<3)), "
        + "headers: {Authorization: Bearer first}, "
        + "checks: [{parity: {endpoint: {url: '\(peer.url)', headers: {X-Key: other}}}}]}")
    #expect(findings.outcomes == ["parity=passed"])
    #expect(server.requests.allSatisfy { $0.head.contains("Bearer first") })
    #expect(peer.requests.allSatisfy { !$0.head.contains("first") && $0.head.contains("X-Key: other") })
  }
}
