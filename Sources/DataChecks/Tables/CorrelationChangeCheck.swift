package import Language
package import Planning
internal import Scan
package import Verdict

/// `correlation_change: {columns: all, at_most: 0.2}`: the columns of numbers move together as they did in the baseline.
package struct CorrelationChangeCheck: TableRule {
  /// The columns whose pairs are compared, of all those that hold numbers.
  package var choice = ColumnChoice()
  package var limit: Located<Quantity>?
  package var confidence = 0.95
  package var whenInconclusive = DriftCheck.Policy.warn
  package var whenMissing = DriftCheck.MissingPolicy.error
  private(set) var baseline: DataBaseline?

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "correlation_change",
    summary:
      "Pearson's correlation of each pair of columns differs by at most at_most (0.25 unless it says otherwise) from that in the baseline, which is a table: another file, or {dataset: NAME}. The claim is about the populations behind both samples: a correlation has changed when all of the interval of its change lies beyond the limit and the change is no chance (false discovery rate over the pairs); the check passes when those of all pairs lie within, with 100 rows and more; else it is inconclusive, which warns unless when_inconclusive: block. The intervals hold for values that are not normal (cupel explain correlation-change). columns: all leaves out columns with values that are no numbers, and says so; one that has different numbers on one side alone is an error. Of many rows 65,536 are drawn at random, fewer where there are more than 32 columns.",
    why:
      "Each column may be distributed as ever while a wrong join, a shifted row or a lost source has broken how they go together: a model learns that.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    correlation_change: {columns: [air_time, distance, dep_delay], at_most: 0.1}\n  last_month:\n    source: last_month.csv",
    fix: "Look for shifted rows, a wrong join key or a changed unit in the columns of the pairs that the finding lists."
  )

  package static var keys: [Key<CorrelationChangeCheck>] {
    let limit = Shape<Quantity>.plain.map { limit, node, problems -> Located<Quantity>? in
      if limit.value > 0, limit.value <= 2 { return Located(limit, at: node.location) }
      problems.report("a correlation changes by more than 0 and at most 2", at: node.location)
      return nil
    }
    let columns: [Key<CorrelationChangeCheck>] = ColumnChoice.keys(
      \.choice, pairs, columns: "The columns whose pairs are compared: all, or a list of two and more.",
      except: "Columns that are not compared.")
    return columns + [
      .optional("at_most", \.limit, limit, "By how much a correlation may change: 0.25."),
      .key("confidence", \.confidence, DriftTerms.level, "Of the intervals: 95%."),
      .key("when_inconclusive", \.whenInconclusive, .choice, "What it does when it cannot be told: warn or block."),
      .key("when_missing", \.whenMissing, .choice, "What a missing baseline is: error, or accept."),
    ]
  }

  package static var short: Shape<CorrelationChangeCheck>? {
    pairs.map { columns in
      var rule = CorrelationChangeCheck()
      rule.choice.named = columns
      return rule
    }
  }

  /// Columns, or `all`, which is nil.
  private static var pairs: Shape<[String]?> {
    Shape<[String]>.oneOrMoreColumns.map { columns, node, problems -> [String]?? in
      if columns == ["all"] { return .some(nil) }
      if columns.count > 1 { return .some(columns) }
      problems.report("a correlation is one of two columns: name two and more, or all", at: node.location)
      return .none
    }
  }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    baseline = rules.baseline
    return choice.isSound(among: baseline?.columns ?? [], &problems)
  }

  package var columns: [String] { choice.columns(among: []) }
  package var expectedColumns: [String] { choice.expected(among: baseline?.columns ?? []) }
  package var peers: [PeerReference] { baseline?.peers ?? [] }

  package var readsAllColumns: Bool { choice.named == nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let dataset: Located<String>
    let others: [String]
    switch baseline?.content {
    case .dataset(let found, let columns): (dataset, others) = (found, columns)
    case .profile:
      return refused(
        table, "\(baseline?.name ?? "the baseline") is a profile, which does not hold how columns go together",
        "compare with the data: name a table, or {dataset: NAME}", isMissing: false)
    case .missing(let problem): return refused(table, "there is no baseline: \(problem.message)", problem.hint)
    case nil: return refused(table, "the config names no baseline", "baseline: names a table, or {dataset: NAME}")
    }
    let name = dataset.value
    if others.isEmpty { return refused(table, "\(baseline?.name ?? name) has no columns", nil, isMissing: false) }
    if let absent = columns.first(where: { column in !others.contains { ExactText($0) == ExactText(column) } }) {
      return refused(table, "\(baseline?.name ?? name) has no column \"\(absent)\"", nil, isMissing: false)
    }
    let names = choice.named == nil ? candidates(in: table, others, ColumnTypes(table.peers[dataset].fields)) : columns
    guard names.count > 1 else {
      let words = "there are no two columns of numbers that both have"
      let finding = table.planned.finding(.errored, words, reason: .nothingToEvaluate)
      return { _ in finding }
    }
    let sample = LabelledSample.Specification(
      nil, names.map { .value(ColumnReading($0, as: .number)) }, limit: Self.sampleLimit(columns: names.count))
    let (now, before) = (plan.require(sample), plan.require(sample, of: name))
    let moments = names.map { column in
      let moments = ColumnMoments.Specification(column)
      return (now: plan.require(moments, judgesRows: false), before: plan.require(moments, of: name))
    }
    let claim = CorrelationChangeClaim(
      planned: table.planned, names: names, isChosen: choice.named != nil, baseline: baseline?.name ?? name,
      limit: limit?.value ?? Quantity(0.25), location: limit?.location, confidence: confidence,
      isLenient: whenInconclusive == .warn)
    return { measurements in
      do throws(ScanError) {
        var claim = claim
        for slot in moments {
          claim.notFinite.append(
            (before: try measurements[slot.before].get().notFinite, now: measurements[slot.now].notFinite))
        }
        return claim.judge(before: try measurements[before].get(), now: measurements[now])
      } catch {
        return table.planned.unanswered(by: name, error)
      }
    }
  }

  /// The columns that both have and that may hold numbers, or held some, in the order of the table.
  private func candidates(in table: TableContext, _ others: [String], _ there: ColumnTypes) -> [String] {
    let known = Set(others.map { ExactText($0) })
    return table.fields.filter { field in
      guard known.contains(ExactText(field.name)), !choice.except.contains(field.name) else { return false }
      if let type = table.rules.types[field.name] { return type == .integer || type == .number }
      switch field.type {
      case .integer, .float, .decimal, .untyped, .tokens: return true
      // What was numbers and is none any more is said, and not left out.
      default: return there[field.name]?.meaning == .number
      }
    }.map(\.name)
  }

  /// The rows that are looked at: their number times that of the columns and that of the pairs stays within some memory
  /// and some time.
  private static func sampleLimit(columns: Int) -> Int {
    let pairs = columns * (columns - 1) / 2
    return max(4096, min(1 << 16, (1 << 23) / columns, (1 << 25) / pairs))
  }

  private func refused(
    _ table: TableContext, _ message: String, _ hint: String?, isMissing: Bool = true
  ) -> Evaluation {
    let finding =
      whenMissing == .accept && isMissing
      ? table.planned.finding(.skipped, "\(message); when_missing: accept", reason: .requested)
      : table.planned.finding(
        .errored, message, reason: .baseline, evidence: Evidence(notes: hint.map { [$0] } ?? []))
    return { _ in finding }
  }
}

extension ColumnMoments {
  /// How many values are NaN or infinite.
  fileprivate var notFinite: Int { moments.nanCount + infinityCount }
}
