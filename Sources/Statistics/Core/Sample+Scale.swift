internal import Glibc

extension Sample {
  /// The power of two that brings samples to a size of which squares neither overflow nor vanish: 1 for most.
  static func scale(_ samples: [[Double]]) -> Double {
    let largest = samples.reduce(0.0) { all, sample in sample.reduce(all) { max($0, $1.magnitude) } }
    guard largest.isFinite, largest > 1e100 || (largest < 1e-100 && largest > 0) else { return 1 }
    return scalbn(1, Int32(clamping: min(-largest.exponent, 1_000)))
  }
}
