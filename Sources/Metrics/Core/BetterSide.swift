/// Which values of a metric are the better ones.
package enum BetterSide: Sendable, Hashable {
  case higher, lower
  /// The nearer to this value, the better: a bias to 0, a ratio to 1.
  case near(Double)
  /// Neither: a count, a threshold.
  case neither
}
