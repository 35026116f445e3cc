package import Language
package import Planning
internal import Scan
internal import Statistics
package import Verdict

/// `similar_columns: {equal: 99%, correlation: 0.999}`: no column is almost another one.
package struct SimilarColumnsCheck: TableRule {
  package var ignored: [String] = []
  package var equal = Quantity(0.99, .share)
  package var correlation = 0.999

  /// Fewer rows tell nothing of two columns.
  private static let leastRows = 10
  private static let shown = 10
  /// Two flags that are hardly ever set are equal almost everywhere: how much of what chance leaves must agree, too.
  private static let leastKappa = 0.9

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "similar_columns",
    summary:
      "No two columns are almost the same: equal in at least 99% of the rows in which either has a value (equal says otherwise), and not because both hardly vary (Cohen's kappa of 0.9), or numbers that correlate by at least 0.999 in either direction (correlation says otherwise). Equal columns are found as well; duplicate_columns says that of them exactly. Ten rows at least; of many a random sample is compared: 65,536, and fewer where there are more than 128 columns.",
    why:
      "A copy with a few edits, or the same number in another unit, counts twice in a model and splits its importance.",
    example: "similar_columns: {equal: 99%, correlation: 0.999, ignore: [id]}",
    fix: "Drop one of the two, and find out where they part: a join or a default filled one of them.")

  package static let settings: CheckSettings.Kinds = .condition
  package static let refused = ["group_by": "\"similar_columns\" compares whole columns; where picks some of the rows"]

  package static var keys: [Key<SimilarColumnsCheck>] {
    let share = Shape<Quantity>.share.map { share, node, problems -> Quantity? in
      if share.value >= 0.5, share.value <= 1 { return share }
      problems.report("columns that are almost equal are so in 50% to 100% of the rows", at: node.location)
      return nil
    }
    let correlation = Shape<Double>.number.map { value, node, problems -> Double? in
      if value >= 0.5, value <= 1 { return value }
      problems.report("the correlation of columns that are almost the same lies between 0.5 and 1", at: node.location)
      return nil
    }
    return [
      .key("equal", \.equal, share, "In how many rows two columns are equal that are almost the same: 99%."),
      .key("correlation", \.correlation, correlation, "How far numbers correlate that are almost the same: 0.999."),
      .key("ignore", \.ignored, .columns(), "Columns that are not compared."),
    ]
  }

  package var readsAllColumns: Bool { true }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = FeatureColumns(ignored: ignored).names(in: table)
    let limit = LeakClaim.sampleLimit(features: names.count)
    let features = names.map { LabelledSample.Feature.value(table.reading(ofFeature: $0)) }
    let slot = plan.require(LabelledSample.Specification(nil, features, limit: limit))
    return { judge(table.planned, names, $0[slot]) }
  }

  private func judge(_ planned: PlannedCheck, _ names: [String], _ found: LabelledSample) -> Finding {
    let (_, values, _) = found.sample
    let rows = found.counts.rows
    var evidence = Evidence(
      limit: .text("equal in less than \(equal), correlated by less than \(Quantity.text(correlation))"))
    let columns = zip(names, values).filter { $1.contains { $0 != .missing } }.map { ComparedColumn($0, $1) }
    if columns.count < names.count {
      let count = Quantity(Double(names.count - columns.count), .columns)
      evidence.notes.append("left out for want of values: \(count)")
    }
    let compared = values.first?.count ?? 0
    guard columns.count > 1, compared >= Self.leastRows else {
      let words =
        rows == 0
        ? "the table has no rows"
        : columns.count > 1
          ? "\(Quantity(Double(rows), .rows)) do not tell whether columns are almost the same"
          : "the table has no two columns with values"
      return planned.finding(.errored, words, reason: .nothingToEvaluate, evidence: evidence)
    }
    if compared < rows {
      evidence.notes.append(
        "compared in \(Quantity.grouped(compared)) of \(Quantity(Double(rows), .rows)), drawn at random")
    }
    var pairs: [String] = []
    for (index, a) in columns.enumerated() {
      for b in columns[(index + 1)...] {
        if let words = words(of: a, b) { pairs.append("\(a.shown) and \(b.shown) \(words)") }
      }
    }
    evidence.observed = Quantity(Double(pairs.count))
    evidence.notes += pairs.prefix(Self.shown)
    guard let first = pairs.first else {
      return planned.finding(.passed, "no two of \(columns.count) columns are almost the same", evidence: evidence)
    }
    let others = pairs.count > 1 ? ", and \(Quantity.grouped(pairs.count - 1)) more pairs are almost the same" : ""
    return planned.finding(.failed, first + others, evidence: evidence)
  }

  /// What makes two columns almost the same; nil when nothing does.
  private func words(of a: ComparedColumn, _ b: ComparedColumn) -> String? {
    let (agreed, either) = a.agreement(with: b)
    guard either >= Self.leastRows else { return nil }
    let share = Double(agreed) / Double(either)
    if share >= equal.value, agreed == either || a.kappa(with: b) >= Self.leastKappa {
      return "are equal in \(Quantity.brief(share * 100, digits: 4))% of the rows"
    }
    guard let found = a.correlation(with: b, atLeast: Self.leastRows), found.magnitude >= correlation else {
      return nil
    }
    return "correlate by \(Quantity.brief(found, digits: 5))"
  }
}

