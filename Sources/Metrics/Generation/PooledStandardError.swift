package import Statistics

/// The standard error of the mean over several tasks from each task's own.
package enum PooledStandardError {
  /// As lm-eval-harness pools its groups: one variance that all tasks share, over all rows.
  package static func value(_ errors: [Double], sizes: [Int]) throws(Undefined) -> Double {
    try RowChecks.requireLengths(errors.count, sizes.count)
    try RowChecks.requireFinite(errors)
    let total = sizes.reduce(0, +)
    guard sizes.allSatisfy({ $0 > 0 }), total > sizes.count else {
      throw .tooFew("rows", needed: sizes.count + 1, got: total)
    }
    let squares = zip(errors, sizes).map { $0 * $0 * Double($1) * Double($1 - 1) }.compensatedSum
    return (squares / Double(total - sizes.count) / Double(total)).squareRoot()
  }
}
