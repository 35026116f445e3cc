internal import Glibc

extension Sample {
  /// The power of two that brings samples to a size of which fourth powers neither overflow nor vanish: 1 for most.
  static func scale(_ samples: [[Double]]) -> Double {
    let largest = samples.reduce(0.0) { all, sample in sample.reduce(all) { max($0, $1.magnitude) } }
    guard largest.isFinite, largest > 1e60 || (largest < 1e-60 && largest > 0) else { return 1 }
    return scalbn(1, Int32(clamping: min(-largest.exponent, 1_000)))
  }
}
