internal import Statistics

/// The values of a sample as they are compared: numbers that stand for rows, or categories with their counts.
enum DriftValues: Sendable {
  /// - error: what the share of rows up to a number is off by at most.
  case numbers([WeightedValue], error: Double)
  case categories(CategoryCounts)

  /// How many rows there are.
  var rows: Double {
    switch self {
    case .numbers(let values, _): values.map(\.weight).reduce(0, +)
    case .categories(let counts): Double(counts.rows)
    }
  }

  /// Two samples in the same cells, and the categories of each cell; none where the cells are ranges of numbers.
  static func cells(
    _ before: DriftValues, _ now: DriftValues, for method: DriftMethod
  ) throws(Undefined) -> (cells: DriftCells, members: [[String]]) {
    switch (before, now) {
    case (.numbers(let reference, let first), .numbers(let current, let second)):
      let cells = try DriftCells.numbers(
        reference: reference, current: current, for: method, referenceError: first, currentError: second)
      return (cells, [])
    case (.categories(let reference), .categories(let current)):
      let categories = try CategoryCells(
        reference: reference.counts, current: current.counts, rest: (reference.rest, current.rest),
        referenceError: reference.error, currentError: current.error)
      return (categories.cells, categories.members)
    default: throw .outsideDomain("numbers are not compared with categories")
    }
  }
}
