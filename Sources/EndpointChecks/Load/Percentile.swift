/// A time that a share of all requests does not exceed, by the name that it has everywhere.
struct Percentile: Sendable, Hashable {
  /// `p99.9`.
  var name: String
  var share: Double

  static let all = [
    Percentile(name: "p50", share: 0.5), Percentile(name: "p75", share: 0.75), Percentile(name: "p90", share: 0.9),
    Percentile(name: "p95", share: 0.95), Percentile(name: "p99", share: 0.99), Percentile(name: "p99.9", share: 0.999),
    Percentile(name: "p99.99", share: 0.9999),
  ]
}
