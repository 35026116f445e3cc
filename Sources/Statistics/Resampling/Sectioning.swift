/// The interval of a statistic of many rows from its values on parts of them.
package enum Sectioning {
  package static let method = Method(
    "sectioning", aliases: ["batch-means", "sections"],
    computes: """
      The rows are dealt into k sections; with the statistic v of each and V of all rows together, the interval is \
      V ± t s / sqrt(k) with s² = sum (v - V)² / (k - 1) and k - 1 degrees of freedom.
      """,
    use: """
      Where no formula gives an interval and the rows are too many for a bootstrap: it costs one look at each row. Rows of \
      one cluster are dealt together. Sections must be large enough for the statistic: with hundreds of rows each, and some \
      of the rarest class.
      """,
    source: "Asmussen and Glynn, \"Stochastic Simulation\" (2007), section III.5")

  /// Of how many sections an interval is made.
  package static let sections = 50

  /// The rows of each section.
  ///
  /// - Parameter clusters: of each row its cluster, so that its rows stay together; nil when rows are independent.
  package static func deal(rows: Int, clusters: [Int32]? = nil) -> [[Int]] {
    var parts = [[Int]](repeating: [], count: sections)
    for row in 0..<rows {
      // Mixed, so that no period of the rows is one of the sections.
      var mixed = UInt64(truncatingIfNeeded: clusters.map { Int($0[row]) } ?? row) &* 0x9E37_79B9_7F4A_7C15
      mixed = (mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9
      parts[Int(mixed >> 32 % UInt64(sections))].append(row)
    }
    return parts
  }

  /// The standard error of the statistic of all rows from those of the sections. Throws for less than two.
  package static func standardError(of value: Double, sections: [Double]) throws(Undefined) -> Double {
    try Sample.require(sections, atLeast: 2)
    let squares = sections.map { ($0 - value) * ($0 - value) }.compensatedSum
    let count = Double(sections.count)
    return (squares / (count - 1) / count).squareRoot()
  }
}
