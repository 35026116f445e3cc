/// Means of groups of rows, and how a metric is the worst of the contrasts between them.
package struct RowContrasts: Sendable {
  /// What is compared.
  package enum Form: Sendable, Hashable {
    /// The largest difference between two means.
    case difference
    /// The smallest ratio of two means.
    case ratio
    /// The smallest mean.
    case least
    /// The largest magnitude of a mean.
    case magnitude
  }

  /// Which rows count for a mean, and their values.
  package struct Rate: Sendable {
    package let name: String
    package let isCounted: [Bool]
    /// Says something only of rows that count.
    package let values: [Double]
    /// Whether every value is 0 or 1.
    package let isShare: Bool

    init(_ name: String, isCounted: [Bool], values: [Double], isShare: Bool = true) {
      (self.name, self.isCounted, self.values, self.isShare) = (name, isCounted, values, isShare)
    }
  }

  /// One or several, within each of which groups are compared.
  package let rates: [Rate]
  package private(set) var form: Form
  /// Whether each group is compared with all rows together instead of with each other group.
  package private(set) var isToOverall: Bool
  /// Of each row its group, an index of the names.
  package let groups: [Int]
  package let names: [String]
  package let weights: [Double]?

  init(_ rows: FairnessRows, _ rates: [Rate], _ form: Form, toOverall: Bool = false) {
    self.rates = rates
    self.form = form
    isToOverall = toOverall
    (groups, names, weights) = (rows.groups, rows.names, rows.rows.weights)
  }

  /// The same means, each against that of all rows.
  package var toOverall: RowContrasts {
    var contrasts = self
    contrasts.form = .difference
    contrasts.isToOverall = true
    return contrasts
  }
}
