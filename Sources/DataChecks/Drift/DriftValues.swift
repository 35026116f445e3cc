internal import Scan
internal import Statistics

/// The values of a sample as they are compared: numbers that stand for rows, categories with their counts, or the buckets
/// into which too many categories fall.
enum DriftValues: Sendable {
  /// - error: what the share of rows up to a number is off by at most.
  case numbers([WeightedValue], error: Double)
  case categories(CategoryCounts)
  case buckets([Double])

  /// What makes up each cell.
  enum Members: Sendable {
    case none
    case categories([[TextValue]])
    case buckets([[Int]])
  }

  /// How many rows there are.
  var rows: Double {
    switch self {
    case .numbers(let values, _): values.map(\.weight).reduce(0, +)
    case .categories(let counts): Double(counts.rows)
    case .buckets(let counts): counts.reduce(0, +)
    }
  }

  /// Two samples in the same cells, and the categories of each cell, or its buckets; none where the cells are ranges of
  /// numbers.
  static func cells(
    _ before: DriftValues, _ now: DriftValues, for method: DriftMethod
  ) throws(Undefined) -> (cells: DriftCells, members: Members) {
    switch (before, now) {
    case (.numbers(let reference, let first), .numbers(let current, let second)):
      let cells = try DriftCells.numbers(
        reference: reference, current: current, for: method, referenceError: first, currentError: second)
      return (cells, .none)
    case (.categories(let reference), .categories(let current)):
      let categories = try CategoryCells(
        reference: reference.counts, current: current.counts, rest: (reference.rest, current.rest),
        referenceError: reference.error, currentError: current.error)
      return (categories.cells, .categories(categories.members))
    case (.buckets(let reference), .buckets(let current)):
      let (cells, members) = try DriftCells.buckets(reference: reference, current: current)
      return (cells, .buckets(members))
    default: throw .outsideDomain("values of one kind are not compared with those of another")
    }
  }
}
