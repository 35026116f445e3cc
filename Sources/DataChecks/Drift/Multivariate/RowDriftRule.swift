package import Language

/// A check that compares rows of a table with rows of its baseline, all columns together.
package protocol RowDriftRule: TableRule {
  var terms: RowDriftTerms { get set }
  var baseline: DataBaseline? { get set }
}

extension RowDriftRule {
  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    baseline = rules.baseline
    return terms.choice.isSound(among: baseline?.columns ?? [], &problems)
  }

  package var columns: [String] { terms.choice.named ?? [] }
  package var expectedColumns: [String] { terms.choice.expected(among: baseline?.columns ?? []) }
  package var readsAllColumns: Bool { terms.choice.named == nil }
  package var peers: [PeerReference] { (baseline?.peers ?? []).map { PeerReference($0.dataset, columns: columns) } }
}
