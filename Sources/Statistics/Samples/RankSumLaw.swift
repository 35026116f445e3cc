/// The exact law of the Mann-Whitney U for samples without ties: all orders of the pooled samples are equally likely.
struct RankSumLaw {
  /// Orders are counted for at most so many pairs of values; beyond, the normal limit is precise.
  private static let mostPairs = 10_000

  private let pairs: Int
  /// P(U = 0), P(U = 1), … up to the middle; the other half mirrors it.
  private let masses: [Double]

  static func isAffordable(_ first: Int, _ second: Int) -> Bool {
    let pairs = first.multipliedReportingOverflow(by: second)
    return !pairs.overflow && pairs.partialValue <= mostPairs
  }

  /// O((m n)^2). U of m + n values follows from whether the largest belongs to the first sample: all terms are positive.
  init(_ first: Int, _ second: Int) throws(Undefined) {
    guard Self.isAffordable(first, second) else {
      throw .outsideDomain("the exact law of U is for samples of at most 10,000 pairs; use the normal one")
    }
    let (few, many) = (min(first, second), max(first, second))
    let half = first * second / 2
    let width = half + 1
    // The k-th row is the law of U for k values of the smaller sample and what is left of the larger.
    var law = [Double](repeating: 0, count: (few + 1) * width)
    law[0] = 1
    for total in 1...(few + many) {
      for k in stride(from: min(total, few), through: max(1, total - many), by: -1) {
        let others = total - k
        let (isFew, isOther) = (Double(k) / Double(total), Double(others) / Double(total))
        let (row, before) = (k * width, (k - 1) * width - others)
        for u in 0...min(half, k * others) {
          // The largest value of the smaller sample exceeds all the others.
          law[row + u] = isOther * law[row + u] + (u >= others ? isFew * law[before + u] : 0)
        }
      }
    }
    pairs = first * second
    masses = Array(law[few * width..<(few + 1) * width])
  }

  /// P(U >= u).
  func upper(_ u: Int) -> Probability {
    if u <= 0 { return .one }
    if 2 * u > pairs { return Probability(lowerSum(pairs - u)) }
    return Probability(1 - lowerSum(u - 1))
  }

  /// The largest k of which P(U < k) is at most the share; 0 when not even P(U = 0) is.
  func lowerCount(share: Double) -> Int {
    var sum = CompensatedSum()
    for (u, mass) in masses.enumerated() {
      sum.add(mass)
      if sum.value > share { return u }
    }
    return masses.count
  }

  private func lowerSum(_ u: Int) -> Double { u < 0 ? 0 : masses[...u].compensatedSum }
}
