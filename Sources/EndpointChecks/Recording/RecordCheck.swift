internal import JSON
internal import Language
internal import Verdict

/// The endpoint's predictions about some rows are handed on as rows of their own: what `cupel endpoint record` asks for. No
/// config has it.
struct RecordCheck: ProbingCheck {
  var options = ProbingOptions()
  var format = PredictionFormat.csv
  /// Takes the bytes of the file, and says what is wrong when it cannot.
  var write: @Sendable ([UInt8]) -> String? = { _ in nil }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "recorded",
    summary: "The endpoint's predictions about the rows were written to a file, usable ones only.",
    why:
      "Golden rows come from an endpoint that is trusted; null, NaN and infinity are no predictions to come back to.",
    example: "cupel endpoint record delay-api --rows data/golden.csv -o golden.jsonl",
    fix: "See what the finding says of the reply, or record other rows.")

  static var shape: Shape<RecordCheck> { Shape<RecordCheck>.object(RecordCheck(), ProbingOptions.keys(\.options)) }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    do throws(Complaint) {
      let rows = try await inquiry.rows(options, atMost: RowsDeclaration.wholeLimit)
      let predictions = try await inquiry.predict(rows.features, options).predictions
      if let issue = predictions.allIssues.first {
        throw Complaint(.unusable("\(issue.place) \(issue.text), which is nothing to come back to"), in: inquiry.last)
      }
      let table = try OutputTable(predictions)
      if let name = table.names.first(where: { rows.columns[$0] != nil }) {
        throw Complaint(
          .noRows("the rows have a column \(name) already, and so has the reply: leave it out", .nothingToEvaluate))
      }
      if let problem = write(format.bytes(rows.columns, table)) {
        return [Judgement(.errored, problem, reason: .io)]
      }
      let count = rows.words(Quantity(Double(table.count), .rows))
      return [Judgement(.passed, "\(count) with the predictions of \(table.names.joined(separator: ", "))")]
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }
}
