internal import Language
internal import Statistics
internal import Verdict

extension CanaryEffect {
  /// A change of a number that must not grow, by the part of a margin that was written: a difference, or a share of the
  /// baseline's number.
  ///
  /// - Parameter name: what the number is called in the sentence that `words` begin.
  init(
    change words: String, called name: String = "a change by", of sides: (candidate: Double, baseline: Double),
    by margin: Margin,
    difference: @autoclosure () throws(Undefined) -> ConfidenceInterval,
    ratio: @autoclosure () throws(Undefined) -> ConfidenceInterval,
    unit: Quantity.Unit, count: Int, needed: Int = 1, of counted: String = "pairs of requests", method: String
  ) throws(Undefined) {
    self.init(
      words: "\(words), \(name)", value: Quantity(0, unit), baseline: Quantity(sides.baseline, unit),
      interval: ConfidenceInterval(lower: 0, upper: 0, confidence: 0), limit: Quantity(0, unit), count: count,
      needed: needed, unit: counted, method: method)
    if let relative = margin.relative {
      var interval = try ratio()
      interval.lower -= 1
      interval.upper -= 1
      self.interval = interval
      value = Quantity(sides.candidate / sides.baseline - 1, .share)
      limit = Quantity(relative, .share)
    } else {
      interval = try difference()
      value = Quantity(sides.candidate - sides.baseline, unit)
      limit = Quantity(margin.absolute ?? 0, unit)
    }
    // A number without a value may not stand in a report.
    if !value.value.isFinite { value.value = .infinity }
  }
}
