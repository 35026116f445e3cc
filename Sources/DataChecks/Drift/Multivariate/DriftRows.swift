internal import Language
internal import Planning
internal import Scan
internal import Statistics
internal import Verdict

/// Rows of a table and of its baseline, drawn at random, with the columns that are looked at together.
struct DriftRows: Sendable {
  /// The columns that may tell something.
  var names: [String] = []
  /// Of each column the values of the baseline's rows, and of the table's.
  var reference: [[CrossFittedArea.Value]] = []
  var current: [[CrossFittedArea.Value]] = []
  var evidence = Evidence()
  var seed: Seed
  /// The columns of which no row of either side has a value.
  private var empty: [String] = []

  /// The rows of the smaller sample.
  var rows: Int { min(reference.first?.count ?? 0, current.first?.count ?? 0) }

  /// As many rows of each side are drawn: of many columns fewer, so that time and memory stay within bounds.
  static func limit(columns: Int) -> Int { min(20_000, max(2000, 400_000 / max(1, columns))) }

  /// What a check has to do once it has the rows.
  typealias Judge = @Sendable (DriftRows) -> Finding

  /// Requires the rows of both sides; what comes of them is said by `judge`.
  static func prepare(
    _ terms: RowDriftTerms, _ baseline: DataBaseline?, _ table: TableContext, _ plan: inout Plan,
    judge: @escaping Judge
  ) -> Evaluation {
    let planned = table.planned
    guard let baseline, case .dataset(let name, let theirs) = baseline.content else {
      return { _ in planned.finding(without: baseline, terms.whenMissing) }
    }
    let peer = table.peers[name]
    let there = ColumnTypes(peer.fields)
    let (names, left) = columns(terms, table, there)
    // Where the rules say what a column holds, that is how both files are read.
    let compared = terms.choice.named == nil ? table.columns.filter { !terms.choice.except.contains($0) } : names
    let stored = compared.filter { table.rules.types[$0] == nil }
      .compactMap { ChangedKind($0, stored: table.types[$0], there[$0]) }
    guard stored.isEmpty else {
      return { _ in planned.finding(.failed, ChangedKind.words(stored, baseline.name), location: terms.limit?.location)
      }
    }
    guard !names.isEmpty else {
      let words = "there is no column besides keys, dates and lists that \(baseline.name) has, too"
      return { _ in planned.finding(.errored, words, reason: .nothingToEvaluate) }
    }
    let sample = LabelledSample.Specification(
      nil, names.map { .value(table.reading(ofFeature: $0, comparedWith: there[$0])) },
      limit: limit(columns: names.count))
    let (here, slot) = (plan.require(sample, judgesRows: false), plan.require(sample, of: name.value))
    let texts = names.filter { table.mayHoldDates($0) }.map { column in
      let census = ColumnCensus.Specification(column)
      return (
        name: column, here: plan.require(census, judgesRows: false), there: plan.require(census, of: name.value)
      )
    }
    let new = terms.choice.named == nil ? theirs.filter { table.types[$0] == nil } : []
    return { measurements in
      do throws(ScanError) {
        let (before, now) = (try measurements[slot].get(), measurements[here])
        guard now.counts.rows > 0 else {
          return planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
        }
        guard before.counts.rows > 0 else { return planned.unanswered(byEmpty: name.value) }
        var dated = (here: Set<String>(), there: Set<String>())
        for text in texts {
          if measurements[text.here].holdsDates { dated.here.insert(text.name) }
          if try measurements[text.there].get().holdsDates { dated.there.insert(text.name) }
        }
        let changed = ChangedKind.changes(names, before, now, dated)
        guard changed.isEmpty else {
          return planned.finding(.failed, ChangedKind.words(changed, baseline.name), location: terms.limit?.location)
        }
        let dates = names.filter { terms.choice.named == nil && dated.here.contains($0) }
        var rows = DriftRows(
          names, before, now, isChosen: terms.choice.named != nil, except: dates, planned, baseline.name)
        if terms.choice.named != nil, !rows.empty.isEmpty {
          let words = "no row has a value in \(TableContext.words(rows.empty)), here or in \(baseline.name)"
          return planned.finding(.errored, words, reason: .nothingToEvaluate, evidence: rows.evidence)
        }
        let left = left + dates
        if !left.isEmpty { rows.evidence.notes.append("left out: \(TableContext.words(left))") }
        if !new.isEmpty { rows.evidence.notes.append("only in \(baseline.name): \(TableContext.words(new))") }
        return judge(rows)
      } catch {
        return planned.unanswered(by: name.value, error)
      }
    }
  }

