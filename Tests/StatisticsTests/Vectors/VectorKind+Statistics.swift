import VectorSupport

extension VectorKind {
  /// Every kind of case that the library answers; each family of methods adds its own.
  static let statistics: [String: VectorKind] = [
    distributions, samples, categorical, summaries, intervals, decisions, sequential, resampling,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
}
