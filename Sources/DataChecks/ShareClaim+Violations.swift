internal import Scan
internal import Verdict

extension ShareClaim {
  /// The claim about the values that violate a test: that there are so many of them.
  func judge(_ summary: ViolationSummary, _ words: String) -> Finding {
    let evidence = base.evidence(summary)
    if let finding = base.beyondReading(summary, evidence) { return finding }
    guard summary.evaluated > 0 else { return base.nothingEvaluated(summary, evidence) }
    return judge(summary.violating, of: summary.evaluated, words, evidence)
  }
}
