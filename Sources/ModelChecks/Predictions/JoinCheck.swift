internal import Scan
package import Verdict

/// The rows of both files are the same rows: checked wherever a candidate and a baseline have files of predictions.
package enum JoinCheck {
  package static let documentation = CheckDocumentation(
    suite: .models, kind: "join",
    summary:
      "The candidate's and the baseline's predictions are of the same rows: every id occurs once in both files, with the same label, weight, group and slices. Checked for every model whose sides have files of their own.",
    why:
      "A comparison of models on different rows compares the rows. An inner join would hide what one of the models left out, and those rows are the hard ones.",
    example:
      "models:\n  delay:\n    task: binary\n    label: late\n    score: probability\n    id: flight_id\n    candidate: {predictions: candidate.parquet}\n    baseline: {predictions: champion.parquet}\n    gates: [{metric: roc_auc, max_regression: 0.005 absolute}]",
    fix:
      "Let both models predict the same evaluation set. Ids that repeat need another column in id: to tell them apart. A label that differs means that one file is older than the labels."
  )

  static func finding(_ planned: PlannedCheck, _ join: RowJoin, names: (String, String)) -> Finding {
    let (candidate, baseline) = (join.candidateRows, join.baselineRows)
    let isCounted = join.faults.isEmpty || join.badRows > 0
    var evidence = Evidence(
      counts: .init(rows: candidate, nulls: 0, evaluated: candidate, violating: isCounted ? join.badRows : nil))
    evidence.notes = [
      "\(Quantity(Double(candidate), .rows)) in \(names.0), \(Quantity(Double(baseline), .rows)) in \(names.1)"
    ]
    let shown = join.isEmpty ? 3 : Int.max
    evidence.samples = join.faults.flatMap { fault in
      fault.rows.prefix(shown).map { Evidence.Sample(key: $0, value: fault.what) }
    }
    if join.isEmpty {
      return planned.finding(
        .errored, "no row of \(names.0) is one of \(names.1)", reason: .nothingToEvaluate, evidence: evidence)
    }
    guard !join.faults.isEmpty else {
      return planned.finding(
        .passed, "\(Quantity(Double(candidate), .rows)) of both files belong together", evidence: evidence)
    }
    if join.faults.contains(where: { $0.isOfLabels && $0.count == candidate }) {
      evidence.notes.append(
        "the labels of all rows differ: one file may have them with fewer digits, as of float32, or coded otherwise")
    }
    if join.faults.contains(where: \.isOfColumn) {
      evidence.notes.append(
        "both files must agree on what slices and expressions read; a column of an expression that is each model's own is "
          + "named in its metric: {name: …, expression: …, own: [COLUMN]}")
    }
    let words = join.faults.map { "\(Quantity(Double($0.count), .rows)) \($0.what)" }
    return planned.finding(.failed, words.joined(separator: "; "), evidence: evidence)
  }
}
