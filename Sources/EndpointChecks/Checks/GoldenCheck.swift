internal import JSON
internal import Language
internal import Verdict

/// The endpoint predicts what it is expected to predict for the rows of a file.
struct GoldenCheck: ProbingCheck {
  var options = ProbingOptions()
  let isRetried = true
  var expectation = ExpectedColumns()
  var tolerances = OutputTolerances()
  var allow: Located<Quantity>?
  var threshold: Double?
  /// A column that names rows in the evidence.
  var key: Located<String>?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "golden",
    summary:
      "For the rows of a file the endpoint predicts what the file says: numbers within the tolerance of their output, "
      + "labels and, where no tolerance is written, whole numbers exactly. allow: 0.1% lets some rows differ. All rows are asked about; with rows: {limit: …} "
      + "the finding says that there are more.",
    why:
      "Nothing else shows that what is served is what was validated. Another model, another order of columns, another "
      + "encoding of a category, a lost preprocessing step: all answer 200 with numbers that look right.",
    example: "- golden:\n    rows: data/golden.parquet\n    expect: {probability: prediction}\n"
      + "    tolerance: {absolute: 1e-6}\n    key: flight_id",
    fix:
      "Send the worst row of the finding by the curl line and compare it with the offline model. Differences in the last "
      + "digits need a tolerance, few large ones point to a feature, many to another model. After an intended change "
      + "record the rows anew: cupel endpoint record.")

  static var shape: Shape<GoldenCheck> {
    Shape<GoldenCheck>.object(
      GoldenCheck(),
      [
        .key(
          "expect", \.expectation, ExpectedColumns.shape,
          "The column of expected predictions, or one for each output: {probability: prediction}.", required: true),
        .key(
          "tolerance", \.tolerances, OutputTolerances.shape, "How far numbers may be off, for all outputs or for each."),
        .optional("allow", \.allow, Shape<Quantity>.tolerance.located, "How many rows may differ: 0.1%, 3 rows; none."),
        .optional(
          "threshold", \.threshold, .number,
          "The score from which on a row is of the class; 0.5 for scores between 0 and 1."),
        .optional("key", \.key, Shape<String>.name.located, "A column that names rows in the evidence."),
      ] + ProbingOptions.keys(\.options), check: validate)
  }

  private static func validate(_ golden: GoldenCheck, _ node: Node, _ problems: inout Problems) {
    golden.expectation.validate(golden.tolerances, &problems)
    problems.reportLimitOfAll(golden.allow)
  }

  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? { .varying(preset) }

  var otherColumns: [String] { expectation.columns + [key?.value].compactMap { $0 } }

  func faults(of claim: String) -> [ReplyFault] { [.moved, .allMoved] }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    do throws(Complaint) {
      let rows = try await inquiry.rows(
        options, atMost: RowsDeclaration.wholeLimit, leavingOut: otherColumns)
      let answer = try await inquiry.predict(rows.features, options)
      let found = try OutputTable(answer.predictions)
      let expected = try expectation.table(of: rows.columns, beside: found)
      try tolerances.validate(comparing: expected.names, of: found)
      let differences = OutputDifferences(
        found, expected: expected, tolerances, threshold: threshold)
      try AllowedRows(allow).refuseAll(of: differences.compared)
      let keys = try keys(of: rows.columns)
      var judgement = judge(differences, rows) { row in
        "row \(row + 1)" + (keys.map { " \($0.name) = \(OutputDifferences.text([$0.values[row]]))" } ?? "")
      }
      if let worst = differences.worst.first {
        let shown = await inquiry.showing(
          worst.row, of: rows.features, in: answer, as: inquiry.encoding(options),
          expected: expected, tolerances)
        judgement.decisive = shown.transcript
        judgement.evidence.notes += [shown.remark].compactMap { $0 }
      }
      return [judgement]
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }

  /// The column that names rows; nil where none is named.
  private func keys(of rows: FeatureRows) throws(Complaint) -> FeatureRows.Column? {
    guard let key else { return nil }
    if let column = rows[key.value] { return column }
    let advice = nearest(key.value, among: rows.names).map { "; did you mean \($0)?" } ?? ""
    throw Complaint(
      .noRows("the rows have no column \(key.value), which key: names\(advice)", .nothingToEvaluate), at: key.location)
  }

  private func judge(
    _ differences: OutputDifferences, _ asked: Inquiry.AskedRows, _ name: (Int) -> String
  ) -> Judgement {
    let evidence = Evidence(
      observed: Quantity(Double(differences.differing.count), .rows),
      limit: .atMost(AllowedRows(allow).quantity), counts: differences.counts,
      samples: differences.samples(name), notes: ["compared \(tolerances)"] + differences.notes + asked.remarks)
    guard !differences.isVacuous else {
      let what = differences.compared == 0 ? "no row has an expected prediction" : "nothing but NaN is expected"
      return Judgement(
        .errored, "\(what), so nothing was compared", reason: .nothingToEvaluate,
        evidence: evidence)
    }
    let rows = asked.words(Quantity(Double(differences.compared), .rows))
    guard let worst = differences.worst.first else {
      let verb = differences.compared == 1 && !asked.isBeginning ? "is" : "are"
      return Judgement(.passed, "\(rows) \(verb) predicted as expected", evidence: evidence)
    }
    let count = Quantity.grouped(differences.differing.count)
    let flips = differences.flips.isEmpty ? "" : ", \(Quantity.grouped(differences.flips.count)) with another class"
    return Judgement(
      differences.isWithin(AllowedRows(allow)) ? .passed : .failed,
      "\(count) of \(rows) \(differences.differing.count == 1 ? "differs" : "differ") from what is expected\(flips); the worst: "
        + "\(name(worst.row)) \(worst.output) is \(worst.found), expected \(worst.expected)",
      evidence: evidence, location: allow?.location ?? expectation.location)
  }
}
