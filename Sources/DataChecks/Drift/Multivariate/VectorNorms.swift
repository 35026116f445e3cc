internal import Statistics

/// The norms of two samples of vectors as columns of their own: where only they have changed, as by another
/// normalisation, no element and no pair of them shows it.
struct VectorNorms: Sendable {
  /// Of both samples together.
  private let median: Double

  init(_ before: [[Float]], _ now: [[Float]]) {
    let norms = (before + now).map(Self.norm).sorted()
    median = norms.isEmpty ? 0 : norms[norms.count / 2]
  }

  /// The norm of each vector, and how far it is from the middle one: a changed spread is no changed rank.
  func columns(of vectors: [[Float]]) -> [[CrossFittedArea.Value]] {
    // In thousandths of the middle one, since what half-precision numbers round away is no difference.
    let norms = vectors.map { median > 0 ? (Self.norm($0) / median * 1000).rounded() : 0 }
    return [norms.map { .number($0) }, norms.map { .number(($0 - 1000).magnitude) }]
  }

  private static func norm(_ vector: [Float]) -> Double {
    vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
