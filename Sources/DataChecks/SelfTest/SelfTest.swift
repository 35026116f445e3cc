package import Verdict

/// A dataset whose checks are tested themselves: each is shown a part of the user's own data that violates it, and ought
/// to fail. A check that stays green can fail on nothing.
package struct SelfTest: Subject {
  private let dataset: DatasetSubject
  private let selection: Selection

  /// - Parameter selection: the checks, by their own identities.
  package init(of dataset: DatasetSubject, _ selection: Selection) {
    self.dataset = dataset
    self.selection = selection
  }

  package var suite: Suite { dataset.suite }
  package var name: String { dataset.name }
  package var location: SourceLocation? { dataset.location }
  package var checks: [PlannedCheck] {
    tested.filter { selection.includes($0.planned.id) }.map(\.planned.selfTest)
  }

  private var tested: [TestedCheck] { dataset.claims.flatMap(\.tested) }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    let selected = tested.filter {
      self.selection.includes($0.planned.id) && selection.includes($0.planned.selfTest.id)
    }
    return await dataset.selfTest(selected, in: context)
  }
}
