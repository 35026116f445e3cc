/// Why a statistic has no value. A method throws this instead of answering NaN, an infinity or a number that means
/// nothing.
package enum Undefined: Error, Hashable, Sendable {
  /// The method needs so many values of what is named, and there are fewer.
  case tooFew(String, needed: Int, got: Int)
  /// A value is NaN or infinite; its index in its sample.
  case notFinite(index: Int)
  /// The values do not vary, and the statistic is divided by their spread.
  case zeroVariance
  /// All values are equal, and the statistic asks for an order.
  case allEqual
  /// All rows have the same class.
  case singleClass
  /// Paired samples differ in length.
  case lengthsDiffer(Int, Int)
  /// Two distributions have no category in common where the statistic needs one, or one has mass where the other has none.
  case noOverlap
  /// A category, which is named, has no observations in any sample: it says nothing, and must be left out first.
  case emptyCategory(String)
  /// There is nothing to divide by: the observations, or the weights, sum to zero.
  case noObservations
  /// A parameter is outside its domain, which is named: `confidence must be between 0 and 1`.
  case outsideDomain(String)
  /// So many of the resamples left the statistic undefined; more than a hundredth says that it is not estimable.
  case undefinedResamples(Int, of: Int)
  /// A search for a root found none.
  case noSolution(String)

  /// Sums or differences of the values are beyond the range of doubles.
  static let outOfRange = Undefined.outsideDomain("the values are too large or too far apart to compute with")
}

extension Undefined: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooFew(let what, let needed, let got): "needs at least \(needed) \(what), got \(got)"
    case .notFinite(let index): "value \(index + 1) is not a finite number"
    case .zeroVariance: "the values do not vary"
    case .allEqual: "all values are equal"
    case .singleClass: "all rows have the same class"
    case .lengthsDiffer(let first, let second): "paired samples differ in length: \(first) and \(second)"
    case .noOverlap: "the distributions do not overlap where they must"
    case .emptyCategory(let which): "\(which) has no observations"
    case .noObservations: "there are no observations"
    case .outsideDomain(let rule): rule
    case .undefinedResamples(let undefined, let all): "undefined in \(undefined) of \(all) resamples"
    case .noSolution(let what): "there is no \(what)"
    }
  }
}
