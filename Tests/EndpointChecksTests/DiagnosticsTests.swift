import Language
import Testing
import Verdict

@testable import EndpointChecks

/// What is wrong in a config is said at its place, before anything is asked.
@Suite struct DiagnosticsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var endpoint: String
    /// A part of the headline.
    var headline: String
    /// The text that the caret stands under.
    var caret: String
    var testDescription: String { headline }
  }

  static let base = "url: 'http://127.0.0.1:8080'"
  static let oip = base + ", protocol: open-inference-v2, model: delay"

  @Test(arguments: [
    Case(endpoint: "{\(base), urll: x, checks: [ready]}", headline: "unknown key \"urll\"", caret: "urll"),
    Case(endpoint: "{checks: [{request: {path: /}}]}", headline: "the key \"url\" is missing", caret: "{checks"),
    Case(endpoint: "{\(base), checks: []}", headline: "no checks", caret: "{url"),
    Case(endpoint: "{\(base), checks: [redy]}", headline: "is not one of", caret: "redy"),
    Case(endpoint: "{url: '127.0.0.1:80', checks: [ready]}", headline: "no scheme", caret: "'127"),
    Case(endpoint: "{url: 'ftp://a', checks: [ready]}", headline: "neither http nor https", caret: "'ftp"),
    Case(endpoint: "{url: 'http://u:p@a', checks: [ready]}", headline: "credentials", caret: "'http"),
    Case(endpoint: "{url: 'http://a/?k=v', checks: [ready]}", headline: "query", caret: "'http"),
    Case(endpoint: "{url: 'http://a:99999', checks: [ready]}", headline: "1 to 65535", caret: "'http"),
    Case(endpoint: "{url: 'http://127.0.0.1:{port}', checks: [ready]}", headline: "nothing is started", caret: "'http"),
    Case(
      endpoint: "{start: {command: [serve]}, url: 'http://127.0.0.1:{port}'}", headline: "tells the command its port",
      caret: "{command"),
    Case(
      endpoint: "{start: {command: [serve, '{port}']}, url: 'http://example.org:{port}'}", headline: "on this machine",
      caret: "'http"),
    Case(endpoint: "{start: {command: []}, \(base)}", headline: "the command is empty", caret: "[]"),
    Case(endpoint: "{start: {command: [a], ready_within: 30}, \(base)}", headline: "expected a duration", caret: "30}"),
    Case(endpoint: "{start: {command: [a], stop_within: 0s}, \(base)}", headline: "longer than nothing", caret: "0s"),
    Case(
      endpoint: "{start: {command: [a]}, \(base), ready: {within: 3s}}", headline: "its own time to be ready",
      caret: "3s"),
    Case(
      endpoint: "{\(base), checks: [{infer: {inputs: {x: [1.0]}}}]}", headline: "the protocol http has no \"infer\"",
      caret: "infer"),
    Case(endpoint: "{\(base), checks: [metadata]}", headline: "has no \"metadata\"", caret: "metadata"),
    Case(endpoint: "{\(base), model: delay, checks: [ready]}", headline: "knows no models", caret: "delay"),
    Case(
      endpoint: "{\(base), protocol: open-inference-v2, checks: [ready]}", headline: "names its model", caret: "{url"),
    Case(endpoint: "{\(oip), checks: [{infer: {inputs: {}}}]}", headline: "asks nothing", caret: "{}"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {inputs: {x: []}}}]}", headline: "does not say its datatype", caret: "[]"),
    Case(endpoint: "{\(oip), checks: [{infer: {inputs: {x: [1, a]}}}]}", headline: "mixes", caret: "[1, a"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {inputs: {x: [[1], [1, 2]]}}}]}", headline: "differ in length", caret: "[[1"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {inputs: {x: {datatype: FP3, data: [1]}}}}]}", headline: "is not one of",
      caret: "FP3"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {inputs: {x: [1]}, expect: {status: 400, outputs: {y: [1]}}}}]}",
      headline: "a refused inference has no outputs", caret: "[1]}}}}]"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {inputs: {x: [1]}, expect: {tolerance: {absolute: 1}, status: 200}}}]}",
      headline: "needs outputs", caret: "{absolute"),
    Case(
      endpoint: "{\(oip), checks: [{infer: {id: a, inputs: {x: [1]}}}, {request: {id: a, path: /}}]}",
      headline: "\"a.status\" stands here twice", caret: "request"),
    Case(endpoint: "{\(base), checks: [{request: {}}]}", headline: "the key \"path\" is missing", caret: "{}"),
    Case(endpoint: "{\(base), checks: [{request: {path: x}}]}", headline: "begins with a slash", caret: "x}"),
    Case(endpoint: "{\(base), checks: [{request: {path: '/a b'}}]}", headline: "no URL may hold", caret: "'/a"),
    Case(endpoint: "{\(base), checks: [{request: {path: /, body: x, json: {}}}]}", headline: "one body", caret: "json"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {}}}]}", headline: "nothing is expected", caret: "{}"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {status: 42}}}]}", headline: "from 100 to 599",
      caret: "42"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {status: {in: []}}}}]}", headline: "nothing could pass",
      caret: "{in"),
    Case(
      endpoint: "{\(base), headers: {'a b': x}, checks: [ready]}", headline: "not a name that HTTP allows",
      caret: "'a b"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {headers: {a: {matches: '(?=x)'}}}}}]}",
      headline: "the pattern cannot be used", caret: "'(?=x"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {json: [{path: '$.outputs[0.name', exists: true}]}}}]}",
      headline: "the JSONPath cannot be read", caret: ".name'"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {json: [{path: $.a}]}}}]}",
      headline: "nothing is claimed", caret: "{path: $"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {json: [{path: $.a, type: string, exists: true}]}}}]}",
      headline: "this path has 2 claims", caret: "{path: $"),
    Case(
      endpoint: "{\(base), checks: [{request: {path: /, expect: {json: [{path: '$.*', equals: 1}]}}}]}",
      headline: "can select several values", caret: "equals"),
    Case(
      endpoint:
        "{\(base), checks: [{request: {path: /, expect: {json: [{path: $.a, equals: x, tolerance: {absolute: 1}}]}}}]}",
      headline: "needs numbers", caret: "{absolute"),
    Case(
      endpoint:
        "{\(base), checks: [{request: {path: /, expect: {json: [{path: $.a, exists: true}, {path: $.a, type: null}]}}}]}",
      headline: "\"json $.a\" stands here twice", caret: "type"),
  ])
  func mistakeIsReportedAtItsPlace(_ example: Case) throws {
    let (_, problems) = endpoint(example.endpoint)
    let diagnostic = try #require(
      problems.diagnostics.first { $0.headline.contains(example.headline) }, "\(problems.diagnostics.map(\.headline))")
    let location = try #require(diagnostic.location)
    let rest = String(String.UnicodeScalarView(location.lineText.unicodeScalars.dropFirst(location.column - 1)))
    #expect(rest.hasPrefix(example.caret), "the caret stands under \(rest.prefix(20))")
    #expect(problems.diagnostics.count == 1, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func allMistakesAreReportedInOneGo() {
    let (_, problems) = endpoint("{urll: x, protocol: htp, timeout: 5, checks: [{requst: {}}]}")
    #expect(problems.diagnostics.count >= 5)
  }

  @Test func fullConfigIsPlannedWithStableIdentities() throws {
    let (subject, problems) = endpoint(
      """
      {start: {command: [serve, --port, '{port}'], ready_within: 30s, stop_within: 5s, environment: {A: b}, directory: .},
       url: 'http://127.0.0.1:{port}', protocol: open-inference-v2, model: delay, version: '1',
       headers: {X-Team: data}, timeout: 5s, tls: {ca: certs/ca.pem, insecure: true},
       checks: [ready, {metadata: {inputs: [dep_delay], outputs: [probability]}},
         {infer: {id: late, inputs: {dep_delay: [95.0], hour: [18], carrier: [AA]},
           expect: {outputs: {probability: [0.93]}, tolerance: {absolute: 1e-6}, latency: {at_most: 500ms}}}},
         {infer: {inputs: {x: {datatype: FP32, shape: [1], data: [1]}}, expect: {status: {in: [400, 422]}}}},
         {request: {path: /x, expect: {headers: {content-type: {matches: 'application/json.*'}},
           json: [{path: $.error, type: string}, {id: first, path: '$.outputs[0].data[0]', equals: 0.93, tolerance: {absolute: 1e-3}}],
           status: {in: [400, 422]}}}}]}
      """, named: "delay-api")
    #expect(problems.diagnostics.map(\.headline) == [])
    #expect(
      try #require(subject).checks.map(\.id.description) == [
        "endpoints.delay-api.ready", "endpoints.delay-api.metadata", "endpoints.delay-api.late.status",
        "endpoints.delay-api.late.outputs", "endpoints.delay-api.late.latency", "endpoints.delay-api.infer-2.status",
        "endpoints.delay-api.request-1.status", "endpoints.delay-api.request-1.\"header content-type\"",
        "endpoints.delay-api.request-1.\"json $.error\"", "endpoints.delay-api.request-1.first",
        "endpoints.delay-api.stopped",
      ])
  }

  @Test func everyKindIsDocumented() {
    let kinds = EndpointRegistry.documentation.map(\.kind)
    #expect(Set(kinds).count == kinds.count)
    for documentation in EndpointRegistry.documentation {
      #expect(documentation.suite == .endpoints)
      #expect(![documentation.summary, documentation.why, documentation.example, documentation.fix].contains(""))
    }
  }
}
