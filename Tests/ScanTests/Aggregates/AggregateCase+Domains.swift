@testable import Scan

/// Orders, sets, spellings, lengths and digests, and the tests on values that go with them.
extension AggregateCase {
  static let domains: [AggregateCase] =
    [

      AggregateCase(ASCIITest("city")), AggregateCase(TrimmedTest("city")), AggregateCase(WordTest("city")),
      AggregateCase(RangeTest("city", as: .string, .text(Array("P".utf8), below: nil))),
    ] + (DecimalStep("0.5").map { [AggregateCase(MultipleTest("number", as: .number, of: $0))] } ?? [])
}
