/// Where the next value of a series is expected. It is made of the values before that one alone.
package struct PredictionBand: Sendable, Hashable {
  package var lower: Double
  package var expected: Double
  package var upper: Double
  /// The share of bands made so that hold the next value: 0.99. Nil for a bound that claims no such share.
  package var confidence: Double?

  init(lower: Double, expected: Double, upper: Double, confidence: Double?) {
    self.lower = lower
    self.expected = expected
    self.upper = upper
    self.confidence = confidence
  }

  /// A symmetric band. Throws when it is beyond the range of doubles, or when it has no width: values that did not vary
  /// say nothing of how far the next one may lie, so that only a floor does.
  init(
    around expected: Double, halfWidth: Double, confidence: Double?, floor: BandFloor
  ) throws(Undefined) {
    let width = max(halfWidth, floor.halfWidth(around: expected))
    guard width.isFinite, expected.isFinite, (expected - width).isFinite, (expected + width).isFinite else {
      throw .outOfRange
    }
    guard width > 0 else { throw .zeroVariance }
    self.init(lower: expected - width, expected: expected, upper: expected + width, confidence: confidence)
  }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The band with at least the width of the floor.
  func widened(to floor: BandFloor) -> PredictionBand {
    let width = floor.halfWidth(around: expected)
    var band = self
    band.lower = min(lower, expected - width)
    band.upper = max(upper, expected + width)
    return band
  }
}

/// How far a value may lie from the expected one whatever the history says: what keeps a series that hardly ever varies
/// from failing for a change that nobody minds.
package struct BandFloor: Sendable, Hashable {
  package var absolute: Double
  /// A share of the expected value.
  package var relative: Double

  package static let none = BandFloor()

  package init(absolute: Double = 0, relative: Double = 0) {
    self.absolute = absolute
    self.relative = relative
  }

  func halfWidth(around expected: Double) -> Double { max(absolute, relative * expected.magnitude) }

  /// Throws for a floor that is none.
  func require() throws(Undefined) {
    guard absolute >= 0, relative >= 0, absolute.isFinite, relative.isFinite else {
      throw .outsideDomain("a floor must not be negative")
    }
  }
}