/// The values of a column, as they are compared with those of others.
private struct ComparedColumn {
  let shown: String
  /// Equal values have equal words.
  private let words: [UInt64]
  /// Empty where not all values are numbers; NaN where there is none.
  private let numbers: [Double]

  private static let missing = UInt64.max

  init(_ name: String, _ values: [LabelledSample.Value]) {
    shown = TableContext.words([name])
    words = values.map { value in
      switch value {
      case .missing: Self.missing
      case .number(let number): number.bitPattern
      case .category(let hash): hash
      }
    }
    let isNumeric = !values.contains { if case .category = $0 { true } else { false } }
    numbers = isNumeric ? values.map { if case .number(let number) = $0 { number } else { .nan } } : []
  }

  /// In how many rows both are equal, of those where either has a value.
  func agreement(with other: ComparedColumn) -> (agreed: Int, either: Int) {
    var (agreed, either) = (0, 0)
    for (a, b) in zip(words, other.words) where a != Self.missing || b != Self.missing {
      either += 1
      if a == b { agreed += 1 }
    }
    return (agreed, either)
  }

  /// How much of what chance leaves agrees: (p - e) / (1 - e), where e is the share of equal rows that two such columns
  /// have when neither tells anything of the other (Cohen, 1960). 0 where chance leaves nothing.
  func kappa(with other: ComparedColumn) -> Double {
    var (mine, theirs): ([UInt64: Int], [UInt64: Int]) = ([:], [:])
    var (agreed, all) = (0, 0)
    for (a, b) in zip(words, other.words) where a != Self.missing || b != Self.missing {
      mine[a, default: 0] += 1
      theirs[b, default: 0] += 1
      all += 1
      if a == b { agreed += 1 }
    }
    let total = Double(all)
    // Products of whole numbers: no order changes their sum.
    let chance = mine.reduce(0.0) { $0 + Double($1.value) * Double(theirs[$1.key] ?? 0) } / (total * total)
    return chance < 1 ? (Double(agreed) / total - chance) / (1 - chance) : 0
  }

  /// Pearson's correlation in the rows that have both; nil where there is none.
  func correlation(with other: ComparedColumn, atLeast rows: Int) -> Double? {
    guard !numbers.isEmpty, !other.numbers.isEmpty else { return nil }
    let pairs = zip(numbers, other.numbers).filter { $0.isFinite && $1.isFinite }
    guard pairs.count >= rows else { return nil }
    return (try? Pearson(pairs.map(\.0), pairs.map(\.1)))?.coefficient
  }
}
