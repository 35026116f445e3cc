/// The errors that a plan accepts: how often it finds an effect that is not there, and how often it finds one that is.
package struct PowerTarget: Sendable, Hashable {
  package let alpha: Double
  package let power: Double
  package let alternative: Alternative

  /// Throws when alpha or the power is not between 0 and 1.
  package init(alpha: Double = 0.05, power: Double = 0.8, alternative: Alternative = .twoSided) throws(Undefined) {
    try Sample.requireShare(alpha, "alpha")
    try Sample.requireShare(power, "power")
    self.alpha = alpha
    self.power = power
    self.alternative = alternative
  }

  /// The same errors with all of alpha on one side.
  func oneSided() throws(Undefined) -> PowerTarget {
    try PowerTarget(alpha: alpha, power: power, alternative: .greater)
  }

  /// alpha in the tail that finds the effect.
  var tail: Double { alternative == .twoSided ? alpha / 2 : alpha }

  /// The z beyond which the null hypothesis is rejected, and the one that the power adds to it.
  var criticalZ: Double { Normal.upperQuantile(tail) }
  var powerZ: Double { Normal.quantile(power) }

  /// The rows, as a real number, that find an effect when one row has these standard deviations: one were there no effect,
  /// the other in truth.
  func rows(effect: Double, null: Double, truth: Double) -> Double {
    let root = max(0, criticalZ * null + powerZ * truth) / effect
    return root * root
  }

  /// The largest sample that a plan may ask for.
  package static let cap = 1_000_000_000_000_000

  /// A real number of rows, rounded up. Throws beyond the cap.
  static func rows(_ needed: Double) throws(Undefined) -> Int {
    guard needed <= Double(cap) else { throw .noSolution("sample size below 10^15") }
    return max(1, Int(needed.rounded(.up)))
  }

  /// The smallest number of rows, of at least `first`, whose power is enough. Throws beyond the cap.
  func rows(from first: Int, power: (Int) throws(Undefined) -> Double) throws(Undefined) -> Int {
    let needed = try Bisection.firstCount(from: first, upTo: Self.cap) { (count) throws(Undefined) in
      try power(count) >= self.power
    }
    guard let needed else { throw .noSolution("sample size below 10^15") }
    return needed
  }

  /// The smallest effect above 0 whose power is enough, up to the largest that there is.
  func effect(upTo largest: Double, power: (Double) throws(Undefined) -> Double) throws(Undefined) -> Double {
    guard try power(largest) >= self.power else { throw .noSolution("effect that can be detected") }
    guard try power(0) < self.power else { throw .outsideDomain("the power must be above alpha") }
    return try Bisection.border(inside: largest, outside: 0) { (effect) throws(Undefined) in
      try power(effect) >= self.power
    }
  }
}