  /// The columns that are looked at, and those that `all` leaves out.
  private static func columns(
    _ terms: RowDriftTerms, _ table: TableContext, _ there: ColumnTypes
  ) -> (names: [String], left: [String]) {
    if terms.choice.named != nil { return (terms.choice.columns(among: []), []) }
    let except = terms.choice.except
    let known = table.columns.filter { there[$0] != nil && !except.contains($0) }
    let names = known.filter { name in
      switch table.types[name] {
      case .nested, .unsupported, .binary, .date, .timestamp, .time, .duration: return false
      default:
        return !table.rules.rowKey.contains(name) && table.reading(ofFeature: name).type != .timestamp
          && table.rules.types[name] != .time
      }
    }
    return (names, table.columns.filter { !names.contains($0) && !except.contains($0) })
  }

  private init(
    _ names: [String], _ before: LabelledSample, _ now: LabelledSample, isChosen: Bool, except dates: [String],
    _ planned: PlannedCheck, _ baseline: String
  ) {
    let samples = [before, now].map { $0.sample.features.map { $0.map(CrossFittedArea.Value.init) } }
    let told = names.indices.filter { !dates.contains(names[$0]) }
    let nothing = told.filter { index in samples.allSatisfy { $0[index].allSatisfy { $0 == .missing } } }
    let rowNames = told.filter { !isChosen && Self.nameRows(samples[0][$0] + samples[1][$0]) }
    let kept = told.filter { !rowNames.contains($0) && !nothing.contains($0) }
    empty = nothing.map { names[$0] }
    self.names = kept.map { names[$0] }
    (reference, current) = (kept.map { samples[0][$0] }, kept.map { samples[1][$0] })
    seed = Seed(planned.kind, samples[0].joined().map(\.digits), samples[1].joined().map(\.digits))
    evidence.counts = Evidence.Counts(rows: now.counts.rows, nulls: 0, evaluated: now.counts.rows, violating: nil)
    let drawn = [samples[1], samples[0]].map { Quantity.grouped($0.first?.count ?? 0) }
    evidence.notes.append(
      "judged on \(drawn[0]) of \(Quantity.grouped(now.counts.rows)) rows here and \(drawn[1]) of "
        + "\(Quantity.grouped(before.counts.rows)) in \(baseline)")
    if !empty.isEmpty { evidence.notes.append("without a value on either side: \(TableContext.words(empty))") }
    if !rowNames.isEmpty {
      evidence.notes.append("values that name rows, left out: \(TableContext.words(rowNames.map { names[$0] }))")
    }
  }

  /// Whether values look like names of rows: whole numbers or texts, nearly every one another, and many of them.
  private static func nameRows(_ values: [CrossFittedArea.Value]) -> Bool {
    let present = values.filter { $0 != .missing }
    guard present.count >= 100 else { return false }
    let areWhole = present.allSatisfy { value in
      if case .number(let number) = value { number == number.rounded() } else { true }
    }
    // A baseline may hold the same rows: a name comes twice then.
    return areWhole && Double(Set(present).count) >= 0.45 * Double(present.count)
  }
}

extension TableContext {
  /// Whether neither the rules nor the file say what a column holds, so that its texts may be dates.
  fileprivate func mayHoldDates(_ name: String) -> Bool {
    guard rules.types[name] == nil else { return false }
    return switch types[name] {
    case .untyped, .tokens, .text: true
    default: false
    }
  }
}

extension ColumnCensus {
  /// Whether all values are dates or points in time.
  fileprivate var holdsDates: Bool { present > 0 && !types.isDisjoint(with: [.date, .time, .timestamp]) }
}

extension CrossFittedArea.Value {
  init(_ value: LabelledSample.Value) {
    self =
      switch value {
      case .missing: .missing
      case .number(let number): .number(number)
      case .category(let hash): .category(hash)
      }
  }

  /// The value as one number, for a seed.
  fileprivate var digits: Double {
    switch self {
    case .missing: -1
    case .number(let number): number
    case .category(let hash): Double(hash >> 12)
    }
  }
}

extension PlannedCheck {
  /// The finding where no rows of a baseline can be read.
  func finding(without baseline: DataBaseline?, _ policy: DriftCheck.MissingPolicy) -> Finding {
    var (message, hint) = ("the config names no baseline", "baseline: names a file, or {dataset: NAME}")
    switch baseline?.content {
    case .missing(let problem):
      (message, hint) = ("there is no baseline: \(problem.message)", problem.hint ?? hint)
    case .profile:
      message = "\(baseline?.name ?? "") is a profile, which holds no rows: \(kind) compares rows"
    default: break
    }
    return policy == .accept
      ? finding(.skipped, "\(message); when_missing: accept", reason: .requested)
      : finding(.errored, message, reason: .baseline, evidence: Evidence(notes: [hint]))
  }
}
