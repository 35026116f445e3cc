package import Language
package import Planning
internal import Scan
package import Verdict

/// `outlier_rows: {columns: all, distance: 6, allow: 0.5%}`: no row lies far from all others.
package struct OutlierRowsCheck: TableRule {
  /// Nil for all that hold numbers.
  package var named: [String]?
  package var ignored: [String] = []
  package var distance = 6.0

  private enum AllColumns: String, CaseIterable { case all }

  /// Of a normal distribution the quartiles lie so many standard deviations apart.
  private static let quartiles = 1.349

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "outlier_rows",
    summary:
      "No row lies farther from the middle than distance (6 when left out): the root of the mean over the columns of ((value - median) / scale)², where the scale is the interquartile range over 1.349, the standard deviation of a normal column. It assumes that the columns are roughly symmetric and takes each by itself: a row is an outlier by far values, not by values that are odd together. All columns of numbers are looked at, those of a list, or all but those that ignore names; a column whose quartiles are equal has no scale and is left out. Median and scale come from a first pass, and of many rows from a sketch.",
    why:
      "A few broken records, in the wrong unit or shifted by a column, pull means and fits, and no single limit is broken.",
    example: "outlier_rows: {columns: [distance, air_time], distance: 5, allow: 0.5%}",
    fix: "Look at the listed rows: take logarithms of long-tailed columns first, mend units, or drop what is broken.")

  package static let settings: CheckSettings.Kinds = [.tolerance, .condition]
  package static let refused = ["group_by": "\"outlier_rows\" compares with all rows; where picks some of them"]

  package static var keys: [Key<OutlierRowsCheck>] {
    let all = Shape<AllColumns>.choice.map { _ in [String]?.none }
    let list = Shape<[String]>.columns().map { names -> [String]? in names }
    let distance = Shape<Double>.number.map { distance, node, problems -> Double? in
      if distance > 0 { return distance }
      problems.report("a distance is above 0", at: node.location)
      return nil
    }
    return [
      .key(
        "columns", \.named, all.when({ !$0.isSequence }, otherwise: list), "The columns of numbers: all, or a list."),
      .key("ignore", \.ignored, .columns(), "Columns that are not looked at, such as an identifier."),
      .key("distance", \.distance, distance, "How far from the middle a row may lie, in standard deviations: 6."),
    ]
  }

  package static func validate(_ rule: OutlierRowsCheck, _ node: Node, _ problems: inout Problems) {
    guard rule.named != nil, !rule.ignored.isEmpty else { return }
    problems.report("columns says which they are, and so there is nothing to ignore", at: node.location)
  }

  package var columns: [String] { named ?? [] }

  package var readsAllColumns: Bool { named == nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = named ?? numbers(in: table)
    guard !names.isEmpty else {
      let finding = table.planned.finding(
        .errored, "the table has no column of numbers", reason: .nothingToEvaluate)
      return { _ in finding }
    }
    let sketches = names.map { (name: $0, slot: plan.require(QuantileSketch.Specification($0))) }
    let (distance, isNamed) = (distance, named != nil)
    let test = { @Sendable (measurements: Measurements) -> OutlierTest? in
      let scales = sketches.compactMap { Self.scale($0.name, measurements[$0.slot], isNamed: isNamed) }
      return scales.isEmpty ? nil : OutlierTest(scales, limit: distance)
    }
    let slot = plan.require { parts in parts.first.flatMap(test).map { Violations.Specification($0) } }
    plan.judgeRows { test($0) }
    let claim = table.rowClaim(
      of: names, limit: .text("within \(Quantity.text(distance)) of the middle"),
      violation: "lie farther than \(Quantity.text(distance)) from the middle")
    return { measurements in
      let found: [(name: String, sketch: QuantileSketch)] = sketches.map { ($0.name, measurements[$0.slot]) }
      if isNamed,
        let (name, sketch) = found.first(where: { $0.sketch.counts.malformed > 0 && !table.areTyped([$0.name]) })
      {
        let count = Quantity.grouped(sketch.counts.malformed)
        return table.planned.finding(
          .errored, "in \"\(name)\" \(count) values are no numbers: there is no distance", reason: .undefined)
      }
      let scales = test(measurements)?.columns ?? []
      let left = names.filter { name in !scales.contains { $0.name == name } }
      guard let summary = measurements[slot]?.summary else {
        return unanswered(found, isOpen: !scales.isEmpty, table.planned)
      }
      var claim = claim
      claim.names = scales.map(\.name)
      var finding = claim.judge(summary)
      if !left.isEmpty {
        finding.evidence.notes.append("columns without a scale, left out: \(TableContext.words(left))")
      }
      return finding
    }
  }

  /// The finding where no second pass was made.
  private func unanswered(
    _ found: [(name: String, sketch: QuantileSketch)], isOpen: Bool, _ planned: PlannedCheck
  ) -> Finding {
    if isOpen {
      return planned.finding(
        .errored, "the data can be read only once, and the rows are judged in a second pass", reason: .limit,
        evidence: Evidence(notes: ["save it to a file first"]))
    }
    if found.allSatisfy({ $0.sketch.counts.rows == 0 }) {
      return planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
    }
    if found.allSatisfy({ $0.sketch.counts.evaluated == 0 }) {
      return planned.finding(.errored, "none of the columns has a number", reason: .nothingToEvaluate)
    }
    return planned.finding(
      .errored, "half of the values of every column are the same: there is no scale", reason: .undefined)
  }

  /// Those that hold nothing else, as far as rules and file say; of others the values decide.
  private func numbers(in table: TableContext) -> [String] {
    table.columns.filter { !ignored.contains($0) && table.reading(ofFeature: $0).type == .number }
  }

  /// Where the middle of a column is, and how far its values lie from it; nil for one that is no column of numbers, or
  /// has no scale.
  private static func scale(_ name: String, _ found: QuantileSketch, isNamed: Bool) -> OutlierTest.Column? {
    guard isNamed || found.counts.malformed == 0, let center = found.estimate(at: 0.5),
      let low = found.estimate(at: 0.25), let high = found.estimate(at: 0.75)
    else { return nil }
    let scale = (high - low) / quartiles
    return scale > 0 && scale.isFinite && center.isFinite ? OutlierTest.Column(name, center: center, scale: scale) : nil
  }
}
