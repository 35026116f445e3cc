import Language
import Testing
import Verdict

@testable import EndpointChecks

/// Answers with a status of success that predict nothing: no check that reads predictions passes on them.
@Suite struct UnusableAnswersTests {
  private func findings(_ preset: String, _ body: String, type: String, check: String = "outputs") async throws
    -> [Finding]
  {
    let server = try ScriptedServer { _ in .reply(200, body, headers: "Content-Type: \(type)\r\n") }
    return try await evaluate("{url: '\(server.url)', protocol: \(preset), rows: [{x: 1, s: a}], checks: [\(check)]}")
  }

  @Test(arguments: [
    (
      "torchserve, model: m", #"{"code":500,"type":"InternalServerException","message":"Worker died."}"#, "Worker died."
    ),
    ("torchserve, model: m", #"{"error":"no"}"#, "says: no"),
    ("torchserve, model: m", #"[{"error":"crashed"}]"#, "in place of a prediction"),
    ("litserve", #"{"detail":"model crashed"}"#, "says: model crashed"),
    ("litserve", #"{"output":{}}"#, "is an empty object"),
    ("litserve", #"{"output":{"label":"x","probabilities":{"a":0.9,"b":0.9}}}"#, "sums to 1.8"),
    ("sagemaker", #"{"error":"no"}"#, "says: no"),
    ("sagemaker", "Internal error: model crashed", "says: Internal error"),
    ("sagemaker", "<html><body>login</body></html>", "is a page and no prediction"),
    ("sagemaker", "{\"label\": 0, \"score\": NaN}\n", "NaN"), ("sagemaker", "0.25\nx\n", "line 2"),
    ("mlflow", #"{"predictions":[{"error":"crashed","code":3}]}"#, "in place of a prediction of row 1"),
    ("mlflow", #"{"predictions":["NaN"]}"#, #"is the text "NaN""#),
    ("kserve-v1, model: m", #"{"predictions":["-Infinity"]}"#, "which is no number"),
    ("bentoml", #"[{"error":{"code":3}}]"#, "in place of a prediction"),
  ])
  func successesThatPredictNothingFail(_ preset: String, _ body: String, _ words: String) async throws {
    let type =
      body.hasPrefix("<")
      ? "text/html"
      : body.hasPrefix("I") ? "text/csv" : body.hasSuffix("\n") ? "application/jsonlines" : "application/json"
    let found = try await findings(preset, body, type: type)
    #expect(found.map(\.outcome) == [.failed], "\(found.map(\.message))")
    #expect(found[0].message.contains(words), "\(found[0].message)")
  }

  /// Words that are labels, and members that are numbers, are predictions.
  @Test(arguments: [
    ("torchserve, model: m", #"[{"error":0.25}]"#), ("litserve", #"{"output":0.5,"detail":"fine"}"#),
    ("litserve", #"{"output":{"label":"x","probabilities":{"a":0.75,"b":0.25}}}"#),
    ("sagemaker", "setosa"), ("mlflow", #"{"predictions":["nano"]}"#),
    ("mlflow", #"{"predictions":[{"error":"none","p":1}]}"#),
    ("mlflow", #"{"predictions":["0.5"]}"#),
  ])
  func wordsAreNoFaults(_ preset: String, _ body: String) async throws {
    let found = try await findings(preset, body, type: body == "setosa" ? "text/csv" : "application/json")
    #expect(found.map(\.outcome) == [.passed], "\(found.map(\.message))")
  }

  /// A text model that answers by another one's name has not answered; a version behind the name is no other model.
  @Test(arguments: [
    ("m", "outputs", true), ("m-2026-01-01", "outputs", true), ("m:8b", "outputs", true), ("zzz", "outputs", false),
    ("mm", "outputs", false), ("zzz", "outputs: {model: zzz}", true), ("m", "outputs: {model: zzz}", false),
  ])
  func anotherModelHasNotAnswered(_ name: String, _ check: String, _ isGood: Bool) async throws {
    let server = try ScriptedServer { request in
      request.line.hasPrefix("POST")
        ? .reply(200, #"{"model":"\#(name)","choices":[{"index":0,"message":{"content":"Hello"}}]}"#)
        : .reply(200, #"{"data":[{"id":"m"}]}"#)
    }
    let found = try await evaluate(
      "{url: '\(server.url)', protocol: openai, model: m, rows: [{prompt: Hi}], checks: [{\(check)\(check.contains(":") ? "" : ": {}")}]}"
    )
    #expect(found.map(\.outcome) == [isGood ? .passed : .failed], "\(found.map(\.message))")
  }
}
