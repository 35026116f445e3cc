internal import Language
internal import Verdict

/// Limits on a number that is an integer, with all their digits: a double has 53 bits of them.
struct IntegerLimits: Sendable {
  private var low: Int128 = .min
  private var high: Int128 = .max
  private let limits: Limits
  /// The limits as they are written, where doubles are others; nil where they are not.
  private var written: String?

  init() { limits = Limits() }

  /// - Parameters:
  ///   - node: the mapping that the limits were read from.
  init(_ limits: Limits, in node: Node) {
    self.limits = limits
    var ends = [node[key: "at_least"]?.value, node[key: "at_most"]?.value]
    if case .sequence(let pair)? = node[key: "between"]?.value.content, pair.count == 2 { ends = pair }
    if let equals = node[key: "equals"]?.value { ends = [equals, equals] }
    let values = [limits.equals ?? limits.atLeast, limits.equals ?? limits.atMost].map { $0?.value.value }
    if let value = values[0] { low = ends[0].flatMap(Self.integer) ?? Self.integer(value, .up) }
    if let value = values[1] { high = ends[1].flatMap(Self.integer) ?? Self.integer(value, .down) }
    let areDoubles = zip(ends, values).allSatisfy { end, value in
      end.flatMap(Self.integer).map { Double($0) == value && Int128(exactly: Double($0)) == $0 } ?? true
    }
    guard !areDoubles else { return }
    if limits.equals != nil {
      written = "exactly \(low)"
    } else {
      written =
        values[0] == nil ? "at most \(high)" : values[1] == nil ? "at least \(low)" : "between \(low) and \(high)"
    }
  }

  /// The limits for a person; nil when there are none.
  var bound: Bound? { written.map { .text($0) } ?? limits.bound }

  func contains(_ value: Int128) -> Bool { low <= value && value <= high }

  private static func integer(_ node: Node) -> Int128? {
    guard case .scalar(let text, _) = node.content else { return nil }
    return Int128(text)
  }

  /// The first integer that keeps a limit; where there is none, one that no sum of 64-bit integers reaches.
  private static func integer(_ limit: Double, _ rule: FloatingPointRoundingRule) -> Int128 {
    let whole = limit.rounded(rule)
    return whole >= 0x1p127 ? .max : whole < -0x1p127 ? .min : Int128(whole)
  }
}
