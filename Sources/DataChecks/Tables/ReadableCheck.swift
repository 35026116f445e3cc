package import Planning
internal import Scan
package import Verdict

/// Always there: the file can be read to its end, and every record of it is a row of the table.
package struct ReadableCheck: TableCheck {
  /// Whether another check judges the number of rows; when none does, a table without rows has nothing to evaluate.
  package var acceptsNoRows: Bool

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "readable",
    summary:
      "Always there. The file can be read to its end, it has rows, every record has as many fields as the header, no line of JSON Lines has two values for one key, all text is what its encoding promises, all files of the dataset have the same columns with the same types, and a column that a folder named key=value makes too has that value in every row of its files.",
    why: "A ragged record shifts values into the wrong columns; most loaders drop or pad it without a word.",
    example: "data:\n  flights: {source: flights.csv, delimiter: \",\"}",
    fix:
      "Open the file at the listed lines: an unquoted delimiter, a stray quote, or another encoding (encoding: latin1)."
  )

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let rows = plan.require(RowCount.Specification())
    let defects = plan.require(DefectCount.Specification())
    let late = plan.require(LateColumns.Specification())
    return { judge(table, rows: $0[rows].rows, $0[defects], $0[late]) }
  }

  private func judge(_ table: TableContext, rows: Int, _ defects: DefectCount, _ late: LateColumns) -> Finding {
    let counts = Evidence.Counts(
      rows: rows, nulls: 0, evaluated: rows + defects.count, violating: defects.count)
    var evidence = Evidence(
      limit: .text("every record is a row"), counts: counts, notes: late.notes(in: table.files))
    if let repeated = RepeatedName(in: table.columns) {
      let what = repeated.isSame ? "comes more than once" : "comes in two Unicode normalizations"
      let isText = table.fields.first?.type.isDeclared == false
      let words = repeated.words(of: isText ? "the header" : "the schema")
      evidence.limit = .text("every column has a name of its own")
      evidence.samples = [
        Evidence.Sample(file: table.files.first, line: isText ? 1 : nil, value: "\(repeated.name) \(what)")
      ]
      return table.planned.finding(.failed, words, evidence: evidence)
    }
    guard rows > 0 || defects.areSome || acceptsNoRows else {
      return table.planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate, evidence: evidence)
    }
    guard defects.areSome else {
      let width = "\(table.columns.count) \(table.columns.count == 1 ? "column" : "columns")"
      return table.planned.finding(.passed, "read \(Quantity(Double(rows), .rows)) of \(width)", evidence: evidence)
    }
    evidence.samples = defects.first.map {
      SampleRows(files: table.files, isSensitive: false).sample($0.place, $0.what)
    }
    var faults: [String] = []
    if defects.differences > 0 {
      faults.append("the files of the dataset differ in their columns")
      evidence.notes.append("what a file lacks is missing in its rows for all other checks")
    }
    if defects.contradictions > 0 {
      faults.append("the folders of the dataset say something else than its files")
      evidence.notes.append("all other checks read the value of the file, and other readers that of the folder")
    }
    if defects.count > 0 {
      let records = defects.count == 1 ? "record is no row" : "records are no rows"
      faults.append("\(Quantity.grouped(defects.count)) \(records) of the table")
      evidence.notes.append("these records are left out of all other checks")
    }
    return table.planned.finding(.failed, faults.joined(separator: "; "), evidence: evidence)
  }
}
