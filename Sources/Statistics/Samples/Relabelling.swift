/// Statistics of values whose labels are dealt out at random: what permutation tests of several samples compare with.
enum Relabelling {
  /// The statistic of so many random deals. The labels 0, 1, … are as many as the sizes say. Deterministic in the seed,
  /// for any number of threads. O(replicates * N), besides the statistic.
  static func statistics(
    sizes: [Int], replicates: Int, seed: Seed, threads: Int?, _ statistic: @escaping @Sendable ([Int32]) -> Double
  ) async -> [Double] {
    let dealt = sizes.enumerated().flatMap { label, size in [Int32](repeating: Int32(label), count: size) }
    return await Replicates.run(max(0, replicates), seed: seed, threads: threads, scratch: { dealt }) {
      labels, random in
      // Every replicate starts from the same order, so that it depends on its own numbers alone.
      for index in dealt.indices { labels[index] = dealt[index] }
      for index in stride(from: dealt.count - 1, to: 0, by: -1) {
        labels.swapAt(index, random.index(below: UInt32(truncatingIfNeeded: index + 1)))
      }
      return statistic(labels)
    }
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
