/// How often each category was observed: the form in which counts enter this library.
///
/// Rows that have weights count with them, so a count need not be whole; where a method asks for whole counts, it says
/// so.
package struct Counts: Sendable, Hashable {
  package let values: [Double]
  /// The sum of all counts, above 0.
  package let total: Double

  /// Up to here every whole number is a double. Products and quotients of counts between these two are far from either
  /// end of the range of doubles.
  static let greatest = 0x1p53
  static let least = 0x1p-200

  /// Throws for no category, a count that is not finite, below 0 or above 2^53, or so small that it
  /// cannot be one, and a total of 0.
  package init(_ values: [Double]) throws(Undefined) {
    try Sample.requireFinite(values)
    guard values.allSatisfy({ $0 >= 0 }) else { throw .outsideDomain("counts must not be negative") }
    guard values.allSatisfy({ $0 <= Self.greatest }) else { throw .outsideDomain("counts must be at most 2^53") }
    guard values.allSatisfy({ $0 == 0 || $0 >= Self.least }) else {
      throw .outsideDomain("counts must be 0 or at least 2^-200")
    }
    self.values = values
    total = values.compensatedSum
    guard total > 0 else { throw .noObservations }
  }

  package init(_ values: [Int]) throws(Undefined) {
    try self.init(values.map { Double($0) })
  }

  /// The share of each category.
  package var shares: [Double] { values.map { $0 / total } }

  /// How many categories were observed at all.
  package var observed: Int { values.count { $0 > 0 } }

  /// A count as a whole number. Throws when it is none.
  static func whole(_ count: Double) throws(Undefined) -> Int {
    guard let whole = Int(exactly: count) else { throw .outsideDomain("counts must be whole numbers") }
    return whole
  }

  /// Throws for a count below 0 or above 2^53.
  static func require(_ count: Int) throws(Undefined) {
    guard count >= 0 else { throw .outsideDomain("counts must not be negative") }
    guard Double(count) <= greatest else { throw .outsideDomain("counts must be at most 2^53") }
  }
}
