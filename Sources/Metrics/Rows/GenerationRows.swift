package import Statistics

/// Problems that a model tried several times: a row for each problem, or for each of its samples.
package struct GenerationRows: MetricRows {
  /// How many samples each row stands for.
  package let samples: [Int]
  /// How many of them passed.
  package let passed: [Int]
  /// The problem of each row, from 0; nil where each row is one.
  package let problems: [Int]?

  package static let task = MetricTask.generation

  /// Throws when lengths differ, more passed than were drawn, or a problem is negative.
  package init(samples: [Int], passed: [Int], problems: [Int]? = nil) throws(Undefined) {
    try RowChecks.requireLengths(samples.count, passed.count, problems?.count)
    guard zip(samples, passed).allSatisfy({ $0 > 0 && $1 >= 0 && $1 <= $0 }) else {
      throw .outsideDomain("a problem needs samples, of which none to all passed")
    }
    if let problems, problems.contains(where: { $0 < 0 }) { throw .outsideDomain("problems are counted from 0") }
    (self.samples, self.passed, self.problems) = (samples, passed, problems)
  }

  private init(_ rows: GenerationRows, _ indices: [Int]) {
    samples = rows.samples.elements(at: indices)
    passed = rows.passed.elements(at: indices)
    problems = rows.problems?.elements(at: indices)
  }

  package var count: Int { samples.count }

  package func rows(at indices: [Int]) -> GenerationRows { GenerationRows(self, indices) }

  /// What is known of a problem by all of its rows.
  struct Tally: Sendable {
    var samples = 0
    var passed = 0
    /// The first of its rows.
    var firstRow: Int
  }

  /// Each problem's samples, by problem.
  var tallies: [Tally] {
    guard let problems else {
      return samples.indices.map { Tally(samples: samples[$0], passed: passed[$0], firstRow: $0) }
    }
    var tallies: [Int: Tally] = [:]
    for row in samples.indices {
      var tally = tallies[problems[row]] ?? Tally(firstRow: row)
      tally.samples += samples[row]
      tally.passed += passed[row]
      tallies[problems[row]] = tally
    }
    return tallies.sorted { $0.key < $1.key }.map(\.value)
  }
}
