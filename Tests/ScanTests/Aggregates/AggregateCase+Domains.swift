@testable import Scan

/// Orders, sets, spellings, lengths and digests, and the tests on values that go with them.
extension AggregateCase {
  static let domains: [AggregateCase] =
    [
      AggregateCase(
        "SuccessiveValues that grow", SuccessiveValues.Specification("number", as: .number, .ascending(strictly: false))
      ) {
        [$0.summary]
      },
      AggregateCase(
        "SuccessiveValues that fall", SuccessiveValues.Specification("city", as: .string, .descending(strictly: true))
      ) {
        [$0.summary]
      },
      AggregateCase("SuccessiveValues in steps", SuccessiveValues.Specification("mixed", as: .integer, .step(1))) {
        [$0.summary]
      },
      AggregateCase(ASCIITest("city")), AggregateCase(TrimmedTest("city")), AggregateCase(WordTest("city")),
      AggregateCase(RangeTest("city", as: .string, .text(Array("P".utf8), below: nil))),
    ] + (DecimalStep("0.5").map { [AggregateCase(MultipleTest("number", as: .number, of: $0))] } ?? [])
}
