/// Whether paired differences have the mean zero, by all or many random ways to give them signs.
package enum SignFlip {
  package static let method = Method(
    "sign-flip", aliases: ["paired-permutation", "paired-randomization", "signflip"],
    computes: """
      The sum of the paired differences, compared with that of every way to give them signs: all 2^n of them while at most \
      40 differences are not zero, else random ones with p = (b + 1)/(R + 1). Two-sided counts sums at least as large in \
      magnitude.
      """,
    use: """
      To compare two models on the same rows, folds or seeds, exactly and without assuming a shape, when under the null \
      hypothesis a difference is as likely to be negative as positive. With five pairs the smallest two-sided p-value is \
      1/16: it cannot find what so few pairs cannot show.
      """,
    source: "Fisher, The Design of Experiments (1935); Horowitz and Sahni, J. ACM 21 (1974), for the counting")

  /// So many differences that are not zero can have all their signs counted.
  private static let most = 40

  /// At least one difference. Sums within rounding of the observed one count as equal to it. Exact in
  /// O(2^(n/2)), else O(replicates n).
  package static func test(
    differences: [Double], replicates: Int = 9_999, threads: Int? = nil
  ) async throws(Undefined) -> PermutationResult {
    try Sample.require(differences)
    let size = differences.reduce(0) { $0 + $1.magnitude }
    guard size.isFinite else { throw .outOfRange }
    let observed = differences.compensatedSum
    let slack = 1e-14 * size
    let flipping = differences.filter { $0 != 0 }
    if flipping.count <= most {
      return exact(differences.count <= most ? differences : flipping, observed, slack)
    }
    let values = await Replicates.run(
      max(0, replicates), seed: Seed("sign-flip", differences), threads: threads, scratch: { 0 }
    ) { (_: inout Int, random: inout Philox) in
      var sum = 0.0
      var (bits, left) = (UInt64(0), 0)
      for value in flipping {
        if left == 0 { (bits, left) = (random.next(), 64) }
        sum += bits & 1 == 0 ? value : -value
        bits >>= 1
        left -= 1
      }
      return sum
    }
    var counts = TailCounts(observed: observed, slack: slack)
    for value in values { counts.add(value) }
    return try counts.monteCarlo()
  }

  /// Every sum of all signs is one of the first half's differences plus one of the second half's. Both lists sorted, one
  /// walk counts the pairs above a limit. The law is symmetric, so that tells the other tail too.
  private static func exact(_ differences: [Double], _ observed: Double, _ slack: Double) -> PermutationResult {
    let middle = differences.count / 2
    let first = RadixSort.sorted(signedSums(differences[..<middle]))
    let second = RadixSort.sorted(signedSums(differences[middle...]))
    func atLeast(_ limit: Double) -> Int {
      var (count, j) = (0, second.count)
      for value in first {
        while j > 0, value + second[j - 1] >= limit { j -= 1 }
        count += second.count - j
      }
      return count
    }
    let all = 1 << differences.count
    let far = observed.magnitude - slack
    func share(_ count: Int) -> Probability { Probability(Double(count) / Double(all)) }
    return PermutationResult(
      observed: observed, greater: share(atLeast(observed - slack)), less: share(atLeast(-observed - slack)),
      twoSided: far > 0 ? share(2 * atLeast(far)) : .one, arrangements: all, isExact: true)
  }

  private static func signedSums(_ values: ArraySlice<Double>) -> [Double] {
    values.reduce([0]) { sums, value in sums.map { $0 + value } + sums.map { $0 - value } }
  }
}
