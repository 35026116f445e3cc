/// How often the values of a column come, as far as an aggregate knows.
package protocol CountedValues: Sendable {
  /// The counts of rows and nulls; every value is evaluated.
  var counts: ViolationSummary { get }
  /// Whether every value was counted.
  var isExact: Bool { get }
  /// Between which numbers the count of the most frequent value lies.
  var greatestCount: ClosedRange<Int> { get }
  /// The values that may be the most frequent one, as they are written, in full and in the order of these texts: several
  /// when they come equally often, or when it is not known which comes most often. Nil when others may be it, too.
  var leaders: [String]? { get }
  /// Between which numbers the entropy of the values lies, in nats: -Σ p ln p over their shares p.
  var entropy: ClosedRange<Double> { get }
}
