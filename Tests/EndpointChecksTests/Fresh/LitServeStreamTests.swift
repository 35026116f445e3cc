import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// The real OpenAI protocol of LitServe from PyPI: its streams, and what is wrong with them.
@Suite struct LitServeStreamTests {
  private static let script = "Tests/EndpointChecksTests/Fresh/litserve_chat.py"

  @Test func streamsAreReadAsTheyAre() async throws {
    let venv = try await PythonEnvironment.folder("litserve", ["litserve==0.2.19"])
    let findings = try await evaluate(
      """
      {start: {command: ['\(venv)/bin/python', '-B', '\(Repository.root)/\(Self.script)', '{port}'],
          ready_within: 300s, stop_within: 60s},
        url: 'http://127.0.0.1:{port}', protocol: openai, model: parrot, rows: [{prompt: one two three}],
        checks: [
          {golden: {expect: answer, rows: [{prompt: one two three, answer: 'one two three '}]}},
          {stream: {usage: false, ttft: {at_most: 1h}, tpot: {at_most: 1h}, gap: {at_most: 1h}}},
          {stream: {id: counted}}, {stream: {id: broken, rows: [{prompt: one break two}]}}]}
      """)
    let words = "\(findings.map(\.message))"
    #expect(findings["ready"]?.outcome == .passed, "\(words)")
    #expect(findings["golden"]?.outcome == .passed, "\(words)")
    for claim in ["events", "end", "finish", "answer", "ttft", "tpot", "gap"] {
      #expect(findings["stream.\(claim)"]?.outcome == .passed, "\(words)")
    }
    // Its streams count the tokens of the last piece alone.
    #expect(findings["counted.usage"]?.outcome == .failed, "\(words)")
    #expect(
      findings["counted.usage"]?.message.contains(
        "the usage counts 1 completion_tokens, and 3 events have a piece of the answer") == true, "\(words)")
    // It writes no blank line behind an error, so that clients never see it.
    #expect(findings["broken.events"]?.outcome == .failed, "\(words)")
    #expect(
      findings["broken.events"]?.message.contains(
        "no blank line stands behind the last event, which is an error (Internal Server Error)") == true, "\(words)")
    #expect(findings["broken.finish"]?.outcome == .skipped, "\(words)")
  }
}
