internal import Statistics

/// How many standard errors an interval of one confidence reaches to each side, by the rows behind the error. A quantile of
/// Student's t takes microseconds, and a search through pairs of groups asks for the same few ten thousands of times.
struct CriticalValues: Sendable {
  let confidence: Double
  private let known: [Int: Double]

  /// - Parameter units: for which they are computed at once; any others whenever they are asked for.
  init(confidence: Double, units: some Sequence<Int> = []) {
    self.confidence = confidence
    known = Dictionary(
      uniqueKeysWithValues: Set(units).filter { $0 >= 2 }.map { ($0, Self.critical(confidence, $0)) })
  }

  /// For two rows at least.
  subscript(units: Int) -> Double { known[units] ?? Self.critical(confidence, units) }

  private static func critical(_ confidence: Double, _ units: Int) -> Double {
    StudentT(degrees: Double(units - 1)).upperQuantile((1 - confidence) / 2)
  }
}
