import Language
import Testing
import Verdict

@testable import EndpointChecks

/// Every way in which a server answers the same row differently is told from the others.
@Suite struct ConsistencyCheckTests {
  private func findings(
    _ model: ServedModel, _ check: String = "consistency", rows: String = ServedModel.rows(0..<10)
  ) async throws -> [Finding] {
    let server = try model.serve()
    return try await evaluate(ServedModel.config(server, rows: rows, check))
  }

  @Test func aGoodModelIsConsistent() async throws {
    let findings = try await findings(ServedModel())
    #expect(
      findings.outcomes == [
        "consistency.batch=passed", "consistency.order=passed", "consistency.repeat=passed",
        "consistency.concurrent=passed",
      ], "\(findings.map(\.message))")
  }

  /// What cannot be asked of a protocol is refused by name, and told where nobody named it.
  @Test func batchesNeedAProtocolThatSendsThem() async throws {
    func config(_ check: String, _ url: String = "http://127.0.0.1:1") -> String {
      "{url: '\(url)', protocol: litserve, rows: [{x: 10}, {x: 90}], checks: [\(check)]}"
    }
    for aspects in ["[batch, repeat]", "[order]"] {
      let problems = endpoint(config("{consistency: {aspects: \(aspects)}}")).problems.diagnostics
      let word = aspects.contains("batch") ? "batch" : "order"
      #expect(
        problems.map(\.headline) == [
          "the protocol litserve sends one row a request, so there is no \(word) to be consistent with"
        ])
    }
    let server = try ScriptedServer { request in
      .reply(200, #"{"output": \#(request.body.contains("90") ? 0.9 : 0.1)}"#)
    }
    let findings = try await evaluate(config("consistency", server.url))
    #expect(findings.outcomes == ["consistency.repeat=passed", "consistency.concurrent=passed"])
    #expect(
      findings.allSatisfy { finding in
        finding.evidence.notes.contains { $0.hasPrefix("not judged: batch and order") }
      }, "\(findings.map(\.evidence.notes))")
  }

  @Test func answersThatDependOnTheBatchFail() async throws {
    // What a normalisation over the batch does.
    let model = ServedModel(change: { scores, _ in
      scores.count == 1 ? scores : scores.map { $0 / (scores.max() ?? 1) }
    })
    let findings = try await findings(model, "{consistency: {aspects: [batch, repeat]}}")
    #expect(findings.outcomes == ["consistency.batch=failed", "consistency.repeat=passed"])
    #expect(findings[0].message.contains("in a batch"), "\(findings[0].message)")
  }

  @Test func swappedAnswersAreNamed() async throws {
    // A batch that is answered in the order of the scores, whatever the order of the rows.
    let model = ServedModel(change: { scores, _ in scores.sorted() })
    let findings = try await findings(model, "{consistency: {aspects: [batch, order]}}")
    #expect(findings.outcomes == ["consistency.batch=passed", "consistency.order=failed"])
    #expect(findings[1].message.contains("row 1 got the answer of row 10"), "\(findings[1].message)")
  }

  @Test func aStateBetweenRequestsFailsAgain() async throws {
    // Ten rows alone, one batch, and from then on another answer.
    let model = ServedModel(change: { scores, request in request > 10 ? scores.map { $0 + 0.001 } : scores })
    let findings = try await findings(model, "{consistency: {aspects: [batch, repeat]}}")
    #expect(findings.outcomes == ["consistency.batch=passed", "consistency.repeat=failed"])
    #expect(findings[1].message.contains("another answer again"), "\(findings[1].message)")
    let tolerant = try await self.findings(model, "{consistency: {aspects: [repeat], tolerance: {absolute: 0.01}}}")
    #expect(tolerant.outcomes == ["consistency.repeat=passed"])
  }

  /// A tolerance that cannot tell the rows from each other cannot tell their answers swapped.
  @Test func aToleranceOfAllAnswersCannotShowSwaps() async throws {
    let model = ServedModel(change: { scores, _ in scores.reversed() }, isScoreOnly: true)
    let findings = try await findings(model, "{consistency: {aspects: [order], tolerance: {absolute: 1}}}")
    #expect(findings.outcomes == ["consistency.order=errored"])
    #expect(findings[0].message.contains("the same answer within the tolerance"), "\(findings[0].message)")
  }

  @Test func aConstantModelCannotShowSwaps() async throws {
    let model = ServedModel(change: { scores, _ in scores.map { _ in 0.5 } })
    let findings = try await findings(model)
    #expect(
      findings.outcomes == [
        "consistency.batch=passed", "consistency.order=errored", "consistency.repeat=passed",
        "consistency.concurrent=errored",
      ])
    #expect(findings[1].reason == .nothingToEvaluate)
  }

  @Test func rowsWithDifferentAnswersAreChosen() async throws {
    let rows = ServedModel.rows(Array(repeating: 7, count: 40) + [80, 90])
    let findings = try await findings(
      ServedModel(), "{consistency: {aspects: [order, concurrent], sample: 4, concurrent: 2}}", rows: rows)
    #expect(
      findings.outcomes == ["consistency.order=passed", "consistency.concurrent=passed"], "\(findings.map(\.message))")
  }

  @Test func oneRowIsTooFew() async throws {
    let findings = try await findings(ServedModel(), "{consistency: {aspects: [batch, repeat]}}", rows: "[{x: 1}]")
    #expect(findings.outcomes == ["consistency.batch=errored", "consistency.repeat=skipped"])
  }
}
