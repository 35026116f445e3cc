internal import Language
internal import Statistics
internal import Verdict

extension CanaryEffect {
  /// How much worse a number has become, by the part of a margin that was written: a difference, or a share of the size of
  /// the baseline's number, which may be a negative one.
  ///
  /// - Parameters:
  ///   - name: what the change is called in the sentence that `words` begin.
  ///   - isHigherBetter: whether the number must not fall; else it must not grow.
  ///   - difference: the candidate's number less the baseline's.
  ///   - ratio: the candidate's number over the baseline's.
  init(
    change words: String, called name: String = "a change by", of sides: (candidate: Double, baseline: Double),
    by margin: Margin, isHigherBetter: Bool = false,
    difference: @autoclosure () throws(Undefined) -> ConfidenceInterval,
    ratio: @autoclosure () throws(Undefined) -> ConfidenceInterval,
    unit: Quantity.Unit, count: Int, needed: Int = 1, of counted: String = "pairs of requests", method: String
  ) throws(Undefined) {
    self.init(
      words: "\(words), \(name)", value: Quantity(0, unit), baseline: Quantity(sides.baseline, unit),
      interval: ConfidenceInterval(lower: 0, upper: 0, confidence: 0), limit: Quantity(0, unit), count: count,
      needed: needed, unit: counted, method: method)
    let (change, span): (Double, ConfidenceInterval)
    var isTurned = isHigherBetter
    if let relative = margin.relative {
      (change, span) = (sides.candidate / sides.baseline - 1, try ratio().moved(by: -1))
      // Of a negative number the quotient grows as the number falls.
      if sides.baseline < 0 { isTurned.toggle() }
      limit = Quantity(relative, .share)
    } else {
      (change, span) = (sides.candidate - sides.baseline, try difference())
      limit = Quantity(margin.absolute ?? 0, unit)
    }
    interval = isTurned ? span.negated : span
    value = Quantity(isTurned ? -change : change, margin.relative == nil ? unit : .share)
    // A number without a value may not stand in a report.
    if !value.value.isFinite { value.value = .infinity }
  }
}

extension ConfidenceInterval {
  fileprivate func moved(by distance: Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: lower + distance, upper: upper + distance, confidence: confidence)
  }
}
