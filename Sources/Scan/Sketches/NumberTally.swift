/// Different numbers in their order, each with how many rows hold it.
struct NumberTally: Sendable, Equatable {
  private(set) var values: [Double] = []
  private(set) var counts: [Int] = []

  init() {}

  /// Counted numbers in any order, which may come more than once; nil when they are not counted. O(n log n).
  init?(_ numbers: Numbers) {
    guard let counts = numbers.counts else { return nil }
    for index in numbers.values.indices.sorted(by: { numbers.values[$0] < numbers.values[$1] }) {
      append(numbers.values[index], counts[index])
    }
  }

  /// Adds the numbers of another tally. O(the values of both).
  mutating func merge(_ other: NumberTally) {
    let ours = self
    self = NumberTally()
    values.reserveCapacity(ours.values.count + other.values.count)
    counts.reserveCapacity(ours.values.count + other.values.count)
    var (one, two) = (0, 0)
    while one < ours.values.count || two < other.values.count {
      if two == other.values.count || (one < ours.values.count && ours.values[one] <= other.values[two]) {
        append(ours.values[one], ours.counts[one])
        one += 1
      } else {
        append(other.values[two], other.counts[two])
        two += 1
      }
    }
  }

  /// Adds a number that is at least as great as all others.
  private mutating func append(_ value: Double, _ count: Int) {
    if values.last == value {
      counts[counts.count - 1] += count
    } else {
      values.append(value)
      counts.append(count)
    }
  }

  /// The number of a rank, from 1, among those of all rows; nil when there are not so many.
  func value(ofRank rank: Int) -> Double? {
    var upTo = 0
    for (value, count) in zip(values, counts) {
      upTo += count
      if rank <= upTo { return value }
    }
    return nil
  }

  var numbers: Numbers { Numbers(values, counts: counts) }

  /// The memory that the tally holds, in bytes.
  var footprint: Int { Footprint.of(values) + Footprint.of(counts) }
}
