internal import JSON
internal import Verdict

/// How far a metric may lie from the baseline's: a number, a share of the baseline's magnitude, or both.
///
/// With both, the share decides, and the number stands in when the baseline is zero.
package struct Margin: Sendable, Hashable, CustomStringConvertible {
  /// In the metric's own unit.
  package var absolute: Double?
  /// 0.01 for 1 % of the baseline's magnitude.
  package var relative: Double?

  package init(absolute: Double? = nil, relative: Double? = nil) {
    self.absolute = absolute
    self.relative = relative
  }

  /// A share of less than this is a share of what rounding leaves of zero: a log loss of 2.2e-16 is that of a model that is
  /// always sure and always right.
  package static let nearlyZero = 1e-12

  /// The part of the margin that decides for a baseline; nil when all there is is relative to zero.
  package func deciding(for baseline: Double) -> Part? {
    if let relative, abs(baseline) > Self.nearlyZero { return .relative(relative, amount: relative * abs(baseline)) }
    return absolute.map { .absolute($0) }
  }

  /// One part of a margin that applies.
  package enum Part: Sendable, Hashable, CustomStringConvertible {
    case absolute(Double)
    case relative(Double, amount: Double)

    /// What the part is worth in the metric's own unit.
    package var amount: Double {
      switch self {
      case .absolute(let amount), .relative(_, let amount): amount
      }
    }

    /// What an effect is measured in: the metric's own unit, or the magnitude of the baseline.
    package func unit(_ baseline: Double) -> Double {
      if case .relative = self { abs(baseline) } else { 1 }
    }

    /// The margin in that unit.
    package var size: Double {
      switch self {
      case .absolute(let amount): amount
      case .relative(let share, _): share
      }
    }

    package var description: String {
      switch self {
      case .absolute(let amount): Quantity.text(amount)
      case .relative(let share, _): Quantity(share, .share).description
      }
    }
  }

  package var description: String {
    let share = relative.map { Quantity($0, .share).description }
    return switch (absolute.map(Quantity.text), share) {
    case (let number?, let share?): "\(share) (or \(number) when the baseline is 0)"
    case (let number?, nil): number
    case (nil, let share?): share
    case (nil, nil): "nothing"
    }
  }
}

extension Shape<Margin> {
  /// `0.005 absolute`, `1% relative`, or a list of both. The word is required: a bare number is never a share.
  package static var margin: Shape { margin(of: .number) }

  /// The same for times: `5ms absolute`, which is in seconds, or `10% relative`.
  package static var timeMargin: Shape { margin(of: .time) }

  private static func margin(of scale: MarginScale) -> Shape {
    part(scale).oneOrMany.map { parts, node, problems in
      guard let first = parts.first else {
        problems.report("a margin is missing", at: node.location, help: [scale.spellings])
        return nil
      }
      var margin = first
      for part in parts.dropFirst() {
        guard margin.absolute == nil || part.absolute == nil, margin.relative == nil || part.relative == nil else {
          problems.report(
            "a margin has one absolute and one relative part at most", at: node.location,
            help: ["write for example [\(scale.example) absolute, 1% relative]"])
          return nil
        }
        margin.absolute = margin.absolute ?? part.absolute
        margin.relative = margin.relative ?? part.relative
      }
      return margin
    }
  }

  private static func part(_ scale: MarginScale) -> Shape {
    let pattern = "^(\(scale.pattern) +absolute|[0-9.]+ ?% +relative)$"
    return Shape(.keywords([("type", "string"), ("pattern", .string(pattern))])) { node, problems in
      guard case .scalar(let text, _) = node.content, !node.isNull else {
        problems.report("expected a margin, found \(node.kind)", at: node.location, help: [scale.spellings])
        return nil
      }
      switch parse(text, scale) {
      case .success(let margin): return margin
      case .failure(let mistake):
        problems.report(mistake.headline, at: node.location, label: mistake.label, help: mistake.help)
        return nil
      }
    }
  }

  private static func parse(_ text: String, _ scale: MarginScale) -> Result<Margin, Diagnostic> {
    let words = text.split(separator: " ")
    let isNamed = words.last == "absolute" || words.last == "relative"
    let amount = (isNamed ? words.dropLast() : words[...]).joined()
    let isShare = amount.hasSuffix("%")
    guard let number = isShare ? MarginScale.number.value(String(amount.dropLast())) : scale.value(amount) else {
      return .failure(Diagnostic("expected a margin, found \"\(text.prefix(40))\"", help: [scale.spellings]))
    }
    if number < 0 {
      return .failure(
        Diagnostic(
          "a margin cannot be negative", label: "write it without the sign",
          help: ["max_regression bounds how much worse, min_improvement how much better"]))
    }
    // Division keeps 1% at the double nearest to 0.01.
    let share = isShare ? number / 100 : number
    switch (words.last, isShare) {
    case ("absolute", false): return .success(Margin(absolute: number))
    case ("relative", true): return .success(Margin(relative: share))
    case ("absolute", true):
      return .failure(Diagnostic("an absolute margin is \(scale.words)", help: ["write \(scale.both(share))"]))
    case ("relative", false):
      return .failure(
        Diagnostic("a relative margin is a share of the baseline", help: ["write \(scale.both(share))"]))
    default:
      return .failure(
        Diagnostic("a margin says whether it is absolute or relative", help: ["write \(scale.both(share))"]))
    }
  }
}

/// What the absolute part of a margin is written in.
private enum MarginScale {
  case number
  case time

  var words: String { self == .number ? "a plain number" : "a duration" }
  var example: String { self == .number ? "0.001" : "5ms" }
  var pattern: String { self == .number ? "[0-9.]+([eE][-+]?[0-9]+)?" : "[0-9.]+ ?(ms|s|min|m|h|d)" }

  var spellings: String {
    "write for example \"\(self == .number ? "0.005" : example) absolute\" or \"1% relative\""
  }

  /// How somebody who wrote this number may have meant it.
  func both(_ share: Double) -> String {
    self == .number
      ? "\"\(Quantity.text(share)) absolute\" or \"\(Quantity(share, .share)) relative\""
      : "\"\(example) absolute\" or \"10% relative\""
  }

  /// A finite decimal number, of seconds for a time; nil for anything else.
  func value(_ text: String) -> Double? {
    guard self == .number else {
      let (isNegative, amount) = (text.hasPrefix("-"), text.hasPrefix("-") ? String(text.dropFirst()) : text)
      return Shape<Quantity>.duration(in: amount).map { isNegative ? -$0.value : $0.value }
    }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
