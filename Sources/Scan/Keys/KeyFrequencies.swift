internal import Glibc

/// How often keys come: for every number of times how many keys come as often, and which come most often.
///
/// Of n rows there are at most √(2n) such numbers.
struct KeyFrequencies: Sendable, Equatable {
  /// More keys than these that come equally often are not named.
  static let leaderLimit = 1000

  /// How many keys come how often.
  private(set) var keys: [Int: Int] = [:]
  /// How often the most frequent keys come.
  private(set) var greatest = 0
  /// The keys that do, in no order; nil when they are too many.
  private(set) var leaders: [[UInt8]]? = []

  /// Counts a key.
  ///
  /// - Parameter rows: in how many rows it comes.
  mutating func add(_ key: @autoclosure () -> [UInt8], rows: Int) {
    keys[rows, default: 0] += 1
    if rows > greatest { (greatest, leaders) = (rows, []) }
    guard rows == greatest, let count = leaders?.count else { return }
    if count < Self.leaderLimit { leaders?.append(key()) } else { leaders = nil }
  }

  /// Takes in the frequencies of other keys.
  mutating func merge(_ other: KeyFrequencies) {
    keys.merge(other.keys, uniquingKeysWith: +)
    if other.greatest > greatest {
      (greatest, leaders) = (other.greatest, other.leaders)
    } else if other.greatest == greatest {
      leaders = leaders.flatMap { ours in other.leaders.map { ours + $0 } }
      if leaders?.count ?? 0 > Self.leaderLimit { leaders = nil }
    }
  }

  /// The entropy of the keys, in nats: -Σ p ln p over their shares p of the rows; 0 when there are none.
  var entropy: Double {
    let total = Double(keys.reduce(0) { $0 + $1.key * $1.value })
    // In an order that no hash decides: a sum depends on it.
    let sum = keys.sorted { $0.key < $1.key }.reduce(0.0) { sum, next in
      let share = Double(next.key) / total
      return sum - Double(next.value) * share * log(share)
    }
    return max(0, sum)
  }
}
