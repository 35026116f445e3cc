internal import Scan
internal import Verdict

/// One of the two samples that drift compares: what a summary says of the values of a column.
struct DriftSample: Sendable {
  let summary: ColumnSummary
  /// Of a part of a column, what the values of all of it are.
  private let kindOfWhole: Kind?

  init(_ summary: ColumnSummary, ofKind kind: Kind? = nil) {
    self.summary = summary.expanded
    kindOfWhole = kind
  }

  /// Two samples of a column. Where the file leaves open whether digits are numbers, the rules say it, and else the other
  /// side.
  ///
  /// - Parameter declared: The type that the rules say the column has.
  static func pair(
    _ reference: ColumnSummary, _ current: ColumnSummary, declared: ValueType? = nil
  ) -> (reference: DriftSample, current: DriftSample) {
    let samples = (DriftSample(reference), DriftSample(current))
    func settled(_ sample: DriftSample, _ other: DriftSample) -> DriftSample {
      let isOpen = sample.summary.type == .untyped && sample.kind == .numbers
      let areTexts = declared == .string || declared == nil && other.kind == .texts && other.summary.type != .untyped
      return isOpen && areTexts && other.summary.type != .boolean ? DriftSample(sample.summary, ofKind: .texts) : sample
    }
    return (settled(samples.0, samples.1), settled(samples.1, samples.0))
  }

  var rows: Int { summary.rows }
  var nulls: Int { summary.nulls }
  /// How many rows have a value.
  var present: Int { rows - nulls }

  /// What the values are, as far as it decides how they are compared.
  enum Kind: Sendable, Hashable {
    case numbers
    /// Dates and points in time.
    case times
    case timesOfDay
    /// Texts and truth values.
    case texts
    case lists
    /// Values of several kinds, or of a type that is not read.
    case other(String)

    var words: String {
      switch self {
      case .numbers: "numbers"
      case .times: "dates or times"
      case .timesOfDay: "times of day"
      case .texts: "texts"
      case .lists: "lists"
      case .other(let words): words
      }
    }
  }

  /// What the values are, as a person calls them; nil when there is none.
  var words: String? { summary.type == .boolean ? "truth values" : kind?.words }

  /// Nil when there is no value.
  var kind: Kind? {
    guard present > 0, let type = summary.type else { return nil }
    if let kindOfWhole { return kindOfWhole }
    switch type {
    case .integer, .float: return .numbers
    case .boolean, .binary: return .texts
    case .date, .timestamp: return .times
    case .time: return .timesOfDay
    case .duration: return .other("durations")
    case .nested: return .lists
    case .null: return nil
    case .unsupported(let words): return .other(words)
    case .untyped, .tokens, .text, .decimal: break
    }
    let census = summary.census
    if readsInstants { return .times }
    if holdsTimesOfDay, census.count(ofFinest: .time) == census.count { return .timesOfDay }
    guard census.count > 0 else { return .texts }
    // Of JSON, digits in quotes are texts, and numbers beside them no column of numbers.
    if type != .text, census.count(of: .number) == census.count, summary.areNumbers { return .numbers }
    let times = [ValueType.timestamp, .date, .time].reduce(0) { $0 + census.count(ofFinest: $1) }
    if times == census.count { return .times }
    return .texts
  }

  /// NaN is a value, and no number that has a place among others.
  var nanCount: Int { summary.moments.nanCount }

  /// The standard deviation of the numbers; nil for what has none.
  var deviation: Double? {
    kind == .numbers ? summary.moments.variance.flatMap { $0.isFinite ? $0.squareRoot() : nil } : nil
  }

  /// How many different values there are at least and at most.
  var distinct: ClosedRange<Double> { summary.distinct.bounds(standardErrors: 3) }

  /// Whether nearly every value is another one.
  var isNearlyUnique: Bool { present >= 2 && summary.distinct.estimate >= 0.9 * Double(present) }

  /// Whether most texts are different ones, and there are more than a profile counts: then what they are made of says
  /// more than which they are.
  var areFreeTexts: Bool { kind == .texts && !areValuesCounted && summary.distinct.estimate >= 0.5 * Double(present) }

  /// Whether the values look like names of rows: whole numbers, nearly every one another, that are close together, or
  /// many that are spread evenly, as those of a part of all rows are, and points in time. A measured quantity of which
  /// every value is another one has a shape.
  var isIdentifier: Bool {
    guard kind == .numbers, isNearlyUnique, hasOnlyIntegers else { return false }
    guard let least = summary.quantiles.minimum, let greatest = summary.quantiles.maximum else { return false }
    if greatest - least <= 2 * Double(present) { return true }
    return isLarge && isSpreadEvenly
  }

  /// Whether there are enough numbers to tell their shape.
  private var isLarge: Bool { present >= 1000 }

  /// Whether the numbers have a shape that names of rows do not have.
  var areMeasured: Bool { kind == .numbers && isLarge && !isIdentifier }

