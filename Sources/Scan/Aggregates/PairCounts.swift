internal import Glibc

/// How often each pair of values of two columns comes: exactly, while the different pairs are few.
///
/// Values are told apart as `DuplicateKeys` tells them. A row that lacks one of them is no pair.
package struct PairCounts: Aggregate, Equatable {
  /// More different pairs than these are not counted.
  package static let limit = 65_536

  private let pair: RowScope
  private var summary = ViolationSummary()
  /// Nil once there are too many.
  private var pairs: [Pair: Int]? = [:]

  /// The bytes of both values.
  private typealias Pair = [[UInt8]]

  package struct Specification: AggregateSpecification {
    /// The groups of equal values of both.
    package var pair: RowScope

    /// - Parameter types: The declared types of the columns, by which texts are compared.
    package init(_ x: String, _ y: String, as types: [String: ValueType] = [:]) {
      pair = RowScope(by: [x, y], as: types)
    }

    package var readings: [ColumnReading] { pair.readings }
    package var empty: PairCounts { PairCounts(pair) }
  }

  private init(_ pair: RowScope) { self.pair = pair }

  package mutating func update(_ batch: Batch) {
    summary.rows += batch.rowCount
    guard pairs != nil else { return }
    let groups = BatchGroups(pair, batch, among: pair.selected(batch))
    for (pair, rows) in zip(groups.groups, groups.rows) { add(pair, rows.count) }
  }

  private mutating func add(_ pair: RowGroup, _ count: Int) {
    let values = pair.values.compactMap { $0.map { Array($0.utf8) } }
    guard values.count == self.pair.groups.count else {
      summary.nulls += count
      return
    }
    summary.evaluated += count
    pairs?[values, default: 0] += count
    if pairs?.count ?? 0 > Self.limit { pairs = nil }
  }

  package mutating func merge(_ other: PairCounts) {
    summary.merge(other.summary)
    guard let others = other.pairs, pairs != nil else { return pairs = nil }
    for (pair, count) in others { pairs?[pair, default: 0] += count }
    if pairs?.count ?? 0 > Self.limit { pairs = nil }
  }

  package var footprint: Int { Footprint.of(pairs ?? [:]) + (pairs?.count ?? 0) * 3 * Footprint.block }

  /// The counts of rows and of those that lack a value; all others are evaluated. Complete where the pairs are few.
  package var counts: ViolationSummary { summary }

  /// Whether there are more different pairs than can be counted.
  package var isOverfull: Bool { pairs == nil }

  /// The mutual information of the columns and the entropy of each, in nats; nil when the pairs are too many, or none.
  package var information: (mutual: Double, x: Double, y: Double)? {
    guard let pairs, summary.evaluated > 0 else { return nil }
    let total = Double(summary.evaluated)
    var (x, y): ([[UInt8]: Int], [[UInt8]: Int]) = ([:], [:])
    for (pair, count) in pairs {
      x[pair[0], default: 0] += count
      y[pair[1], default: 0] += count
    }
    // In an order that no hash decides: a sum depends on it.
    let terms = pairs.map { pair, count in
      let product = Double(x[pair[0]] ?? 0) * Double(y[pair[1]] ?? 0)
      return Double(count) / total * log(Double(count) * total / product)
    }
    let mutual = terms.sorted().reduce(0, +)
    return (max(0, mutual), entropy(of: x.values, total), entropy(of: y.values, total))
  }
}
