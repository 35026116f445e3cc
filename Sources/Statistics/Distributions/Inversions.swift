internal import CNumerics
internal import Glibc

/// How many pairs of a random order of so many different things stand the wrong way round.
struct Inversions {
  let count: Int

  /// P(X <= k), by recurrence; beyond 34 things for at most one pair, or all but one. O(count^4).
  func lower(_ k: Int) -> Probability {
    let all = count * (count - 1) / 2
    if k >= all { return .one }
    // 1 order has no inversion, and count - 1 have one.
    if k <= 1 {
      return Probability(exponential: -cn_log_gamma(Double(count) + 1), times: k < 0 ? 0 : k == 0 ? 1 : Double(count))
    }
    if k == all - 1, count > 34 { return .one }
    return Probability(masses().prefix(k + 1).compensatedSum)
  }

  /// The probabilities of each number of inversions: the next thing stands before 0, 1, … of those in place, each
  /// equally likely.
  private func masses() -> [Double] {
    var masses = [1.0]
    for size in stride(from: 2, through: count, by: 1) {
      var next = [Double](repeating: 0, count: masses.count + size - 1)
      for (index, mass) in masses.enumerated() {
        for moved in 0..<size { next[index + moved] += mass / Double(size) }
      }
      masses = next
    }
    return masses
  }

  /// Sorts, and counts the pairs that stood the wrong way round; equal values do not. O(n log n), by merging.
  static func sort(_ values: inout [Double]) -> Int {
    var source = values
    var target = values
    var (inversions, width) = (0, 1)
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let (middle, end) = (min(start + width, values.count), min(start + 2 * width, values.count))
        var (left, right) = (start, middle)
        for position in start..<end {
          if left < middle, right == end || source[left] <= source[right] {
            target[position] = source[left]
            left += 1
          } else {
            target[position] = source[right]
            inversions += middle - left
            right += 1
          }
        }
      }
      swap(&source, &target)
      width *= 2
    }
    values = source
    return inversions
  }
}