  /// Whether as many numbers lie in each part of their range, but for the first and the last hundredth. Of a thousand
  /// evenly spread ones the greatest deviation is about 0.03, of a normal distribution it is 0.13.
  private var isSpreadEvenly: Bool {
    let ranks = (0...10).map { 0.01 + 0.098 * Double($0) }
    let quantiles = summary.quantiles.quantiles(at: ranks)
    guard let first = quantiles.first, let last = quantiles.last, last > first else { return false }
    return quantiles.enumerated().allSatisfy { index, value in
      abs((value - first) / (last - first) - Double(index) / 10) <= 0.07
    }
  }

  /// Whether a value says which row it is of, and nothing that other rows may have: then `columns: all` does not mean the
  /// column.
  var namesRows: Bool { isIdentifier || kind == .texts && isNearlyUnique }

  /// Why `columns: all` does not mean the column; nil when it does.
  var reasonToLeaveOut: String? {
    if isIdentifier { return "an identifier" }
    if namesRows { return "texts that are nearly all different" }
    switch kind {
    case .times?: return "dates or times"
    case .timesOfDay?: return "times of day"
    case .texts? where buckets == nil && CategoryCounts(self).isMostlyUnknown:
      return "more different texts than a profile counts, none of them frequent, and no counts by their hashes"
    case .lists?: return "lists, which embedding_drift compares where they are vectors"
    case .other(let words)?: return words
    default: return nil
    }
  }

  private var hasOnlyIntegers: Bool {
    if case .integer? = summary.type { return true }
    return summary.census.count > 0 && summary.census.count(of: .integer) == summary.census.count
  }

  /// How far apart the doubles are that stand for whole numbers of the sample; 1 where they are exact.
  private var spacing: Double {
    guard kind == .numbers, hasOnlyIntegers, let least = summary.quantiles.minimum,
      let greatest = summary.quantiles.maximum
    else { return 1 }
    return max(1, max(least.magnitude, greatest.magnitude).ulp)
  }

  /// Whether whole numbers are so large that doubles do not tell the differences between them: they are summarised as
  /// doubles, which a hundredth of a quartile's distance has to be above.
  var areTooLarge: Bool {
    guard spacing > 1 else { return false }
    let quartiles = summary.quantiles.quantiles(at: [0.25, 0.75])
    return (quartiles.last ?? 0) - (quartiles.first ?? 0) < 100 * spacing
  }

  // MARK: - Values

  /// Whether the values are texts, and all of them dates or points in time.
  private var readsInstants: Bool { present > 0 && summary.areInstants }

  /// The quantiles of the numbers, and of the points in time.
  var sketch: KLLSketch {
    if kind == .timesOfDay { return summary.areTimesOfDay ? summary.instants : KLLSketch() }
    return readsInstants ? summary.instants : summary.quantiles
  }

  /// Whether a text is a time of a day that it does not name.
  var holdsTimesOfDay: Bool { summary.census.count(ofFinest: .time) > 0 }

  /// Whether some of the values of a column of times of day are none.
  var holdsOtherTimes: Bool { summary.census.count(ofFinest: .time) < present }

  /// How many nanoseconds the unit is in which the file stores points in time; 1 for all else. Files of different units
  /// are compared in the smallest: a product that is rounded once is the same for the same instant.
  var nanoseconds: Double {
    if readsInstants || kind == .timesOfDay { return 1000 }
    return switch summary.type {
    case .date? where kind == .times: 86_400e9
    case .timestamp(let unit, _)? where kind == .times: Double(unit.nanoseconds)
    default: 1
    }
  }

  /// A number of the column as people read it, of points in time the nanoseconds.
  func text(_ number: Double) -> String {
    if kind == .timesOfDay { return Literal.text(Int64(saturating: number), as: .time) }
    guard kind == .times else { return Quantity.brief(number) }
    if readsInstants { return Literal.text(Int64(saturating: number / 1000), as: .timestamp) }
    return summary.display(number / nanoseconds)
  }

  /// A value as its text, with how often it comes at least.
  typealias Item = (text: [UInt8], count: Int)

  /// Whether every value is counted by itself, without error.
  var areValuesCounted: Bool { summary.frequent.maximumError == 0 && summary.frequent.oversizedWeight == 0 }

  /// The values that are known to be frequent, or all of them.
  var items: [Item] {
    let type = summary.type ?? .null
    return summary.frequent.frequentItems(.noFalsePositives).map { (type.text($0.item), $0.lowerBound) }
  }

  /// The rows of each bucket of the hashes; nil when they are not all counted, as in profiles of earlier versions.
  var buckets: [Double]? {
    summary.buckets.total == present ? summary.buckets.counts.map { Double($0) } : nil
  }

  /// How far a count of a frequent value may be below the true one.
  var itemError: Int { summary.frequent.maximumError }
}

extension StoredType.TimeUnit {
  fileprivate var nanoseconds: Int64 {
    switch self {
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1000
    case .nanosecond: 1
    }
  }
}
