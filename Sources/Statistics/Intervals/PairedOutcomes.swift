/// What two classifiers did on the same rows: both right, only the first, only the second, neither.
package struct PairedOutcomes: Sendable, Hashable {
  package let both: Int
  package let firstOnly: Int
  package let secondOnly: Int
  package let neither: Int
  package let total: Int

  /// Throws when a count is negative, when there are no rows, or when they are more than an `Int` holds.
  package init(both: Int, firstOnly: Int, secondOnly: Int, neither: Int) throws(Undefined) {
    var total = 0
    for count in [both, firstOnly, secondOnly, neither] {
      guard count >= 0 else { throw .outsideDomain("counts must not be negative") }
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else { throw .outsideDomain("counts must sum to less than 2^63") }
      total = sum
    }
    guard total > 0 else { throw .noObservations }
    self.both = both
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.neither = neither
    self.total = total
  }

  /// The first's share of right answers less the second's.
  package var difference: Double { (Double(firstOnly) - Double(secondOnly)) / Double(total) }

  package var discordant: Int { firstOnly + secondOnly }

  func first() throws(Undefined) -> BinomialCount { try BinomialCount(both + firstOnly, of: total) }
  func second() throws(Undefined) -> BinomialCount { try BinomialCount(both + secondOnly, of: total) }
}
