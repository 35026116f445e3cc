internal import Scan
internal import Verdict

/// Turns the counts of a row test into a finding: the one place that knows what nulls, tolerance and emptiness mean.
struct ValueClaim: Sendable {
  var column: ColumnContext
  var limit = Bound.text("any")
  /// What violating values do, after "3 of 100 values …".
  var violation = ""
  /// What values are that can be judged, where the others violate: `numbers`.
  var readable = ""
  /// What is counted: `values`, `rows`.
  var noun = "values"
  /// The columns of a row, when a row shows several.
  var names: [String] = []
  /// What is said of the earlier row that a row names, before its place.
  var earlier = "first in"
  /// Whether a row violates by having no value, so that each such row is counted as a null, too.
  var nullsViolate = false

  func judge(_ summary: ViolationSummary) -> Finding {
    let planned = column.planned
    let evidence = self.evidence(summary)
    if let finding = beyondReading(summary, evidence) { return finding }
    guard summary.evaluated > 0 else { return nothingEvaluated(summary, evidence) }
    let (violating, evaluated) = (summary.violating, summary.evaluated)
    guard violating > 0 else {
      return planned.finding(
        .passed, "\(Quantity.grouped(evaluated)) \(noun) evaluated, none violates", evidence: evidence)
    }
    let share = Quantity.brief(Double(violating) / Double(evaluated) * 100, digits: 3)
    let (part, whole) = (Quantity.grouped(violating), Quantity.grouped(evaluated))
    let message = "\(part) of \(whole) \(noun) \(self.violation(in: summary)) (\(share)%)"
    guard let allow = column.allow else { return planned.finding(.failed, message, evidence: evidence) }
    // Divided rather than multiplied: 29 of 100 is the very double that 29% is, and 0.29 * 100 is less than 29.
    let used = allow.unit == .rows ? Double(violating) : Double(violating) / Double(evaluated)
    let isAllowed = used <= allow.value
    return isAllowed
      ? planned.finding(.passed, message + ", and \(allow) may", evidence: evidence)
      : planned.finding(.failed, message + ", more than the \(allow) allowed", evidence: evidence)
  }

  /// What the violating values do: a text is no number above a limit.
  private func violation(in summary: ViolationSummary) -> String {
    guard summary.unreadable > 0, !readable.isEmpty else { return violation }
    return summary.unreadable == summary.violating ? "are no \(readable)" : "\(violation) or are no \(readable)"
  }

  /// Integers that no type check lists, because they are some, and that the check does not compute with: to judge the
  /// others alone would be to pass these unseen.
  func beyondReading(_ summary: ViolationSummary, _ evidence: Evidence) -> Finding? {
    guard summary.malformed > 0, column.hasIntegersBeyondReading else { return nil }
    var evidence = evidence
    evidence.observed = nil
    evidence.notes = ["type: number compares them, to the 53 bits of a double"]
    let one = "one value is an integer above \(Int64.max), which this check does not compute with"
    let many =
      "\(Quantity.grouped(summary.malformed)) values are integers above \(Int64.max), which this check does not compute with"
    return column.planned.finding(
      .errored, summary.malformed == 1 ? one : many, reason: .undefined, evidence: evidence)
  }

  /// Values that the claim says nothing of, and no other.
  func ofNothingButNaN(_ numbers: ViolationSummary) -> Finding? {
    guard numbers.evaluated > 0, numbers.violating == numbers.evaluated else { return nil }
    var evidence = self.evidence(numbers)
    evidence.observed = nil
    evidence.counts?.violating = 0
    evidence.notes.append("not_nan reports NaN, and missing_values: [NaN] makes it a missing value")
    let count = Quantity.grouped(numbers.evaluated)
    return column.planned.finding(
      .errored, "every value is NaN (\(count)): there is nothing to judge", reason: .nothingToEvaluate,
      evidence: evidence)
  }

