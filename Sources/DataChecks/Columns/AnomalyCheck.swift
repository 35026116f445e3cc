package import Language
package import Planning
internal import Scan
package import Verdict

/// `anomaly: [mean, missing]`: numbers of the column are near those of earlier runs.
package struct AnomalyCheck: ColumnCheck {
  package var number: Located<ColumnNumber>?
  /// The share of values that do not exceed the quantile.
  var share: Located<Quantity>?
  package var detector = AnomalyDetector()

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "anomaly",
    summary:
      "A number lies where the accepted runs before this one say that it should: of the table rows or columns; of a column missing (the share), distinct, mean, median, quantile with at, min, max, std or sum. The config names a history; a run that passes enters it, one that fails never does, and the values under test never make their own band. Until there are enough runs the check is skipped and says how many there are. With group_by each group has a series of its own: a new group has no history yet, and one that is gone has 0 rows, which anomaly: {of: rows} judges.",
    why: "A number that nobody knows a limit for has one all the same: its own past.",
    example: """
      anomaly: rows
      columns:
        distance:
          type: integer
          anomaly: [mean, {of: missing, strategy: normal, minimum: 8}]
      """,
    fix:
      "Look at the series: cupel history show IDENTITY. If the new level is right, accept it: cupel accept --because REASON. The series starts anew there, and the check waits for enough new runs.",
    topics: [
      .init(
        name: "robust",
        text:
          "the median and the median absolute deviation: the default; half of the runs may be odd without harm"),
      .init(
        name: "normal", text: "mean and standard deviation, with the t quantile: a little narrower for clean series"),
      .init(
        name: "seasonal",
        text:
          "Holt-Winters smoothing with period: weekly (the default) or daily: a run stands at the weekday or the hour of its time (UTC), a day without one is a gap, and of several on a day the newest counts. It takes as many days as three weeks have; period: 12 counts runs instead"
      ),
      .init(
        name: "quantile", text: "the extremes of the runs themselves: any distribution, 199 runs for confidence: 99%"),
      .init(
        name: "change",
        text: "within: 10% or within: 500 of the run before, or of differences of a higher order; no statistics"),
    ])

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { Self.needsAllRows }
  static let needsAllRows = "how they compare with those of earlier runs"

  package static var shape: Shape<AnomalyCheck> {
    let number = Shape<ColumnNumber>.choice.located
    let share = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value > 0, share.value < 1 { return share }
      problems.report("a quantile stands above 0% and below 100%", at: node.location)
      return nil
    }
    let keys: [Key<AnomalyCheck>] = [
      .optional("of", \.number, number, "The number of the column."),
      .optional("at", \.share, share.located, "With quantile: the share of values that do not exceed it."),
    ]
    let long = Shape<AnomalyCheck>.object(AnomalyCheck(), keys + AnomalyDetector.keys(\.detector)) {
      check, node, problems in
      check.detector.validate(node, &problems)
      if check.number == nil { problems.report("\"of\" is missing: the number to look at", at: node.location) }
      if let share = check.share, check.number?.value != .quantile {
        problems.report("\"at\" is a setting of of: quantile", at: share.location)
      }
      if check.share == nil, let number = check.number, number.value == .quantile {
        problems.report("\"at\" is missing: which quantile, as in at: 99%", at: number.location)
      }
    }
    let short = number.map { number, node, problems -> AnomalyCheck? in
      if number.value == .quantile {
        problems.report("\"at\" is missing: write {of: quantile, at: 99%}", at: node.location)
        return nil
      }
      var check = AnomalyCheck()
      check.number = number
      return check
    }
    return long.when(\.isMapping, otherwise: short).named("anomaly")
  }

  package static var entries: Shape<[Located<AnomalyCheck>]> { shape.located.oneOrMany }

  private var key: String { (number?.value ?? .mean).key(at: place) }
  private var place: Double { share?.value.value ?? 0.5 }

  package var name: String? { "\(Self.kind)_\(key)" }

  func watch(where condition: String?, by groups: [String]) -> Watch {
    let series = SeriesName(key, where: condition, by: groups)
    return Watch(detector: detector, unit: number?.value == .missing ? .share : .none, series: series)
  }

  package func problem(on column: ColumnContext) -> Diagnostic? {
    guard let number else { return nil }
    if !column.keepsHistory { return Self.noHistory(at: number.location) }
    guard number.value.isOfValues else { return nil }
    if column.isSensitive {
      return Diagnostic(
        "a history keeps what it is given, and \"\(column.name)\" is sensitive", at: number.location,
        help: ["of such a column missing and distinct can be watched"])
    }
    return column.problem(unlessNumbersHave: number.value.name(at: place))
  }

  /// What is wrong with comparing with earlier runs where none are kept.
  static func noHistory(at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      "\"\(kind)\" compares with earlier runs, and no config names a history of them", at: location,
      help: ["history: .cupel/history.db at the top level of cupel.yaml keeps one"])
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let number = number?.value ?? .mean
    let measure = number.prepare(column, at: place, &plan)
    var claim = AnomalyClaim(
      planned: column.planned, detector: detector, name: number.name(at: place),
      series: watch(where: column.condition, by: column.groups).series, history: column.history,
      time: column.now / Instant.perSecond)
    switch number {
    case .missing: (claim.unit, claim.least, claim.most) = (.share, 0, 1)
    case .distinct: (claim.isCount, claim.least) = (true, 0)
    case .std: claim.least = 0
    case .mean, .median, .quantile, .min, .max, .sum: break
    }
    return { [claim] measurements in
      switch measure(measurements) {
      case .none(let finding): return finding
      case .value(let value, let found):
        let (nulls, evaluated) =
          number == .missing ? (found.violating, found.rows) : (found.nulls, found.evaluated)
        let counts = Evidence.Counts(rows: found.rows, nulls: nulls, evaluated: evaluated, violating: nil)
        return claim.judge(value, of: measurements.group, count: evaluated, counts)
      }
    }
  }
}
