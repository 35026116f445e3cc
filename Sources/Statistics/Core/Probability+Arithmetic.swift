internal import Glibc

extension Probability {
  /// Where values lose no digits yet to the edge of the doubles' range.
  private static let exact = 1e-290

  /// So many times the probability, at most 1. A factor above 0.
  func times(_ factor: Double) -> Probability {
    let product = value * factor
    if value > Self.exact, product > Self.exact { return Probability(product) }
    return log10 == -.infinity ? .zero : Probability(log10: log10 + Glibc.log10(factor))
  }

  /// The probability of one or the other of two events that exclude each other.
  static func + (first: Probability, second: Probability) -> Probability {
    let sum = first.value + second.value
    if sum > exact { return Probability(sum) }
    let (less, greater) = (min(first.log10, second.log10), max(first.log10, second.log10))
    if greater == -.infinity { return .zero }
    return Probability(log10: greater + log1p(pow(10, less - greater)) / log(10))
  }

  /// The probability e^logarithm * factor, of which the logarithm may be far below that of any double.
  init(exponential logarithm: Double, times factor: Double = 1) {
    let value = exp(logarithm) * factor
    self = value > Self.exact ? Probability(value) : Probability(log10: (logarithm + log(factor)) / log(10))
  }

  /// The p-values that these numbers are. Throws for a number that is none, NaN included.
  package static func values(_ numbers: [Double]) throws(Undefined) -> [Probability] {
    try Sample.requireFinite(numbers)
    guard numbers.allSatisfy({ 0...1 ~= $0 }) else { throw .outsideDomain("a p-value must be between 0 and 1") }
    return numbers.map { Probability($0) }
  }
}
