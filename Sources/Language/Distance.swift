internal import JSON
internal import Verdict

/// How far two numbers may lie apart: `1e-9 absolute`, or a share of the second one, `0.1% relative`.
package enum Distance: Sendable, Hashable, CustomStringConvertible {
  case absolute(Double)
  case relative(Double)

  package var description: String {
    switch self {
    case .absolute(let distance): "\(Quantity.text(distance)) absolute"
    case .relative(let share): "\(Quantity(share, .share)) relative"
    }
  }
}

extension Shape<Distance> {
  /// The word is required: a bare number is never a share.
  package static var distance: Shape {
    let digits = "[0-9]+\\.?[0-9]*([eE][+-]?[0-9]+)?"
    let pattern = "^(\(digits) absolute|\(digits) ?% relative)$"
    let schema = Schema.keywords([("type", "string"), ("pattern", .string(pattern))])
    return .scalar("a distance such as 1e-9 absolute or 0.1% relative", schema: schema) { text, _ in
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      let amount = words.dropLast().joined()
      switch words.last {
      case "absolute" where words.count == 2: return number(amount).map { .absolute($0) }
      case "relative" where amount.last == "%": return number(amount.dropLast()).map { .relative($0 / 100) }
      default: return nil
      }
    }
  }

  /// Digits with an optional point and exponent, and no sign.
  private static func number(_ text: some StringProtocol) -> Double? {
    guard let first = text.utf8.first, (0x30...0x39).contains(first),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".eE+-".utf8.contains($0) })
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