  /// Zero rows, an all-null column, a condition that selects nothing: none of these is a pass.
  func nothingEvaluated(_ summary: ViolationSummary, _ evidence: Evidence) -> Finding {
    let planned = column.planned
    if summary.rows == 0 {
      return planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate, evidence: evidence)
    }
    if summary.malformed > 0 {
      return planned.skipped("no value is of the declared type", because: column.typeChecks, evidence: evidence)
    }
    if summary.unselected == summary.rows {
      return planned.finding(
        .errored, "the condition selects none of the \(Quantity(Double(summary.rows), .rows))",
        reason: .nothingToEvaluate,
        evidence: evidence)
    }
    if column.mayBeAllNull {
      return planned.finding(
        .skipped, "every value is missing, which the rules allow", reason: .requested, evidence: evidence)
    }
    return planned.finding(
      .errored, "none of the \(Quantity(Double(summary.rows), .rows)) has a value to judge", reason: .nothingToEvaluate,
      evidence: evidence)
  }

  /// Values that leave no such number: it is the number of all values, and not of those that happen to be fit for it.
  ///
  /// - Parameters:
  ///   - name: the number, as in `there is no median`.
  ///   - unfit: how many values of the type do not do, and what they are.
  ///   - type: what the values have to be.
  ///   - isTyped: whether the rules declare a type, so that a check of its own reports values of another one.
  func undefined(
    _ name: String, _ counts: ViolationSummary, unfit: [(count: Int, what: String)] = [], type: ValueType = .number,
    isTyped: Bool? = nil
  ) -> Finding? {
    var evidence = self.evidence(counts)
    evidence.observed = nil
    func undefined(_ words: String) -> Finding {
      column.planned.finding(.errored, "\(words): there is no \(name)", reason: .undefined, evidence: evidence)
    }
    if let finding = beyondReading(counts, evidence) { return finding }
    if let (count, what) = unfit.first(where: { $0.count > 0 }) {
      return undefined(count == 1 ? "one value is \(what)" : "\(Quantity.grouped(count)) values are \(what)")
    }
    guard counts.malformed > 0, !(isTyped ?? (column.type != nil)) else { return nil }
    let meant = type == .timestamp ? "timestamp, or type: date for days without a time" : type.rawValue
    evidence.notes = ["declare type: \(meant), and the type check reports them"]
    let noun = type.rawValue
    let count = Quantity.grouped(counts.malformed)
    return undefined(counts.malformed == 1 ? "one value is no \(noun)" : "\(count) values are no \(noun)s")
  }

  func evidence(_ summary: ViolationSummary) -> Evidence {
    let counts = Evidence.Counts(
      rows: summary.rows, nulls: nullsViolate ? summary.violating : summary.nulls, evaluated: summary.evaluated,
      violating: summary.violating)
    var notes: [String] = []
    if summary.malformed > 0 {
      let left = Quantity.grouped(summary.malformed)
      let types = column.typeChecks.map(\.description).joined(separator: " and ")
      notes.append("values that are not of the declared type, left out: \(left), see \(types)")
    }
    if summary.violating > 0, column.planned.id.check == TypeCheck.kind, let stored = column.stored, stored.isDeclared {
      notes.append("the file stores this column as \(stored.words)")
    }
    if summary.violating > 0, column.stored == .binary, !column.isSensitive {
      notes.append("the column stores bytes: they are compared as they are, and shown as hexadecimal digits")
    }
    if summary.unreadable > 0, summary.unreadable < summary.violating, !readable.isEmpty {
      notes.append("values that are no \(readable): \(Quantity.grouped(summary.unreadable))")
    }
    if summary.unselected > 0 {
      notes.append("rows that the condition leaves out: \(Quantity.grouped(summary.unselected))")
    }
    var evidence = Evidence(
      observed: counts.violatingShare.map { Quantity($0, .share) }, limit: limit, counts: counts, notes: notes)
    var rows = SampleRows(files: column.files, isSensitive: column.isSensitive, names: names, earlier: earlier)
    evidence.samples = rows.samples(summary.first)
    evidence.frequent = rows.frequent(summary.values)
    return evidence
  }
}

/// The first offending rows as evidence.
struct SampleRows: Sendable {
  var files: [String]
  var isSensitive: Bool
  /// The names to put before the values when a row shows several.
  var names: [String] = []
  /// What is said of the earlier row that a row names, before its place.
  var earlier = "first in"
  /// The numbers of values that must not be shown, in the order in which they were named first.
  private var ordinals: [String: Int] = [:]

  init(files: [String], isSensitive: Bool, names: [String] = [], earlier: String = "first in") {
    self.files = files
    self.isSensitive = isSensitive
    self.names = names
    self.earlier = earlier
  }

  mutating func samples(_ rows: [ViolatingRow]) -> [Evidence.Sample] {
    rows.map { row in
      var parts = row.values.isEmpty ? [] : [shown(row.values)]
      if let place = row.earlier { parts.append("\(earlier) \(words(place, beside: row.place))") }
      return sample(row.place, parts.joined(separator: ", "), key: row.key.map(\.words))
    }
  }

  /// The most frequent violating values. Those that must not be shown have the numbers that they have among the rows.
  mutating func frequent(_ values: ViolatingValues) -> [Evidence.FrequentValue] {
    values.mostFrequent.map { Evidence.FrequentValue(shown($0.values), count: $0.rows, isExact: $0.isExact) }
  }

  /// The values of a row, each with the name of its column where there are names.
  private mutating func shown(_ values: [String?]) -> String {
    var parts: [String] = []
    for (index, value) in values.enumerated() {
      let shown = value.map { self.shown($0) } ?? "(no value)"
      parts.append(index < names.count ? "\(names[index]) = \(shown)" : shown)
    }
    return parts.joined(separator: ", ")
  }

  private mutating func shown(_ value: String) -> String {
    guard isSensitive else { return "\"\(value)\"" }
    // Equal values get equal numbers, which is all that may be said of them.
    let ordinal = ordinals[value] ?? ordinals.count + 1
    ordinals[value] = ordinal
    return "hidden value \(ordinal)"
  }

  /// `line 7` of a text file, `row 7` of any other.
  func number(of place: RowPlace) -> String {
    "\(place.countsRows ? "row" : "line") \(place.number)"
  }

  /// Evidence at a place.
  func sample(_ place: RowPlace, _ value: String, key: [String] = []) -> Evidence.Sample {
    let file = files.indices.contains(place.file) ? files[place.file] : nil
    let (line, row) = place.countsRows ? (nil, place.number) : (place.number, nil)
    return Evidence.Sample(
      file: file, line: line, row: row, key: key.isEmpty ? nil : key.joined(separator: ", "), value: value)
  }

  /// A place as a person says it who has just named another one.
  private func words(_ place: RowPlace, beside other: RowPlace) -> String {
    let number = "\(place.countsRows ? "row" : "line") \(place.number)"
    return place.file == other.file || !files.indices.contains(place.file) ? number : "\(files[place.file]), \(number)"
  }
}
