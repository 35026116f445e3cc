import Testing

@testable import Statistics

@Suite struct SectioningTests {
  @Test func everyRowIsDealtOnceAndEvenly() {
    let parts = Sectioning.deal(rows: 10_000)
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<10_000))
    #expect(parts.count == 50 && parts.allSatisfy { (120...280).contains($0.count) })
  }

  @Test func clustersStayTogether() {
    let clusters = (0..<10_000).map { Int32($0 / 7) }
    for part in Sectioning.deal(rows: 10_000, clusters: clusters) {
      for row in part { #expect(part.contains(row / 7 * 7)) }
    }
  }

  /// Of a mean it is the standard error, as well as 50 values tell it.
  @Test func theErrorOfAMeanIsItsFormula() throws {
    var random = Philox(Seed(4))
    let values = (0..<50_000).map { _ in random.uniform() }
    let mean = try Moments(values).mean
    let sections = Sectioning.deal(rows: values.count).map { rows in
      rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
    }
    let error = try Sectioning.standardError(of: mean, sections: sections)
    #expect(abs(error / (1.0 / 12 / 50_000).squareRoot() - 1) < 0.35)
  }
}
