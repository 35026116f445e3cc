/// What the test of a check says, whatever is checked: whether the check can fail.
extension PlannedCheck {
  /// The test of the check itself. It blocks whatever the check does: a rule that cannot fail is wrong.
  package var selfTest: PlannedCheck {
    var copy = self
    copy.id.isSelfTest = true
    copy.severity = .block
    return copy
  }

  /// The finding where the check does not hold before anything is changed.
  ///
  /// - Parameter place: what was checked: `the first 1,000 rows`.
  package func finding(before control: Finding, on place: String) -> Finding {
    switch control.outcome {
    case .failed: finding(.skipped, "it is red already on \(place) as they are: \(control.message)")
    case .inconclusive: finding(.skipped, "it is undecided on \(place) as they are: \(control.message)")
    case .skipped, .passed: finding(.skipped, control.message, reason: control.reason)
    case .errored: finding(.errored, control.message, reason: control.reason, evidence: control.evidence)
    }
  }

  /// The finding where the check held after everything that was done to violate it.
  ///
  /// - Parameters:
  ///   - count: how many changes there were.
  ///   - first: the first of them: `row 17: age 41 -> 101`.
  package func finding(stayingGreenAfter count: Int, _ first: String) -> Finding {
    let words =
      count == 1
      ? "it stays green although it is violated: \(first)"
      : "it stays green after each of \(count) changes, of which one ought to violate it: \(first)"
    return finding(
      .failed, words,
      evidence: Evidence(
        observedText: "green", limit: .text("red"),
        notes: ["a rule that cannot fail guards nothing: narrow it, or remove it"]))
  }
}
