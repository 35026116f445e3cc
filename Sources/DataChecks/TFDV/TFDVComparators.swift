package import Language
internal import Verdict

/// What TensorFlow Data Validation's schema says of a feature in `drift_comparator` or `skew_comparator`, by its words.
package struct TFDVComparators: Sendable {
  package var infinityNorm: Comparator?
  package var jensenShannon: Comparator?
  package var normalizedAbsDifference: Comparator?

  package struct Comparator: Sendable {
    package var threshold = Located(0.0, at: SourceLocation(file: "", line: 0, column: 0))
    package var source = Source.standard
  }

  /// Which histogram of numbers is compared.
  package enum Source: String, Sendable, CaseIterable { case standard, quantiles }

  package init() {}

  static var shape: Shape<TFDVComparators> {
    .object(
      TFDVComparators(),
      [
        .optional("infinity_norm", \.infinityNorm, comparator([]), "The largest change of the share of a value."),
        .optional(
          "jensen_shannon_divergence", \.jensenShannon, comparator([source]),
          "Of the values' shares, or of ten buckets of numbers, in bits."),
        .optional(
          "normalized_abs_difference", \.normalizedAbsDifference, comparator([]),
          "The largest change of the count of a value, over the sum of all counts of both."),
      ]
    ) { comparators, node, problems in
      if comparators.all.isEmpty { problems.report("a comparator is missing here", at: node.location) }
    }
  }

  private static func comparator(_ further: [Key<Comparator>]) -> Shape<Comparator> {
    let threshold = Shape<Double>.number.map { value, node, problems -> Double? in
      if value >= 0 { return value }
      problems.report("a threshold is never below 0", at: node.location)
      return nil
    }
    return .object(
      Comparator(),
      [.key("threshold", \.threshold, threshold.located, "The greatest value that passes.", required: true)] + further)
  }

  private static var source: Key<Comparator> {
    .key("source", \.source, .choice, "Ten buckets of equal width (standard), or of equal mass (quantiles).")
  }

  /// Those that are given, in their order, by name.
  var all: [(name: Name, comparator: Comparator)] {
    [
      (.infinityNorm, infinityNorm), (.jensenShannon, jensenShannon),
      (.normalizedAbsDifference, normalizedAbsDifference),
    ]
    .compactMap { name, comparator in comparator.map { (name, $0) } }
  }

  enum Name: String, Sendable {
    case infinityNorm = "infinity_norm"
    case jensenShannon = "jensen_shannon_divergence"
    case normalizedAbsDifference = "normalized_abs_difference"
  }
}
