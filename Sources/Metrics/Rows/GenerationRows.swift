package import Statistics

/// Problems that a model tried several times.
package struct GenerationRows: MetricRows {
  /// How many samples were drawn for each problem.
  package let samples: [Int]
  /// How many of them passed.
  package let passed: [Int]

  package static let task = MetricTask.generation

  /// Throws when lengths differ or more passed than were drawn.
  package init(samples: [Int], passed: [Int]) throws(Undefined) {
    try RowChecks.requireLengths(samples.count, passed.count)
    guard zip(samples, passed).allSatisfy({ $0 > 0 && $1 >= 0 && $1 <= $0 }) else {
      throw .outsideDomain("a problem needs samples, of which none to all passed")
    }
    (self.samples, self.passed) = (samples, passed)
  }

  private init(_ rows: GenerationRows, _ indices: [Int]) {
    samples = rows.samples.elements(at: indices)
    passed = rows.passed.elements(at: indices)
  }

  package var count: Int { samples.count }

  package func rows(at indices: [Int]) -> GenerationRows { GenerationRows(self, indices) }
}
