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
}
