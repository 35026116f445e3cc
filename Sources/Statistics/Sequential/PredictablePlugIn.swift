internal import Glibc

/// The stake for the next observation, from those before it alone: what makes a bet fair.
///
/// Waudby-Smith and Ramdas, J. R. Statist. Soc. B 86 (2024), equations (14) and (15): the mean and variance are drawn
/// towards 1/2 and 1/4, and stakes fall as the variance and the number of observations grow.
struct PredictablePlugIn: Sendable, Hashable {
  private(set) var count = 0
  private(set) var mean = 0.5
  private var sum = 0.5
  private var squares = 0.25
  private let level: Double

  init(confidence: Double) { level = 2 * (log(2) - log1p(-confidence)) }

  /// The stake for the next observation.
  var stake: Double {
    let t = Double(count + 1)
    return (level / (squares / t * t * log1p(t))).squareRoot()
  }

  /// Takes an observation in 0...1.
  mutating func update(_ share: Double) {
    count += 1
    let n = Double(count) + 1
    sum += share
    mean = sum / n
    squares += (share - mean) * (share - mean)
  }
}
