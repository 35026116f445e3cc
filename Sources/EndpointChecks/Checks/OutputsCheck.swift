internal import JSON
internal import Language
internal import Verdict

/// The predictions about some rows are usable: one for each row, no null, NaN or infinity.
struct OutputsCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  /// The outputs that are probabilities, besides those whose names say so.
  var probabilities: [String] = []
  /// What replies call the model, where it is not the name that it is asked for by.
  var model: String?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "outputs",
    summary:
      "The predictions about the rows are usable: as many elements as the shape says and as many for each row, the "
      + "declared datatype, no null, NaN or infinity, and probabilities that sum to 1. Probabilities are the "
      + "outputs that are called so, and those that probabilities names; the finding says which were not judged. A text model "
      + "whose replies name another one than was asked has not answered.",
    why:
      "Servers answer 200 with null where the model gave NaN, drop the element, or write a bare NaN that no client can "
      + "parse. Callers read a null as 0 and go on.",
    example: "rows: data/golden.parquet\nchecks:\n  - outputs",
    fix:
      "Run the model offline on the row of the finding. A NaN that comes from the model is one that the server should "
      + "answer with an error; a wrong count comes from a batch that lost rows.")

  static let bare: Self? = OutputsCheck()

  static var shape: Shape<OutputsCheck> {
    Shape<OutputsCheck>.object(
      OutputsCheck(),
      [
        .key(
          "probabilities", \.probabilities, Shape<String>.name.oneOrMany,
          "The outputs that are probabilities, where their names do not say so."),
        .optional(
          "model", \.model, Shape<String>.name,
          "What replies of text models call the model, where an alias is asked: a proxy, a deployment."),
      ] + ProbingOptions.keys(\.options))
  }

  func faults(of claim: String) -> [ReplyFault] { [.nan, .lost] }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    do throws(Complaint) {
      let rows = try await inquiry.rows(options)
      let answer = try await inquiry.predict(rows.features, options)
      let (signature, remark) = try await inquiry.knownSignature()
      return [judge(answer, signature).noting(rows.remarks + [remark].compactMap { $0 })]
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }

  private func judge(_ answer: Inquiry.Answer, _ signature: ModelSignature?) -> Judgement {
    let predictions = answer.predictions
    let declared = signature?.outputs ?? []
    let issues =
      predictions.issues + predictions.modelIssues(named: model) + predictions.outputIssues
      + predictions.issues(declared: declared) + predictions.textIssues
      + predictions.probabilityIssues(named: probabilities, declared: declared)
    let unjudged = predictions.outputs.filter { output in
      output.datatype?.family == .floating
        && !predictions.areProbabilities(output, named: probabilities, declared: declared)
    }.map(\.name)
    let remark = unjudged.isEmpty ? [] : ["not judged as probabilities: \(unjudged.joined(separator: ", "))"]
    let names = predictions.outputs.map(\.name).joined(separator: ", ")
    let evidence = Evidence(
      observedText: "\(issues.count) issues in \(names)", limit: .text("usable predictions"),
      counts: Evidence.Counts(
        rows: predictions.rows, nulls: 0, evaluated: predictions.rows, violating: nil),
      samples: issues.map { Evidence.Sample(key: $0.place, value: $0.text) }, notes: remark)
    guard let first = issues.first else {
      return Judgement(
        .passed, "usable predictions of \(names) for \(Quantity(Double(predictions.rows), .rows))", evidence: evidence)
    }
    let more = issues.count > 1 ? " (and \(issues.count - 1) more)" : ""
    return Judgement(
      .failed, "\(first.place) \(first.text)\(more)", evidence: evidence, decisive: answer.transcripts.first)
  }
}
