/// Whether the share of one value has changed by more than chance explains: then it is not as rare in one of the samples as
/// in both together, however small that one is beside the other, and has a cell of its own.
///
/// Cells must not depend on which row is of which sample. Among samples of one population these do in one of a thousand
/// cases: Fisher's exact test to both sides, by Bonferroni over all values.
struct CertainChange: Sendable {
  private let rows: (reference: Double, current: Double)
  private let sizes: (reference: Double, current: Double)
  private let values: Double

  /// - Parameters:
  ///   - rows: of all values.
  ///   - sizes: the rows of equal weight that say as much.
  init(
    _ rows: (reference: Double, current: Double), _ sizes: (reference: Double, current: Double), among values: Int
  ) {
    (self.rows, self.sizes, self.values) = (rows, sizes, Double(values))
  }

  /// - Parameters: the rows of the value.
  func holds(_ reference: Double, _ current: Double) -> Bool {
    guard let before = Self.count(reference, rows.reference, sizes.reference),
      let now = Self.count(current, rows.current, sizes.current), before.trials > 0, now.trials > 0
    else { return false }
    // Three standard errors are cheap to compute, and any certain change is more.
    let pooled = (before.k + now.k) / (before.n + now.n)
    let error = (pooled * (1 - pooled) * (1 / before.n + 1 / now.n)).squareRoot()
    guard (before.share - now.share).magnitude > 3 * error else { return false }
    let p = min(Homogeneity.upper(before, now).value, Homogeneity.upper(now, before).value)
    return 2 * p * values <= 0.001
  }

  private static func count(_ count: Double, _ rows: Double, _ size: Double) -> BinomialCount? {
    let trials = min(size, 1e15).rounded(.down)
    return try? BinomialCount(Int(min(trials, (count / rows * trials).rounded())), of: Int(trials))
  }
}
