/// What a finding rests on: the numbers and the smallest useful sample behind them.
package struct Evidence: Sendable, Hashable {
  /// What was seen, as a number when it is one.
  package var observed: Quantity?
  /// What was seen, when it is no number: a column order, a status line.
  package var observedText: String?
  /// What it was compared with: the baseline's value.
  package var baseline: Quantity?
  /// The limit it was held against.
  package var limit: Bound?
  /// The denominator: never a guess.
  package var counts: Counts?
  /// The part of the data that was read, when it was not all of it.
  package var sampled: Sampled?
  /// The interval of the effect, when the claim is about a population.
  package var interval: Interval?
  /// How the verdict was reached. `point` claims something about this file alone.
  package var method: String
  /// The most frequent offending values, the most frequent first.
  package var frequent: [FrequentValue]
  /// The first offending places, in the order of the data.
  package var samples: [Sample]
  /// Further lines for a person: log tails, request and reply, hints.
  package var notes: [String]

  package init(
    observed: Quantity? = nil, observedText: String? = nil, baseline: Quantity? = nil, limit: Bound? = nil,
    counts: Counts? = nil, sampled: Sampled? = nil, interval: Interval? = nil, method: String = "point",
    frequent: [FrequentValue] = [], samples: [Sample] = [], notes: [String] = []
  ) {
    self.observed = observed
    self.observedText = observedText
    self.baseline = baseline
    self.limit = limit
    self.counts = counts
    self.sampled = sampled
    self.interval = interval
    self.method = method
    self.frequent = frequent
    self.samples = samples
    self.notes = notes
  }

  /// The same evidence with every text passed through `transform`.
  func mapText(_ transform: (String) -> String) -> Evidence {
    var copy = self
    copy.observedText = observedText.map(transform)
    if case .text(let text)? = limit { copy.limit = .text(transform(text)) }
    copy.frequent = frequent.map { FrequentValue(transform($0.value), count: $0.count, isExact: $0.isExact) }
    copy.samples = samples.map {
      Sample(
        file: $0.file.map(transform), line: $0.line, row: $0.row, key: $0.key.map(transform),
        value: transform($0.value))
    }
    copy.notes = notes.map(transform)
    return copy
  }

  /// How many rows there were, how many had no value, how many were judged, how many of those violate. Where the
  /// column or the table is judged as a whole, no single row violates.
  package struct Counts: Sendable, Hashable {
    package var rows: Int
    package var nulls: Int
    package var evaluated: Int
    package var violating: Int?

    package init(rows: Int, nulls: Int, evaluated: Int, violating: Int?) {
      self.rows = rows
      self.nulls = nulls
      self.evaluated = evaluated
      self.violating = violating
    }

    /// The share of the evaluated rows that violate; nil when none was evaluated.
    package var violatingShare: Double? { evaluated == 0 ? nil : violating.map { Double($0) / Double(evaluated) } }
  }

  /// A part of a table: which share of it was asked for, and how many rows were read.
  package struct Sampled: Sendable, Hashable, CustomStringConvertible {
    package var share: Quantity
    package var rows: Int
    /// How many rows were left out.
    package var leftOut: Int

    package init(share: Quantity, rows: Int, leftOut: Int) {
      self.share = share
      self.rows = rows
      self.leftOut = leftOut
    }

    /// `51,200 rows (5% asked for)`. Whole blocks of a file are read: where they are so few that they make another
    /// share, by half of that which was asked for or more, it says so.
    package var description: String {
      let whole = Double(rows) + Double(leftOut)
      let isNear = abs(Double(rows) - share.value * whole) <= share.value * whole / 2
      let why = isNear ? "" : " of \(Quantity.grouped(rows + leftOut)), which are read in whole blocks"
      return "\(Quantity(Double(rows), .rows)) (\(share) asked for\(why))"
    }
  }

  /// A confidence interval and its two-sided level (0.95 for 95 %).
  package struct Interval: Sendable, Hashable {
    package var lower: Double
    package var upper: Double
    package var level: Double

    package init(lower: Double, upper: Double, level: Double) {
      self.lower = lower
      self.upper = upper
      self.level = level
    }
  }

  /// A value and how many rows hold it: `"N/A" 1,204 times`.
  package struct FrequentValue: Sendable, Hashable, CustomStringConvertible {
    /// The value as text, already replaced when the column is sensitive.
    package var value: String
    package var count: Int
    /// Whether the count is that of all rows, and not what is known of it at least.
    package var isExact: Bool

    package init(_ value: String, count: Int, isExact: Bool = true) {
      self.value = value
      self.count = count
      self.isExact = isExact
    }

    package var description: String {
      let times = count == 1 ? "once" : "\(Quantity.grouped(count)) times"
      let isQuoted = value.hasSuffix("\"")
      return "\(value)\(isQuoted ? "" : ":") \(isExact ? "" : "at least ")\(times)"
    }
  }

  /// One offending place: `data/flights.csv:57`, its key, and the value that stands there.
  package struct Sample: Sendable, Hashable {
    /// The file the place is in, when it is in one.
    package var file: String?
    /// The line in that file, counted from 1.
    package var line: Int?
    /// The row in that file, counted from 1, where rows do not stand on lines.
    package var row: Int?
    /// What names the place besides its line or row: a key, a JSON path, a request.
    package var key: String?
    /// The value as text, already replaced when the column is sensitive.
    package var value: String

    package init(file: String? = nil, line: Int? = nil, row: Int? = nil, key: String? = nil, value: String) {
      self.file = file
      self.line = line
      self.row = row
      self.key = key
      self.value = value
    }

    /// What names the place besides its line, for a person: `row 3, id = 7`.
    package var name: String? {
      let parts = [row.map { "row \($0)" }, key].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
  }
}
