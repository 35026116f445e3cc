import Language
import TestSupport
import Testing
import Transport
import Verdict

@testable import EndpointChecks

/// Every claim about a body, a header and a value in JSON: one reply that satisfies it and one that does not.
@Suite struct ClaimsTests {
  private func judge(_ expect: String, _ body: String, headers: HTTPHeaders = [:]) throws -> Judgement {
    try judge(expect, Array(body.utf8), headers: headers)
  }

  private func judge(_ expect: String, _ body: [UInt8], headers: HTTPHeaders = [:]) throws -> Judgement {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', checks: [{request: {path: /, expect: {\(expect)}}}]}")
    let expectation = try #require(Self.lastClaim(of: subject), "\(problems.diagnostics.map(\.headline))")
    return expectation.judge(Reply(HTTPResponse(status: 200, headers: headers, body: body)))
  }

  private static func lastClaim(of subject: EndpointSubject?) -> (any EndpointChecks.Expectation)? {
    guard case .exchange(let exchange)? = subject?.plan.steps.first else { return nil }
    return exchange.claims.last?.expectation
  }

  private func json(_ claim: String) -> String { "json: [{path: $.v, \(claim)}]" }

  @Test(arguments: [
    ("equals: 1.5, tolerance: {absolute: 0.1}", "1.6", "1.61"),
    ("equals: 200, tolerance: {relative: 1%}", "202", "202.1"),
    ("in: [1, a, null]", "\"a\"", "2"), ("in: [1]", "1.0", "\"1\""), ("not_in: [1, 2]", "3", "2"),
    ("above: 1", "1.01", "1"), ("below: 1", "0.99", "1"), ("above: 1", "2", "\"2\""), ("at_least: 1", "1", "0.99"),
    ("between: [0, 1]", "0.5", "1.5"), ("starts_with: ab", "\"abc\"", "\"xab\""),
    ("ends_with: bc", "\"abc\"", "\"bcx\""),
    ("contains: b", "\"abc\"", "\"xyz\""), ("contains: b", "\"b\"", "[\"b\"]"), ("search: 'b.'", "\"abc\"", "\"ab\""),
    ("matches: 'a.c'", "\"abc\"", "\"abcd\""), ("format: uuid", "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", "\"x\""),
    ("format: timestamp", "\"2026-01-01T00:00:00Z\"", "\"2026-13-01T00:00:00Z\""), ("includes: 2", "[1, 2]", "[1]"),
    ("includes: {a: 1}", "[{\"a\": 1}]", "{\"a\": 1}"), ("length: 2", "\"é☃\"", "\"abc\""), ("length: 0", "[]", "[1]"),
    ("length: {at_least: 1}", "{\"a\": 1}", "{}"), ("length: 1", "[1]", "1"), ("type: integer", "1.0", "1.5"),
    ("schema: {type: array, items: {minimum: 0}}", "[0, 1]", "[0, -1]"),
    ("schema: {type: string, format: date}", "\"2024-02-29\"", "\"2023-02-29\""),
  ])
  func claimsTellGoodFromBad(_ claim: String, _ good: String, _ bad: String) throws {
    #expect(try judge(json(claim), "{\"v\": \(good)}").outcome == .passed)
    let failure = try judge(json(claim), "{\"v\": \(bad)}")
    #expect(failure.outcome == .failed)
    #expect(failure.message.contains("but must"), "\(failure.message)")
    // An absent value satisfies nothing.
    #expect(try judge(json(claim), "{}").outcome == .failed)
  }

  @Test func schemaSaysWhere() throws {
    let failure = try judge(
      "json: [{path: $, schema: {properties: {users: {items: {required: [id], properties: {id: {type: integer}}}}}}}]",
      #"{"users": [{"id": 1}, {"id": "2"}]}"#)
    #expect(
      failure.message.contains("at $['users'][1]['id'] is of type string, but must be of type integer"),
      "\(failure.message)")
  }

  @Test(arguments: [
    ("ok", "ok", "ok\n"), ("{equals: ok}", "ok", "OK"), ("{matches: 'o.'}", "ok", "oki"), ("{search: k}", "oki", "o"),
    ("{contains: k}", "oki", "o"), ("{starts_with: o}", "oki", "ki"), ("{ends_with: i}", "oki", "ok"),
    ("{size: {at_most: 2B}}", "ok", "oki"), ("{size: {between: [1B, 1KB]}}", "a", ""),
  ])
  func bodyClaimsTellGoodFromBad(_ claim: String, _ good: String, _ bad: String) throws {
    #expect(try judge("body: \(claim)", good).outcome == .passed)
    #expect(try judge("body: \(claim)", bad).outcome == .failed)
  }

