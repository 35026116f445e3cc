internal import Glibc

extension HyperLogLog {
  /// About how many different values there are: by the coupons, by history, or by the registers alone.
  package var estimate: Double {
    registers.isEmpty ? couponEstimate : hip ?? registerEstimate
  }

  /// Whether there are so few values that they are counted: the number is off by one less than once in a thousand times.
  package var isCounted: Bool { registers.isEmpty }

  /// The standard error of the estimate, relative to it.
  package var relativeStandardError: Double {
    if registers.isEmpty { return Self.couponError }
    // sqrt(ln 2) with history, sqrt(3 ln 2 - 1) without, over the square root of the number of registers.
    return (hip != nil ? 0.832_554_6 : 1.038_961_8) / Double(registers.count).squareRoot()
  }

  /// The interval of so many standard errors, 1, 2 or 3, around the estimate.
  ///
  /// The error is taken as log-normal, which is symmetric in ratios as the register sums are; never below the number
  /// of values that must be different.
  package func bounds(standardErrors: Int) -> ClosedRange<Double> {
    let ratio = exp(Double(standardErrors) * relativeStandardError)
    let certain = Double(registers.isEmpty ? couponCount : registers.count { $0 > 0 })
    return max(estimate / ratio, min(certain, estimate))...estimate * ratio
  }

  /// The greatest relative standard error of a set of coupons: DataSketches states 0.409 / 2^13.
  private static let couponError = 0.409 / 8192

  /// The number of values whose coupons are this many: two values share one with probability 2^-26 / 3, so that n
  /// values make n - n² / (6 · 2^26) coupons; the neglected terms are below 10^-6 of n.
  var couponEstimate: Double {
    let count = Double(couponCount)
    return count + count * count / (6 * 67_108_864)
  }

  /// The improved raw estimator of Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
  /// algorithm 6: good in the whole range without tables.
  private var registerEstimate: Double {
    let last = 63  // The greatest value a register can have; it is as likely as the one before it.
    var histogram = [Int](repeating: 0, count: last + 1)
    for value in registers { histogram[Int(value)] += 1 }
    let all = Double(registers.count)
    var sum = all * Self.tau(1 - Double(histogram[last]) / all)
    for value in stride(from: last - 1, through: 1, by: -1) { sum = 0.5 * (sum + Double(histogram[value])) }
    sum += all * Self.sigma(Double(histogram[0]) / all)
    return all * all / (2 * 0.693_147_180_559_945_3 * sum)
  }

  private static func sigma(_ share: Double) -> Double {
    guard share < 1 else { return .infinity }
    var power = share
    var weight = 1.0
    var sum = share
    while true {
      power *= power
      let next = sum + power * weight
      if next == sum { return sum }
      sum = next
      weight += weight
    }
  }

  private static func tau(_ share: Double) -> Double {
    guard share > 0, share < 1 else { return 0 }
    var root = share
    var weight = 1.0
    var sum = 1 - share
    while true {
      root = root.squareRoot()
      weight *= 0.5
      let next = sum - (1 - root) * (1 - root) * weight
      if next == sum { return sum / 3 }
      sum = next
    }
  }
}
