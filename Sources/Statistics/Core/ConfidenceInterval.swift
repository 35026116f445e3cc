/// What a parameter may be, with so much confidence. A one-sided interval has an infinite end, or that of the domain.
package struct ConfidenceInterval: Sendable, Hashable {
  package var lower: Double
  package var upper: Double
  /// The share of intervals made so that cover the parameter: 0.95.
  package var confidence: Double

  package init(lower: Double, upper: Double, confidence: Double) {
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }

  package var width: Double { upper - lower }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The interval of the negated parameter.
  package var negated: ConfidenceInterval { .init(lower: -upper, upper: -lower, confidence: confidence) }
}

/// An estimate with its interval.
package struct Estimate: Sendable, Hashable {
  package var value: Double
  package var interval: ConfidenceInterval

  package init(_ value: Double, _ interval: ConfidenceInterval) {
    self.value = value
    self.interval = interval
  }
}
