package import Language
package import Planning
internal import Scan
package import Verdict

/// `anomaly: rows`: numbers of the table are near those of earlier runs. What `cupel explain` says of it stands with the
/// check on columns.
package struct TableAnomalyCheck: TableRule {
  /// A number of a table that can be watched from run to run.
  package enum Number: String, Sendable, CaseIterable {
    case rows
    case columns
  }

  package var number: Located<Number>?
  package var detector = AnomalyDetector()

  package init() {}

  package static var documentation: CheckDocumentation { AnomalyCheck.documentation }
  package static let isList = true
  package static let standsAlone = true
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { AnomalyCheck.needsAllRows }

  package static var keys: [Key<TableAnomalyCheck>] {
    let number = Shape<Number>.choice.located
    return [.optional("of", \.number, number, "The number of the table.")] + AnomalyDetector.keys(\.detector)
  }

  package static var short: Shape<TableAnomalyCheck>? {
    Shape<Number>.choice.located.map { number in
      var check = TableAnomalyCheck()
      check.number = number
      return check
    }
  }

  package static func validate(_ rule: TableAnomalyCheck, _ node: Node, _ problems: inout Problems) {
    rule.detector.validate(node, &problems)
    if rule.number == nil { problems.report("\"of\" is missing: rows or columns", at: node.location) }
    if rule.number?.value == .columns, let groups = node[key: "group_by"] {
      problems.report("the columns are those of the whole table, and of no group", at: groups.keyLocation)
    }
  }

  package var name: String? { "\(Self.kind)_\((number?.value ?? .rows).rawValue)" }

  func watch(where condition: String?, by groups: [String]) -> Watch {
    let series = SeriesName((number?.value ?? .rows).rawValue, where: condition, by: groups)
    return Watch(detector: detector, unit: .none, series: series)
  }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    if !rules.keepsHistory { problems.report(AnomalyCheck.noHistory(at: number?.location)) }
    return rules.keepsHistory
  }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let number = number?.value ?? .rows
    var claim = AnomalyClaim(
      planned: table.planned, detector: detector, name: "number of \(number.rawValue)",
      series: watch(where: table.condition, by: table.groups).series, isCount: true, least: 0,
      history: table.history, time: table.now / Instant.perSecond)
    let slot = plan.require(RowCount.Specification())
    let columns = table.fields.count
    if number == .rows { claim.unit = .rows }
    return { [claim] measurements in
      let rows = measurements[slot].rows
      return claim.judge(Double(number == .rows ? rows : columns), of: measurements.group, count: rows)
    }
  }
}