  @Test func bodyThatIsNoTextFailsTextClaims() throws {
    let failure = try judge("body: {contains: a}", [0x61, 0xFF])
    #expect(failure.outcome == .failed && failure.message == "the body is not UTF-8, but must contain \"a\"")
    #expect(try judge("body: {size: {at_most: 2B}}", [0x61, 0xFF]).outcome == .passed)
  }

  @Test(arguments: [
    ("{contains: json}", "application/json", "text/html"),
    ("{starts_with: application/}", "application/json", "text/html"),
    ("{ends_with: json}", "application/json", "text/html"), ("{search: 'j..n'}", "application/json", "text/html"),
  ])
  func headerClaimsTellGoodFromBad(_ claim: String, _ good: String, _ bad: String) throws {
    #expect(try judge("headers: {content-type: \(claim)}", "", headers: ["Content-Type": good]).outcome == .passed)
    #expect(try judge("headers: {content-type: \(claim)}", "", headers: ["Content-Type": bad]).outcome == .failed)
    #expect(try judge("headers: {content-type: \(claim)}", "").outcome == .failed)
  }

  @Test func schemaIsReadFromAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"type": "object", "required": ["id"]}"#, to: "user.json")
    try folder.write(#"{"type": "#, to: "broken.json")
    try folder.write(#"{"typ": "object"}"#, to: "unknown.json")
    func checks(_ file: String) -> String {
      "{url: 'http://127.0.0.1:9', checks: [{request: {path: /, expect: {json: [{path: $, schema: \(file)}]}}}]}"
    }
    let folders = EndpointFolders(config: folder.path)
    let (subject, _) = endpoint(checks("user.json"), folders: folders)
    let claim = try #require(Self.lastClaim(of: subject))
    #expect(claim.judge(Reply(HTTPResponse(status: 200, body: Array(#"{"id": 1}"#.utf8)))).outcome == .passed)
    let failure = claim.judge(Reply(HTTPResponse(status: 200, body: Array("{}".utf8))))
    #expect(failure.message == "$ lacks the member \"id\", but must satisfy the schema user.json")
    for (file, words) in [
      ("missing.json", "missing.json"), ("broken.json", "is no JSON"), ("unknown.json", "\"typ\" is no keyword"),
    ] {
      let problems = endpoint(checks(file), folders: folders).problems
      #expect(problems.diagnostics.count == 1)
      #expect(problems.diagnostics.first?.headline.contains(words) == true, "\(problems.diagnostics.map(\.headline))")
      #expect(problems.diagnostics.first?.location != nil)
    }
  }

  /// Draft 2020-12, 4.3.2: nothing satisfies false.
  @Test func falseIsASchema() throws {
    let (subject, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', checks: [{request: {path: /, expect: {json: [{path: $.a, schema: false}]}}}]}")
    #expect(problems.isEmpty, "\(problems.diagnostics.map(\.headline))")
    let claim = try #require(Self.lastClaim(of: subject))
    let reply = Reply(HTTPResponse(status: 200, body: Array(#"{"a": 1}"#.utf8)))
    #expect(claim.judge(reply).outcome == .failed)
  }

  @Test func namesOfTensorsAreAskedFor() {
    let (_, problems) = endpoint(
      "{url: 'http://127.0.0.1:9', protocol: open-inference-v2, model: m, "
        + "checks: [{metadata: {inputs: [{name: x, datatype: FP64}]}}]}")
    #expect(problems.diagnostics.map(\.headline) == ["expected the name of a tensor, found a mapping"])
    #expect(problems.diagnostics.first?.help.first == "write the names alone: [dep_delay, carrier]")
  }

  @Test(arguments: [
    ("body: {matches: a, contains: b}", "one claim"), ("body: {}", "one claim"),
    ("json: [{path: $.a, in: []}]", "the list is empty"),
    ("json: [{path: $.a, format: emial}]", "is not one of"),
    ("json: [{path: $.a, schema: {type: int}}]", "cannot be used at #/type"),
    ("json: [{path: $.a, schema: {format: idn-email}}]", "is not judged here"),
    ("json: [{path: $.a, schema: {$ref: 'https://example.org/s'}}]", "only references within"),
    ("json: [{path: $.a, schema: {}}]", "allows everything"),
    ("json: [{path: $.a, schema: true}]", "allows everything"),
    ("json: [{path: $.a, schema: 'true'}]", "true"),
    ("json: [{path: $.a, count: {at_least: 0}}]", "could not fail"),
    ("json: [{path: $.a, schema: {$anchor: a}}]", "no keyword that is known"),
  ])
  func mistakesAreFound(_ expect: String, _ words: String) {
    let problems = endpoint("{url: 'http://127.0.0.1:9', checks: [{request: {path: /, expect: {\(expect)}}}]}").problems
    #expect(problems.diagnostics.count == 1, "\(problems.diagnostics.map(\.headline))")
    #expect(problems.diagnostics.first?.headline.contains(words) == true, "\(problems.diagnostics.map(\.headline))")
  }
}
