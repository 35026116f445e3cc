package import Language
package import Planning
internal import Scan
package import Verdict

/// `aggregate_match: [{dataset: raw, column: fare, aggregate: sum}]`: an aggregate of a column is that of another
/// dataset.
package struct AggregateMatchCheck: TableRule {
  package var dataset = Located<String>.unwritten
  package var column = ""
  /// The column of the other dataset, when it has another name.
  package var to: String?
  package var aggregate = Kind.sum
  package var tolerance: Distance?

  package enum Kind: String, Sendable, CaseIterable { case sum, min, max, mean, count, distinct }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "aggregate_match",
    summary:
      "An aggregate of a column is that of a column of another dataset of the config: sum, min, max or mean of its numbers, count of its values, distinct ones of them. tolerance is how far they may lie apart; without it they are equal. Integers are taken exactly; sums of other numbers, and means, are equal up to their rounding (1e-12 of them). A value that is no number leaves no such aggregate. Distinct values are counted exactly, told apart as in unique. With group_by every group has the same aggregate in both, and is in both; where is about this table alone.",
    why:
      "Totals that agree from one step of a pipeline to the next show that nothing was lost, and nothing counted twice.",
    example:
      "aggregate_match:\n  - {dataset: raw_flights, column: distance, aggregate: sum, tolerance: 0.1% relative}\n  - {dataset: planes, column: tail, to: tailnum, aggregate: distinct}",
    fix: "Compare group by group (group_by), to find where the two part: rows_match and same_rows_as go further.")

  package static let isList = true
  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { "what all of them add up to" }
  package static let peerSettings: CheckSettings.Kinds = .groups

  package static var keys: [Key<AggregateMatchCheck>] {
    [
      PeerReference.key(\.dataset),
      .key("column", \.column, .string, "The column.", required: true),
      .optional("to", \.to, .string, "The column of that dataset, when it has another name."),
      .key("aggregate", \.aggregate, .choice, "sum, min, max, mean, count or distinct.", required: true),
      .optional("tolerance", \.tolerance, .distance, "How far they may lie apart: 0.01 absolute, 0.1% relative."),
    ]
  }

  package var columns: [String] { [column] }
  package var name: String? { "\(aggregate.rawValue) \(column)" }
  package var peers: [PeerReference] { [PeerReference(dataset, columns: [target])] }
  private var target: String { to ?? column }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let type = table.rules.types[column] ?? table.peers[dataset].dataset.rules.types[target]
    let here = required(of: column, as: type, nil, &plan)
    let there = required(of: target, as: type, dataset.value, &plan)
    let groups = plan.isGrouped ? groups(&plan) : nil
    let isHidden = table.rules.sensitive.contains(column) || table.peers[dataset].hides([target])
    return { measurements in
      do throws(ScanError) {
        if let owner = try groups?(measurements) {
          return table.planned.finding(.failed, "only \(owner) has such rows")
        }
        var (mine, theirs) = (try here(measurements), try there(measurements))
        // A type check of its own reports such values of this table; that of the other may not be selected.
        if table.areTyped([column]) { mine.malformed = 0 }
        return judge(mine, theirs, isHidden, table.planned)
      } catch {
        return table.planned.unanswered(by: dataset.value, error)
      }
    }
  }

  /// What a column of one of the tables has.
  private struct Observed {
    /// Of all rows, those without a value among them.
    var rows: Int
    var nulls: Int
    /// How many values the aggregate is made of.
    var values: Int
    /// How many values are no numbers, which an aggregate of numbers is not made of.
    var malformed = 0
    /// Nil where it is undefined, though there are values.
    var aggregate: Double?
    /// The aggregate in full, where all values are integers or things are counted.
    var integer: Int128?

    var counts: Evidence.Counts { .init(rows: rows, nulls: nulls, evaluated: values, violating: nil) }

    var text: String? { integer.map { "\($0)" } ?? aggregate.map { Quantity.text($0) } }
  }

  private typealias Observation = @Sendable (Measurements) throws(ScanError) -> Observed

  /// - Parameter type: as which the texts of distinct values are compared.
  private func required(
    of column: String, as type: ValueType?, _ peer: String?, _ plan: inout Plan
  ) -> Observation {
    switch aggregate {
    case .sum, .min, .max, .mean:
      let moments = Self.require(ColumnMoments.Specification(column), of: peer, &plan)
      let sum = Self.require(IntegerSum.Specification(column), of: peer, &plan)
      let extremes = Self.require(Extremes.Specification(ColumnReading(column, as: .integer)), of: peer, &plan)
      return { measurements throws(ScanError) in
        var observed = observed(try moments(measurements))
        let (sum, range) = (try sum(measurements), try extremes(measurements).integers)
        // Where every number is an integer, a double may have fewer digits.
        guard sum.counts.evaluated == observed.values else { return observed }
        switch aggregate {
        case .sum: observed.integer = sum.sum
        case .min: observed.integer = range.map { Int128($0.lowerBound) }
        case .max: observed.integer = range.map { Int128($0.upperBound) }
        default: break
        }
        return observed
      }
    case .count:
      let presence = Self.require(Violations.Specification(PresenceTest(column)), of: peer, &plan)
      return { measurements throws(ScanError) in
        let summary = try presence(measurements).summary
        let present = summary.evaluated - summary.violating
        return Observed(
          rows: summary.rows, nulls: summary.violating, values: present, aggregate: Double(present),
          integer: Int128(present))
      }
    case .distinct:
      let types = type.map { [column: $0] } ?? [:]
      let keys = Self.require(DuplicateKeys.Specification([column], as: types), of: peer, &plan)
      return { measurements throws(ScanError) in
        let summary = try keys(measurements).summary
        // Every row that does not repeat an earlier one brings a new value.
        let distinct = summary.evaluated - summary.violating
        return Observed(
          rows: summary.rows, nulls: summary.nulls, values: summary.evaluated, aggregate: Double(distinct),
          integer: Int128(distinct))
      }
    }
  }

  /// Which of the two tables alone has rows of a group; nil when both do.
  private func groups(_ plan: inout Plan) -> @Sendable (Measurements) throws(ScanError) -> String? {
    let here = Self.require(RowCount.Specification(), of: nil, &plan)
    let there = Self.require(RowCount.Specification(), of: dataset.value, &plan)
    return { measurements throws(ScanError) in
      if try here(measurements).rows == 0 { return dataset.value }
      return try there(measurements).rows == 0 ? "this table" : nil
    }
  }

  private static func require<Specification: AggregateSpecification>(
    _ specification: Specification, of peer: String?, _ plan: inout Plan
  ) -> @Sendable (Measurements) throws(ScanError) -> Specification.Result {
    if let peer {
      let slot = plan.require(specification, of: peer, .ofGroup)
      return { measurements throws(ScanError) in try measurements[slot].get() }
    }
    // Rows that repeat a value, or have none, violate nothing here.
    let slot = plan.require(specification, judgesRows: false)
    return { $0[slot] }
  }

  private func observed(_ column: ColumnMoments) -> Observed {
    let moments = column.moments
    // A NaN or an infinity leaves no sum, and a NaN no order.
    let isUndefined = moments.nanCount + column.infinityCount > 0
    let value: Double? =
      switch aggregate {
      case .sum: moments.sum
      case .mean: moments.mean
      case .min: moments.minimum
      default: moments.maximum
      }
    let counts = column.counts
    return Observed(
      rows: counts.rows, nulls: counts.nulls, values: counts.evaluated, malformed: counts.malformed,
      aggregate: isUndefined ? nil : value)
  }

  private func judge(_ here: Observed, _ there: Observed, _ isHidden: Bool, _ planned: PlannedCheck) -> Finding {
    for (side, name) in [(here, "\"\(column)\""), (there, "\"\(target)\" of \(dataset.value)")] where side.malformed > 0
    {
      let values =
        side.malformed == 1 ? "one value is no number" : "\(Quantity.grouped(side.malformed)) values are no numbers"
      return planned.finding(
        .errored, "in \(name) \(values): there is no \(aggregate.rawValue)", reason: .undefined)
    }
    guard there.values > 0 else {
      return planned.unanswered(byEmpty: dataset.value, "has no value of \(target) to aggregate")
    }
    guard here.values > 0 else {
      return planned.finding(
        .errored, "the column \"\(column)\" has no value to aggregate", reason: .nothingToEvaluate)
    }
    guard let value = here.aggregate, let other = there.aggregate else {
      let name = here.aggregate == nil ? "\"\(column)\"" : "\"\(target)\" of \(dataset.value)"
      return planned.finding(
        .errored, "NaN or infinity in \(name) leaves the \(aggregate.rawValue) undefined", reason: .undefined)
    }
    if case .relative? = tolerance, other == 0, value != 0 {
      return planned.finding(
        .errored, "the \(aggregate.rawValue) in \(dataset.value) is 0, and nothing is relative to that",
        reason: .undefined)
    }
    let holds: Bool
    if let value = here.integer, let other = there.integer {
      holds = ValueComparison.Tolerance(tolerance ?? .absolute(0)).holds(value, other)
    } else {
      let isRounded = aggregate == .sum || aggregate == .mean
      holds = ValueComparison.Tolerance(tolerance ?? (isRounded ? .relative(1e-12) : .absolute(0))).holds(value, other)
    }
    let apart = tolerance.map { holds ? ", within \($0)" : ", more than \($0) apart" } ?? ""
    guard !isHidden else {
      let words = "the \(aggregate.rawValue) of a hidden column is \(holds ? "" : "not ")that of \(dataset.value)"
      return planned.finding(holds ? .passed : .failed, words + apart, evidence: Evidence(counts: here.counts))
    }
    let limit = there.integer.map { "\($0)" } ?? Quantity.brief(other)
    let evidence = Evidence(
      observed: Quantity(value), baseline: Quantity(other),
      limit: .text("\(limit)\(tolerance.map { " within \($0)" } ?? "")"), counts: here.counts)
    let words = "the \(aggregate.rawValue) is \(here.text ?? ""), in \(dataset.value) \(there.text ?? "")"
    return planned.finding(holds ? .passed : .failed, words + apart, evidence: evidence)
  }
}
