internal import Glibc

/// Rows of mixed columns as numbers of mean 0 and variance 1: what linear methods see of them.
///
/// A number becomes the normal score of its rank among all rows, so that neither units nor far values count; a category
/// an indicator each for the most frequent ones; a missing value an indicator of its own and the middle of the numbers.
/// Nothing of it depends on which rows are of which sample, beyond that all of them are looked at together.
struct EncodedColumns: Sendable {
  /// A number of every row.
  struct Feature: Sendable {
    /// The column that it is made of.
    var column: Int
    /// Whether it is the score of a number, the only one of which a square says more.
    var isNumber: Bool
    var values: [Double]
  }

  private(set) var features: [Feature] = []
  /// How many rows there are.
  let rows: Int

  /// As many categories of a column have an indicator, of ten rows each.
  static let categories = 8
  private static let leastRows = 10

  /// - Parameters:
  ///   - columns: of each the values of all rows.
  ///   - further: numbers of all rows that were made of a column.
  init(
    _ columns: [[CrossFittedArea.Value]], beside further: [(column: Int, values: [Double])] = []
  ) throws(Undefined) {
    rows = columns.first?.count ?? 0
    for (index, column) in columns.enumerated() {
      guard column.count == rows else { throw .lengthsDiffer(rows, column.count) }
      add(column, index)
    }
    for (column, values) in further { add(Self.scores(values), column) }
  }

  private mutating func add(_ column: [CrossFittedArea.Value], _ index: Int) {
    let isNumeric = !column.contains { if case .category = $0 { true } else { false } }
    let numbers = column.map { value -> Double? in
      if isNumeric, case .number(let number) = value, !number.isNaN { number } else { nil }
    }
    if numbers.contains(where: { $0 != nil }) { add(Self.scores(numbers), index, isNumber: true) }
    add(column.map { $0 == .missing ? 1 : 0 }, index)
    guard !isNumeric else { return }
    var counts: [CrossFittedArea.Value: Int] = [:]
    var places: [CrossFittedArea.Value: Int] = [:]
    for (row, value) in column.enumerated() where value != .missing {
      counts[value, default: 0] += 1
      if places[value] == nil { places[value] = row }
    }
    // Of equally frequent ones those that come first: an order that depends on nothing but the rows.
    let frequent = counts.filter { $0.value >= Self.leastRows }
      .sorted { ($1.value, places[$0.key] ?? 0) < ($0.value, places[$1.key] ?? 0) }
    for (category, _) in frequent.prefix(Self.categories) {
      add(column.map { $0 == category ? 1 : 0 }, index)
    }
  }

  /// What does not vary tells nothing.
  private mutating func add(_ values: [Double], _ column: Int, isNumber: Bool = false) {
    guard let standard = Self.standardised(values) else { return }
    features.append(Feature(column: column, isNumber: isNumber, values: standard))
  }

  /// Values of mean 0 and variance 1; nil when they are all the same.
  private static func standardised(_ values: [Double]) -> [Double]? {
    let mean = values.compensatedSum / Double(values.count)
    let variance = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum / Double(values.count)
    guard variance > 1e-12 else { return nil }
    return values.map { ($0 - mean) / variance.squareRoot() }
  }

  /// The normal scores of ranks, equal numbers at their middle; a missing number is in the middle of all.
  private static func scores(_ numbers: [Double?]) -> [Double] {
    let order = numbers.indices.filter { numbers[$0] != nil }.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }
    var scores = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
      let score = Normal.quantile(Double(start + end) / 2 / Double(order.count))
      for place in start..<end { scores[order[place]] = score }
      start = end
    }
    return scores
  }
}
