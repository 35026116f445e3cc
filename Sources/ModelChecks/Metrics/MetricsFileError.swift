/// Why a file that could be read holds no metrics.
package struct MetricsFileError: Error, Sendable, Hashable {
  /// Completes the sentence that begins with the file's name: `is not valid JSON: …`.
  package var problem: String
  /// What to do next.
  package var advice: String

  init(_ problem: String, advice: String = "write it again, as JSON, YAML or CSV") {
    self.problem = problem
    self.advice = advice
  }
}
