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
      AggregateCase(
        "ObservedMembers of text",
        ObservedMembers.Specification(MembershipTest("city", as: .string, .texts(["Oslo", "é", "Paris"]))), members),
      AggregateCase(
        "ObservedMembers of numbers",
        ObservedMembers.Specification(MembershipTest("number", as: .number, .numbers([1, 1, 7]))), members),
      AggregateCase(
        "ObservedMembers of integers",
        ObservedMembers.Specification(MembershipTest("mixed", as: .integer, .integers([1, 9]))), members),
      AggregateCase("SpellingCounts", SpellingCounts.Specification("city")) { [$0.summary(of: $0.groups), $0.groups] },
      AggregateCase("LengthCounts", LengthCounts.Specification("city")) { lengths in
        [
          lengths.summary { $0 % 2 == 0 }, lengths.longest ?? -1, lengths.quantile(at: 0.03) ?? -1,
          lengths.quantile(at: 0.5) ?? -1,
        ]
      },
      AggregateCase("ColumnDigest of text", ColumnDigest.Specification("city")) { [$0.value, $0.rows, $0.nulls] },
      AggregateCase("ColumnDigest of typed texts", ColumnDigest.Specification("mixed", as: .number)) {
        [$0.value, $0.typedValue, $0.nulls]
      },
      AggregateCase("ColumnDigest of numbers", ColumnDigest.Specification("number")) { [$0.value, $0.nulls] },
      AggregateCase(
        "DuplicateKeys that may be null", DuplicateKeys.Specification(["city"], nullsAreValues: true), keys),
      AggregateCase(
        "DuplicateKeys of two that may be null",
        DuplicateKeys.Specification(["nulls", "mixed"], nullsAreValues: true), keys),
      AggregateCase("DuplicateKeys, the different ones", DuplicateKeys.Specification(["mixed"]), keys),
      AggregateCase(ASCIITest("city")), AggregateCase(TrimmedTest("city")), AggregateCase(WordTest("city")),
      AggregateCase(KindTest("mixed", .number)), AggregateCase(KindTest("day", .date)),
      AggregateCase(RangeTest("city", as: .string, .text(Array("P".utf8), below: nil))),
    ] + (DecimalStep("0.5").map { [AggregateCase(MultipleTest("number", as: .number, of: $0))] } ?? [])

  @Sendable private static func members(_ found: ObservedMembers) -> [Any] {
    [found.missing, found.others, found.areAll]
  }

  @Sendable private static func keys(_ found: DuplicateKeys) -> [Any] {
    [found.summary, found.distinctKeys, found.repeatedKeys]
  }
}
