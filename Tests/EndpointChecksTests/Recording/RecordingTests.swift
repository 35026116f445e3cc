import JSON
import Synchronization
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// What is recorded from an endpoint comes back as golden rows.
@Suite struct RecordingTests {
  private final class Sink: Sendable {
    let bytes = Mutex<[UInt8]>([])
    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
  }

  private func record(
    _ format: PredictionFormat, _ rows: String, model: ServedModel = ServedModel(), named name: String = "rows.csv"
  ) async throws -> (findings: [Finding], text: String) {
    let folder = try TemporaryFolder()
    try folder.write(rows, to: name)
    let server = try model.serve()
    let (subject, _) = endpoint(
      ServedModel.config(server, rows: name, "metadata"), folders: EndpointFolders(config: folder.path))
    let sink = Sink()
    let recording = try #require(subject).recording(rows: folder.path + "/" + name, as: format) { bytes in
      sink.bytes.withLock { $0 += bytes }
      return nil
    }
    return (await recording.evaluate(.everything, in: .testing), sink.text)
  }

  @Test func csvHasTheRowsAndTheirPredictions() async throws {
    let (findings, text) = try await record(.csv, "id,x,note\na,10,\"x, \"\"y\"\"\"\nb,60,\n")
    #expect(findings.outcomes == ["recorded=passed"], "\(findings.map(\.message))")
    #expect(text == "id,x,note,p,label\na,10,\"x, \"\"y\"\"\",0.1,early\nb,60,,0.6,late\n")
  }

  @Test func jsonLinesHaveThemToo() async throws {
    let (_, text) = try await record(.jsonl, "id,x\na,10\n")
    #expect(text == #"{"id":"a","x":10,"p":0.1,"label":"early"}"# + "\n")
  }

  @Test func whatIsRecordedIsGolden() async throws {
    let (_, text) = try await record(.csv, "x\n10\n33.3\n90\n")
    let folder = try TemporaryFolder()
    try folder.write(text, to: "golden.csv")
    let server = try ServedModel().serve()
    let config = ServedModel.config(server, rows: "golden.csv", "{golden: {expect: {p: p, label: label}}}")
    #expect(try await evaluate(config, in: folder).outcomes == ["golden=passed"])
  }

  /// Lists of numbers and of texts with commas, and objects, in both formats.
  @Test(arguments: PredictionFormat.allCases)
  func listsAreGoldenToo(_ format: PredictionFormat) async throws {
    let server = try ScriptedServer { _ in
      .reply(
        200,
        #"{"predictions":[{"p":[0.25,0.75],"tags":["a, b","c"],"nest":{"a":[0],"b":"x"}},{"p":[0.5,0.5],"tags":["d","\"e\""],"nest":{"a":[],"b":"y, z"}}]}"#
      )
    }
    let folder = try TemporaryFolder()
    try folder.write("x\n10\n90\n", to: "rows.csv")
    let (subject, _) = endpoint(
      "{url: '\(server.url)', protocol: kserve-v1, model: m, rows: rows.csv, checks: [outputs]}",
      folders: EndpointFolders(config: folder.path))
    let sink = Sink()
    let recording = try #require(subject).recording(rows: folder.path + "/rows.csv", as: format) { bytes in
      sink.bytes.withLock { $0 += bytes }
      return nil
    }
    #expect(await recording.evaluate(.everything, in: .testing).outcomes == ["recorded=passed"])
    try folder.write(sink.text, to: "golden.\(format)")
    let found = try await evaluate(
      "{url: '\(server.url)', protocol: kserve-v1, model: m, rows: {file: golden.\(format), features: [x]}, "
        + "checks: [{golden: {expect: {p: p, tags: tags, nest: nest}}}]}", in: folder)
    #expect(found.outcomes == ["golden=passed"], "\(found.map(\.message))")
  }

  @Test func uselessPredictionsAreNotRecorded() async throws {
    let (findings, text) = try await record(.csv, "x\n10\n", model: ServedModel(change: { scores, _ in scores + [1] }))
    #expect(findings.outcomes == ["recorded=failed"] && text.isEmpty, "\(findings.map(\.message))")
    let (clash, _) = try await record(.csv, "x,p\n10,1\n")
    #expect(clash.outcomes == ["recorded=errored"] && clash[0].message.contains("column p already"))
  }
}
