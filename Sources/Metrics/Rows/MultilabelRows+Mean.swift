internal import Statistics

extension MultilabelRows {
  /// The mean over the rows of what each row has; rows without it are left out where the convention says so.
  func mean(
    _ conventions: Conventions, _ value: (Int) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    var (values, kept): ([Double], [Double]) = ([], [])
    for row in 0..<count {
      do throws(Undefined) {
        values.append(try value(row))
        kept.append(weights?[row] ?? 1)
      } catch {
        guard conventions.zeroDivision == .skipped else { throw error }
      }
    }
    guard kept.compensatedSum > 0 else { throw .noObservations }
    return try ClassAverage.mean(values, kept)
  }
}
