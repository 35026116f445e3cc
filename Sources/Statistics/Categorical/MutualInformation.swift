/// Mutual information: how much a category of one variable says about that of another.
package enum MutualInformation {
  package static let method = Method(
    "mutual-information", aliases: ["mi", "normalized-mutual-information", "normalised-mutual-information", "nmi"],
    computes: """
      I(X; Y) = sum of p(x, y) ln(p(x, y) / (p(x) p(y))) = H(X) + H(Y) - H(X, Y), in nats or bits; it is G / 2n. \
      Normalised: divided by the mean of H(X) and H(Y), from 0 (independent) to 1 (each determines the other).
      """,
    use: """
      As an association of any form between categorical or binned variables, also where a correlation is blind. It is \
      above 0 by chance, by about (rows - 1)(columns - 1) / 2n nats: compare it with that, or test it by G.
      """,
    source: """
      Shannon, Bell System Technical Journal 27 (1948); Kvalseth, IEEE Transactions on Systems, Man and Cybernetics 17 \
      (1987) for the normalised form
      """)

  /// O(cells).
  package static func value(_ table: ContingencyTable, in unit: InformationUnit = .nats) -> Double {
    let terms = zip(table.cells, table.expected).map { Deviance.term($0, $1) }
    return unit.value(nats: terms.compensatedSum / table.total)
  }

  /// Throws when neither variable varies.
  package static func normalised(_ table: ContingencyTable) throws(Undefined) -> Double {
    let entropies = try Entropy.value(Counts(table.rowTotals)) + Entropy.value(Counts(table.columnTotals))
    guard entropies > 0 else { throw .zeroVariance }
    return min(1, value(table) / (entropies / 2))
  }
}
