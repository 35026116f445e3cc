/// The value of a parameter as the caller read it.
package enum MetricArgument: Sendable, Hashable {
  case number(Double)
  case word(String)
  case flag(Bool)
  case numbers([Double])
  case words([String])
}

/// A parameter of a metric: its name, what it may be, and what it means.
package struct MetricParameter: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A whole number of at least so much.
    case count(least: Int)
    /// Between 0 and 1, with both.
    case share
    /// Any finite number.
    case number
    /// Above 0.
    case positive
    case flag
    case choice([String])
    case word
    case words
    case numbers
    /// 0, 1 or nan, as scikit-learn's zero_division.
    case zeroDivision
  }

  package let name: String
  package let kind: Kind
  /// What holds when it is not given; nil when it must be given, or says something only when it is.
  package let fallback: MetricArgument?
  /// Whether the metric cannot do without.
  package let isRequired: Bool
  package let meaning: String

  package init(
    _ name: String, _ kind: Kind, or fallback: MetricArgument? = nil, required: Bool = false, _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.fallback = fallback
    isRequired = required
    self.meaning = meaning
  }

  /// What the value must be, in words.
  package var expects: String {
    switch kind {
    case .count(let least): "a whole number of at least \(least)"
    case .share: "a number between 0 and 1"
    case .number: "a number"
    case .positive: "a number above 0"
    case .flag: "true or false"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .word: "a word"
    case .words: "a list of words"
    case .numbers: "a list of numbers"
    case .zeroDivision: "0, 1 or nan"
    }
  }

  /// The argument as the parameter means it: a class may be called 1, or true.
  func meant(_ argument: MetricArgument) -> MetricArgument {
    switch (kind, argument) {
    case (.word, .number(let value)): .word(Self.word(value))
    case (.word, .flag(let value)): .word(value ? "true" : "false")
    case (.words, .numbers(let values)): .words(values.map(Self.word))
    case (.words, .word(let word)): .words([word])
    default: argument
    }
  }

  /// A whole number without a point.
  private static func word(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }

  func accepts(_ argument: MetricArgument) -> Bool {
    switch (kind, argument) {
    case (.count(let least), .number(let value)):
      value >= Double(least) && value <= 0x1p53 && value == value.rounded()
    case (.share, .number(let value)): value >= 0 && value <= 1
    case (.number, .number(let value)): value.isFinite
    case (.positive, .number(let value)): value > 0 && value.isFinite
    case (.flag, .flag), (.word, .word), (.words, .words): true
    case (.choice(let words), .word(let word)): words.contains(word)
    case (.numbers, .numbers(let values)): values.allSatisfy(\.isFinite)
    case (.zeroDivision, .number(let value)): value == 0 || value == 1 || value.isNaN
    case (.zeroDivision, .word(let word)): ["nan", "NaN", "warn"].contains(word)
    default: false
    }
  }
}

extension MetricParameter {
  /// Every metric takes it.
  package static let sklearnCompat = MetricParameter(
    "sklearn_compat", .flag, or: .flag(false),
    "Where the metric is undefined, answer as scikit-learn does by default (0.0, 1.0) instead of saying so.")
  package static let zeroDivision = MetricParameter(
    "zero_division", .zeroDivision,
    "What a division by zero answers: 0, 1, or nan (such classes leave an average). Without it the metric is undefined."
  )
  package static let beta = MetricParameter(
    "beta", .positive, required: true, "How much recall counts against precision: 2 favours recall, 0.5 precision.")
  package static let bins = MetricParameter("bins", .count(least: 1), or: .number(10), "How many bins of scores.")
}
