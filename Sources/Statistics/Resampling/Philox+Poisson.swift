internal import Glibc

extension Philox {
  /// A Poisson number: by products of uniform numbers (Knuth, The Art of Computer Programming 2, 3.4.1), and rounded from a normal one where the mean is large.
  package mutating func poisson(mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean < 30 else { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
    var (count, product) = (0.0, uniform())
    let limit = exp(-mean)
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }

  /// A standard normal number (Box and Muller, 1958).
  mutating func normal() -> Double {
    let (radius, angle) = ((-2 * log(1 - uniform())).squareRoot(), 2 * Double.pi * uniform())
    return radius * cos(angle)
  }
}
