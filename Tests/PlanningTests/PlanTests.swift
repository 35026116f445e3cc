import Planning
import Scan
import Testing

@Suite struct PlanTests {
  @Test func equalRequirementsAreComputedOnce() {
    var plan = Plan()
    let first = plan.require(Violations.Specification(PresenceTest("a")))
    let other = plan.require(Violations.Specification(PresenceTest("b")))
    let again = plan.require(Violations.Specification(PresenceTest("a")))
    #expect(first == again)
    #expect(first != other)
    #expect(plan.requirements.count == 2)
  }

  @Test func requirementsOfDifferentKindsNeverShare() {
    var plan = Plan()
    _ = plan.require(RowCount.Specification())
    _ = plan.require(DefectCount.Specification())
    _ = plan.require(ColumnCensus.Specification("a"))
    _ = plan.require(DuplicateKeys.Specification(["a"]))
    _ = plan.require(Violations.Specification(CastTest("a", as: .integer)))
    _ = plan.require(Violations.Specification(CastTest("a", as: .number)))
    #expect(plan.requirements.count == 6)
  }
}
