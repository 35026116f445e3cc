/// Statistics of values whose labels are dealt out at random: what permutation tests of several samples compare with.
enum Relabelling {
  /// The statistic of so many random deals. The labels 0, 1, … are as many as the sizes say. Deterministic in the seed,
  /// for any number of threads. O(replicates * N), besides the statistic.
  static func statistics(
    sizes: [Int], replicates: Int, seed: Seed, threads: Int?, _ statistic: @escaping @Sendable ([Int32]) -> Double
  ) async -> [Double] {
    // Only the places of the other samples are drawn: what is left belongs to the largest.
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
    let others = sizes.indices.filter { $0 != largest }.flatMap { [Int32](repeating: Int32($0), count: sizes[$0]) }
    let total = sizes.reduce(0, +)
    let start = Deal(
      labels: .init(repeating: Int32(largest), count: total), places: Array(0..<total), swaps: others.map { _ in 0 })
    return await Replicates.run(max(0, replicates), seed: seed, threads: threads, scratch: { start }) { deal, random in
      for (index, label) in others.enumerated() {
        deal.swaps[index] = index + random.index(below: UInt32(truncatingIfNeeded: total - index))
        deal.places.swapAt(index, deal.swaps[index])
        deal.labels[deal.places[index]] = label
      }
      let result = statistic(deal.labels)
      // Every replicate starts from the same order, so that it depends on its own numbers alone.
      for index in others.indices.reversed() {
        deal.labels[deal.places[index]] = Int32(largest)
        deal.places.swapAt(index, deal.swaps[index])
      }
      return result
    }
  }

  private struct Deal: Sendable {
    var labels: [Int32]
    var places: [Int]
    var swaps: [Int]
  }

  /// The p-value of a statistic of which large values are extreme. Those within rounding of it count as equal.
  static func upper(
    _ observed: Double, sizes: [Int], replicates: Int, seed: Seed, threads: Int?,
    _ statistic: @escaping @Sendable ([Int32]) -> Double
  ) async throws(Undefined) -> Probability {
    let values = await statistics(sizes: sizes, replicates: replicates, seed: seed, threads: threads, statistic)
    let threshold = observed - 1e-12 * observed.magnitude
    return try MonteCarloP.p(extreme: values.count { $0 >= threshold }, of: values.count)
  }
}
