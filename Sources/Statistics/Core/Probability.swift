internal import CNumerics
internal import Glibc

/// A probability with its decimal logarithm, which still tells tails apart that are below the smallest double.
///
/// A p-value is computed as a tail, never as one minus the other tail.
package struct Probability: Sendable, Hashable {
  /// Between 0 and 1; 0 where it is below 5e-324.
  package let value: Double
  /// log10 of it; -infinity only of what cannot happen.
  package let log10: Double

  package static let zero = Probability(0)
  package static let one = Probability(1)

  package init(_ value: Double) {
    self.value = min(max(value, 0), 1)
    self.log10 = Glibc.log10(self.value)
  }

  /// The probability whose decimal logarithm this is.
  package init(log10: Double) {
    self.log10 = min(log10, 0)
    self.value = Glibc.pow(10, self.log10)
  }

  init(_ probability: cn_probability) {
    value = probability.p
    log10 = min(probability.log10_p, 0)
  }

  /// Twice the probability, at most 1: the two-sided p-value of a symmetric statistic from one tail.
  package var doubled: Probability {
    value >= 0.5 ? .one : value > 0 ? Probability(value * 2) : Probability(log10: log10 + Glibc.log10(2))
  }
}

extension Probability: Comparable {
  package static func < (lhs: Probability, rhs: Probability) -> Bool {
    lhs.value == rhs.value ? lhs.log10 < rhs.log10 : lhs.value < rhs.value
  }
}

extension Probability: CustomStringConvertible {
  /// What no double can hold is told as smaller than the smallest, never as 0.
  package var description: String {
    if value > 0 || log10 == -.infinity { return "\(value)" }
    return "<1e-308"
  }
}
