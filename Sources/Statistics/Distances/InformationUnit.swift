internal import Glibc

/// The unit of entropies and divergences: nats with natural logarithms, bits with logarithms to base 2.
package enum InformationUnit: String, Sendable, CaseIterable {
  case nats
  case bits

  func value(nats: Double) -> Double {
    switch self {
    case .nats: nats
    case .bits: nats / log(2)
    }
  }
}
