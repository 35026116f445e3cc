package import Language
package import Planning
internal import Scan
package import Verdict

/// `sequential: true`: each value is the next after the one before it.
package struct SequentialCheck: ColumnCheck {
  /// How far two values that follow each other are apart; nil when the key says `false`.
  package var step: Quantity? = Quantity(1)

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "sequential",
    summary:
      "In the order of the rows each present value is the one before it and a step more: 1, or {step: 5}, {step: -1}; a day for dates, and for times of day and timestamps a duration such as {step: 1h}. The type must be declared: integer, date, time or timestamp. Rows without a value are passed over; with group_by each group has a sequence of its own.",
    why: "A gap in a sequence is a row that was lost, a repetition one that came twice.",
    example:
      "columns:\n  id: {type: integer, sequential: true}\n  time_hour:\n    type: timestamp\n    checks:\n      - {sequential: {step: 1h}, group_by: origin}",
    fix: "Look at the listed rows, each with the value before it, for lost and repeated deliveries.")

  package static var shape: Shape<SequentialCheck> {
    let whole = Shape<Int>.integer(in: -1_000_000_000_000...1_000_000_000_000).map { Quantity(Double($0)) }
    let duration = Shape<Quantity>.duration
    let step = whole.when(\.isNumber, otherwise: duration)
      .map { step, node, problems -> Quantity? in
        if step.value != 0 { return step }
        problems.report("a step of 0 leads nowhere", at: node.location, help: ["equals says that all values are one"])
        return nil
      }
    let long = Shape<SequentialCheck>.object(
      SequentialCheck(), [.key("step", \.step, step.optional, "From one value to the next: 1, -5, 1h.", required: true)]
    )
    let short = Shape<Bool>.bool.map { SequentialCheck(step: $0 ? Quantity(1) : nil) }
    return short.when({ !$0.isMapping }, otherwise: long)
  }

  package var isClaim: Bool { step != nil }
  package var needsAllRows: String? { "which values follow each other" }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    if let problem = SuccessionClaim.problem(Self.kind, on: column) { return problem }
    if let problem = column.problem(unless: [.integer, .date, .time, .timestamp], have: "sequence") { return problem }
    guard let step, let type = column.type, Self.units(step, type.value) == nil else { return nil }
    let advice =
      type.value == .timestamp || type.value == .time ? "a duration such as 1h" : "a whole number, of days for dates"
    return Diagnostic(
      "\(step) is no step from one \(type.value.rawValue) to the next", at: column.planned.location,
      help: ["write \(advice)"])
  }

  /// The step in what values of the type are counted in; nil when it is none of them.
  private static func units(_ step: Quantity, _ type: ValueType) -> Int64? {
    switch (type, step.unit) {
    case (.integer, .none), (.date, .none): Int64(exactly: step.value)
    case (.date, .seconds): Int64(exactly: step.value / 86400)
    case (.time, .seconds): Int64(exactly: (step.value * 1_000_000_000).rounded())
    case (.timestamp, .seconds): Int64(exactly: (step.value * 1_000_000).rounded())
    default: nil
    }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let step = step ?? Quantity(1)
    let units = Self.units(step, column.type?.value ?? .integer) ?? 1
    return SuccessionClaim(
      relation: .step(units), limit: "the value before and \(step) more",
      violation: "are not the value before and \(step) more"
    ).prepare(column, &plan)
  }
}
