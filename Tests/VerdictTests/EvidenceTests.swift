import Testing
import Verdict

@Suite struct EvidenceTests {
  @Test(
    arguments: [
      (.init("\"N/A\"", count: 1204), "\"N/A\" 1,204 times"), (.init("\"-\"", count: 1), "\"-\" once"),
      (.init("\"\"", count: 5000, isExact: false), "\"\" at least 5,000 times"),
      (.init("hidden value 1", count: 60), "hidden value 1: 60 times"),
    ] as [(Evidence.FrequentValue, String)])
  func frequentValuesReadAsASentence(value: Evidence.FrequentValue, text: String) {
    #expect(value.description == text)
  }

  @Test func aColumnAsAWholeHasNoViolatingRows() {
    let counts = Evidence.Counts(rows: 5, nulls: 1, evaluated: 4, violating: nil)
    #expect(counts.violatingShare == nil)
    #expect(Evidence.Counts(rows: 5, nulls: 1, evaluated: 4, violating: 1).violatingShare == 0.25)
    #expect(Evidence.Counts(rows: 0, nulls: 0, evaluated: 0, violating: 0).violatingShare == nil)
  }

  /// A file of few blocks cannot be read to a twentieth.
  @Test(
    arguments: [
      (50_000, 950_000, "50,000 rows (5% asked for)"), (70_000, 930_000, "70,000 rows (5% asked for)"),
      (26_250, 3750, "26,250 rows (5% asked for of 30,000, which are read in whole blocks)"),
      (0, 0, "0 rows (5% asked for)"),
    ])
  func aSampleSaysWhyItIsNoSuchShare(rows: Int, leftOut: Int, words: String) {
    #expect(Evidence.Sampled(share: Quantity(0.05, .share), rows: rows, leftOut: leftOut).description == words)
  }

  @Test func aPlaceIsNamedByItsRowAndItsKey() {
    #expect(Evidence.Sample(row: 3, key: "id = 7", value: "").name == "row 3, id = 7")
    #expect(Evidence.Sample(row: 3, value: "").name == "row 3" && Evidence.Sample(line: 3, value: "").name == nil)
    #expect(Evidence.Sample(key: "id = 7", value: "").name == "id = 7")
  }
}
