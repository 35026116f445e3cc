/// One value of a series, and the step at which it stands: a day, an hour, a run. A step without a value is a gap.
package struct SeasonalValue: Sendable, Hashable {
  package var step: Int
  package var value: Double

  package init(step: Int, _ value: Double) {
    self.step = step
    self.value = value
  }
}
