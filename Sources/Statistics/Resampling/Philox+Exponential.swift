internal import Glibc

extension Philox {
  /// An exponential number of mean 1, by inversion: the wait for the next event of a Poisson process of rate 1.
  package mutating func exponential() -> Double { -log(1 - uniform()) }
}
