internal import Glibc

/// The shares of the same categories in two samples, with differences that keep their digits where the samples are
/// nearly alike.
struct CategoryShares {
  let first: [Double]
  let second: [Double]
  /// first - second.
  let differences: [Double]

  /// Throws when the categories are not as many.
  init(_ first: Counts, _ second: Counts) throws(Undefined) {
    guard first.values.count == second.values.count else {
      throw .lengthsDiffer(first.values.count, second.values.count)
    }
    self.first = first.shares
    self.second = second.shares
    let totals = first.total * second.total
    differences = zip(first.values, second.values).map { one, other in
      productDifference(one, second.total, other, first.total) / totals
    }
  }

  /// Throws when a category has a share in the first and none in the second.
  func requireCovered() throws(Undefined) {
    guard zip(first, second).allSatisfy({ $0 == 0 || $1 > 0 }) else { throw .noOverlap }
  }
}

/// ln(a / b), where the difference a - b is known better than it follows from a and b.
func logRatio(_ a: Double, _ b: Double, difference: Double) -> Double {
  difference.magnitude < b / 2 ? log1p(difference / b) : log(a / b)
}
