package import Scan

/// How the rows that violate a plan's claims are told from the others: for whoever wants the rows themselves.
extension Plan {
  /// Says which rows violate a claim that is known only when what was required is measured.
  ///
  /// - Parameter test: what the measurements make of the claim; nil when they leave it open.
  package mutating func judgeRows(by test: @escaping @Sendable (Measurements) -> (any RowTest)?) {
    guard let scope else { return lateJudgements.append { test($0).map { .test($0) } } }
    let rows = scopedRows(scope)
    lateJudgements.append { measurements in
      guard let parts = try? measurements.parts(rows) else { return nil }
      var tests: [RowGroup: any RowTest] = [:]
      for part in parts {
        guard let test = test(part.measurements) else { return nil }
        tests[part.group] = test
      }
      return .test(GroupedTest(tests, in: scope))
    }
  }

  /// How often it was said how rows are told from each other.
  package var judgementCount: Int { judgements.count + lateJudgements.count + joins.count(where: \.judgesRows) }

  /// Whether the table itself must be measured before its rows can be judged.
  package var readsTwice: Bool { !lateJudgements.isEmpty }

  /// All judgements. The peers are read for them, and the table itself when they follow from its measurements.
  package func allJudgements(
    with backend: inout some Backend, peers backends: [String: any Backend]
  ) async throws(ScanError) -> [RowJudgement] {
    var found = judgements
    if joins.contains(where: \.judgesRows) {
      let peers = try await measuredPeers(backends, sharedWith: joins.count)
      for join in joins where join.judgesRows {
        let judging = try join.specification(peers).get() as? any RowJudging
        if let judgement = judging?.judgement { found.append(judgement) }
      }
    }
    guard !lateJudgements.isEmpty else { return found }
    let measurements = try await measure(with: &backend, peers: backends)
    return found
      + lateJudgements.map { judge in
        judge(measurements) ?? .untold(ScanError(.limit, "the check itself cannot be decided: see its finding"))
      }
  }
}
