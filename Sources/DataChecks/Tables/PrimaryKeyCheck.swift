package import Language
package import Planning
internal import Scan
package import Verdict

/// `primary_key: id`: every row has a key, and no key comes twice.
package struct PrimaryKeyCheck: TableRule {
  package var columns: [String] = []

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "primary_key",
    summary:
      "Every row has a value in all of the columns, and no combination of them comes twice: required and unique in one finding. Exact. By value where the rules declare the type (1, 1.0 and 01 are one number), else by the text.",
    why: "A row without a key is lost in every join, and a repeated key multiplies rows.",
    example: "primary_key: [carrier, flight, time_hour]",
    fix: "Look at the listed rows: lines that lack a part of the key, and pairs of lines with the same key.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]

  package static var keys: [Key<PrimaryKeyCheck>] {
    [.key("columns", \.columns, .oneOrMoreColumns, "The column or columns that make the key.", required: true)]
  }

  package static var short: Shape<PrimaryKeyCheck>? {
    Shape<[String]>.oneOrMoreColumns.map { columns in
      var rule = PrimaryKeyCheck()
      rule.columns = columns
      return rule
    }
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let keys = plan.require(DuplicateKeys.Specification(columns, as: table.keyTypes(columns)))
    let values = columns.map { plan.require(Violations.Specification(PresenceTest($0))) }
    return { measurements in judge(table, measurements[keys].summary, values.map { measurements[$0].summary }) }
  }

  private func judge(_ table: TableContext, _ keys: ViolationSummary, _ values: [ViolationSummary]) -> Finding {
    let claim = table.rowClaim(of: columns, limit: .text("a key of its own in every row"), violation: "")
    var evidence = claim.evidence(keys)
    guard keys.rows > 0 else { return claim.nothingEvaluated(keys, evidence) }
    let violating = keys.nulls + keys.violating
    evidence.counts = Evidence.Counts(rows: keys.rows, nulls: keys.nulls, evaluated: keys.rows, violating: violating)
    evidence.observed = evidence.counts?.violatingShare.map { Quantity($0, .share) }
    guard violating > 0 else {
      return table.planned.finding(
        .passed, "\(Quantity(Double(keys.rows), .rows)), each with a key of its own", evidence: evidence)
    }
    let places = SampleRows(files: table.files, isSensitive: false)
    let lacking = zip(columns, values).flatMap { column, summary in
      summary.first.map { (row: $0.place, sample: places.sample($0.place, "\(column) has no value")) }
    }.sorted { $0.row < $1.row }
    evidence.samples = Array((lacking.map(\.sample) + evidence.samples).prefix(ViolationSummary.sampleLimit))
    let share = Quantity.brief(Double(violating) / Double(keys.rows) * 100, digits: 3)
    let facts =
      (keys.nulls > 0 ? ["\(keys.nulls) of \(keys.rows) rows lack a part of the key"] : [])
      + (keys.violating > 0 ? ["\(keys.violating) of \(keys.rows) rows repeat the key of an earlier row"] : [])
    return table.planned.finding(.failed, facts.joined(separator: " and ") + " (\(share)%)", evidence: evidence)
  }
}
