internal import Verdict

extension ColumnContext {
  /// The evaluation of a check that a part of the rows cannot decide.
  ///
  /// - Parameter words: what the part does not tell.
  func skippedSample(_ words: String) -> Evaluation {
    let finding = planned.finding(.skipped, "a part of the rows does not tell \(words)", reason: .requested)
    return { _ in finding }
  }
}
