/// Whether several samples come from one distribution, with weight on the tails.
package struct AndersonDarling: Sendable {
  /// Which form of the distribution functions is compared.
  package enum Variant: String, Sendable, CaseIterable {
    /// The mean of the left and the right limit: for values with ties and without.
    case midrank
    /// The right limit.
    case right
    /// One step a value, as if there were no ties.
    case continuous
  }

  package static let method = Method(
    "anderson-darling", aliases: ["anderson-ksamp", "anderson-darling-k-sample", "scholz-stephens"],
    computes: """
      The squared distances between each sample's distribution function and the pooled one, each divided by the pooled \
      function's variance there, summed over all values and samples; less its mean k - 1, divided by its standard \
      deviation under the null hypothesis. The p-value is that of random permutations, (b + 1)/(R + 1).
      """,
    use: """
      To compare two or more samples when changes in the tails matter: it sees them where kolmogorov-smirnov does not. The \
      tables that other libraries read end at 0.25 and 0.001, which no correction for many columns survives; permutations \
      have no such ends, but take a walk through all values each.
      """,
    source: "Scholz and Stephens, J. Am. Stat. Assoc. 82 (1987), equations 3, 6 and 7")

  /// The sum of weighted squared distances, less its mean, in standard deviations.
  package let statistic: Double
  private let sum: Double
  private let sizes: [Int]
  private let pooled: PooledOrder
  private let seed: Seed

  /// At least two samples, four values and two different ones. Infinities are values like others. O(N k).
  package init(_ samples: [[Double]], variant: Variant = .midrank) throws(Undefined) {
    guard samples.count > 1 else { throw .tooFew("samples", needed: 2, got: samples.count) }
    for sample in samples { try Sample.requireOrdered(sample) }
    let values = samples.flatMap { $0 }
    guard values.count > 3 else { throw .tooFew("values", needed: 4, got: values.count) }
    sizes = samples.map(\.count)
    let order = RadixSort.order(values).map(Int.init)
    let labels = sizes.enumerated().flatMap { label, size in [Int32](repeating: Int32(label), count: size) }
    guard values[order[0]] < values[order[order.count - 1]] else { throw .allEqual }
    pooled = PooledOrder(order.map { values[$0] }, sizes, variant)
    sum = pooled.statistic(order.map { labels[$0] })
    statistic = (sum - Double(sizes.count - 1)) / Self.variance(sizes).squareRoot()
    seed = Seed("anderson-darling", sizes.map(Double.init), values)
  }

  /// The p-value by random permutations: the same for the same samples, for any number of threads. O(replicates N k).
  package func p(replicates: Int = 9_999, threads: Int? = nil) async throws(Undefined) -> Probability {
    let pooled = pooled
    return try await Relabelling.upper(sum, sizes: sizes, replicates: replicates, seed: seed, threads: threads) {
      pooled.statistic($0)
    }
  }

  /// Equation 4 of the paper.
  private static func variance(_ sizes: [Int]) -> Double {
    let total = sizes.reduce(0, +)
    let (n, k) = (Double(total), Double(sizes.count))
    let inverse = CompensatedSum(sizes.map { 1 / Double($0) }).value
    var (h, g) = (0.0, 0.0)
    // h = sum of 1/i and g = sum over i < j of 1/((n - i) j), for i and j below n.
    for i in stride(from: total - 1, to: 1, by: -1) {
      h += 1 / Double(i)
      g += h / Double(total + 1 - i)
    }
    h += 1
    let a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse
    let b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6
    let c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h
    let d = (2 * h + 6) * k * k - 4 * h * k
    return (((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3))
  }
}

/// The pooled values in ascending order: what of the statistic does not depend on the samples that they belong to.
private struct PooledOrder: Sendable {
  /// A term of the sum over the pooled values.
  private struct Step {
    /// The values up to here, in ascending order, are at most this step's value.
    var end: Int
    /// How many values the pooled distribution function counts here.
    var position: Double
    /// What the squared distance is multiplied with.
    var weight: Double
  }

  private let steps: [Step]
  private let sizes: [Int]
  private let total: Double
  private let usesMidranks: Bool

  init(_ sorted: [Double], _ sizes: [Int], _ variant: AndersonDarling.Variant) {
    self.sizes = sizes
    let n = Double(sorted.count)
    total = n
    usesMidranks = variant == .midrank
    var steps = [Step]()
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let length = Double(end - start)
      switch variant {
      case .midrank:
        let middle = Double(start) + length / 2
        let weight = (n - 1) / n * length / n / (middle * (n - middle) - n * length / 4)
        steps.append(Step(end: end, position: middle, weight: weight))
      case .right:
        steps.append(Self.step(end, end, n, length))
      case .continuous:
        for position in start + 1...end { steps.append(Self.step(end, position, n, 1)) }
      }
      start = end
    }
    self.steps = steps
  }

  /// The last position weighs nothing: there both distribution functions are 1.
  private static func step(_ end: Int, _ position: Int, _ n: Double, _ length: Double) -> Step {
    let at = Double(position)
    return Step(end: end, position: at, weight: at < n ? length / n / (at * (n - at)) : 0)
  }

  /// The sum of equation 3, 6 or 7 for the samples that the labels, in the order of the values, say.
  func statistic(_ labels: [Int32]) -> Double {
    var counts = [Int](repeating: 0, count: sizes.count)
    var before = counts
    var sums = [Double](repeating: 0, count: sizes.count)
    var start = 0
    for step in steps {
      for index in start..<step.end { counts[Int(labels[index])] += 1 }
      for sample in sizes.indices {
        let count = usesMidranks ? Double(counts[sample] + before[sample]) / 2 : Double(counts[sample])
        let distance = total * count - step.position * Double(sizes[sample])
        sums[sample] += step.weight * distance * distance
        before[sample] = counts[sample]
      }
      start = step.end
    }
    return zip(sums, sizes).reduce(0) { $0 + $1.0 / Double($1.1) }
  }
}
