internal import Glibc

/// What the categories of columns that have too many of them for an indicator each tell of which sample a row is of.
///
/// A quarter of the rows teaches how often a category comes in each sample, and is not looked at again: so nothing that the
/// others are judged by was learnt from them. Without such columns no row is given away.
struct CategoryOdds {
  /// The rows that are left to judge.
  private(set) var rows: [Int]
  /// Of such columns a number of each of these rows: the logarithm of how much more frequent its category is in the second
  /// sample, 0 for one that the other rows do not have.
  private(set) var features: [(column: Int, values: [Double])] = []

  /// A share of the rows in categories without an indicator that is worth it.
  private static let least = 0.05
  /// Of so many rows one teaches.
  private static let step = 4

  /// - Parameters:
  ///   - columns: of each the values of all rows.
  ///   - labels: whether a row is of the second sample.
  ///   - copies: rows of both samples, of which neither is judged when the other one teaches.
  init(_ columns: [[CrossFittedArea.Value]], labels: [Bool], _ copies: SharedRows, seed: Seed) {
    rows = Array(labels.indices)
    let many = columns.indices.filter { Self.hasMany(columns[$0]) }
    let sizes = [false, true].map { label in labels.count { $0 == label } }
    guard !many.isEmpty, sizes.allSatisfy({ $0 >= Self.step * DomainClassifier.leastRows }) else { return }
    var random = Philox(seed, stream: 1)
    var teaches = [Bool](repeating: false, count: labels.count)
    for label in [false, true] {
      let own = labels.indices.filter { labels[$0] == label }.shuffled(using: &random)
      func hasTeacher(_ row: Int) -> Bool { copies.partners[row].map { teaches[$0] } ?? false }
      let isFirst = !label
      let order = isFirst ? own : own.filter(hasTeacher) + own.filter { copies.partners[$0] == nil }
      for row in order.prefix(own.count / Self.step) { teaches[row] = true }
    }
    rows = labels.indices.filter { row in
      !teaches[row] && copies.partners[row].map { !teaches[$0] } ?? true
    }
    let share = Double(sizes[1]) / Double(labels.count)
    for column in many {
      var counts: [CrossFittedArea.Value: (first: Double, second: Double)] = [:]
      for row in labels.indices where teaches[row] {
        if labels[row] {
          counts[columns[column][row], default: (0, 0)].second += 1
        } else {
          counts[columns[column][row], default: (0, 0)].first += 1
        }
      }
      let values = rows.map { row -> Double in
        let count = counts[columns[column][row]] ?? (first: 0, second: 0)
        return log((count.second + share) / share) - log((count.first + 1 - share) / (1 - share))
      }
      features.append((column, values))
    }
  }

  /// Whether many rows are in categories beside the most frequent ones.
  private static func hasMany(_ column: [CrossFittedArea.Value]) -> Bool {
    var counts: [CrossFittedArea.Value: Int] = [:]
    for value in column { if case .category = value { counts[value, default: 0] += 1 } }
    guard counts.count > EncodedColumns.categories else { return false }
    let rest = counts.values.sorted(by: >).dropFirst(EncodedColumns.categories).reduce(0, +)
    return Double(rest) >= least * Double(column.count)
  }
}
