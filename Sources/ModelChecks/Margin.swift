internal import JSON
package import Language
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
    func unit(_ baseline: Double) -> Double {
      if case .relative = self { abs(baseline) } else { 1 }
    }

    /// The margin in that unit.
    var size: Double {
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
  package static var margin: Shape {
    part.oneOrMany.map { parts, node, problems in
      guard let first = parts.first else {
        problems.report("a margin is missing", at: node.location, help: [spellings])
        return nil
      }
      var margin = first
      for part in parts.dropFirst() {
        guard margin.absolute == nil || part.absolute == nil, margin.relative == nil || part.relative == nil else {
          problems.report(
            "a margin has one absolute and one relative part at most", at: node.location,
            help: ["write for example [0.001 absolute, 1% relative]"])
          return nil
        }
        margin.absolute = margin.absolute ?? part.absolute
        margin.relative = margin.relative ?? part.relative
      }
      return margin
    }
  }

  private static var part: Shape {
    let pattern = "^([0-9.]+([eE][-+]?[0-9]+)? +absolute|[0-9.]+ ?% +relative)$"
    return Shape(.keywords([("type", "string"), ("pattern", .string(pattern))])) { node, problems in
      guard case .scalar(let text, _) = node.content, !node.isNull else {
        problems.report("expected a margin, found \(node.kind)", at: node.location, help: [spellings])
        return nil
      }
      switch parse(text) {
      case .success(let margin): return margin
      case .failure(let mistake):
        problems.report(mistake.headline, at: node.location, label: mistake.label, help: mistake.help)
        return nil
      }
    }
  }

  private static var spellings: String { "write for example \"0.005 absolute\" or \"1% relative\"" }

  private static func parse(_ text: String) -> Result<Margin, Diagnostic> {
    let words = text.split(separator: " ")
    let isNamed = words.last == "absolute" || words.last == "relative"
    let amount = (isNamed ? words.dropLast() : words[...]).joined()
    let isShare = amount.hasSuffix("%")
    guard let number = decimal(isShare ? String(amount.dropLast()) : amount) else {
      return .failure(Diagnostic("expected a margin, found \"\(text.prefix(40))\"", help: [spellings]))
    }
    if number < 0 {
      return .failure(
        Diagnostic(
          "a margin cannot be negative", label: "write it without the sign",
          help: ["max_regression bounds how much worse, min_improvement how much better"]))
    }
    // Division keeps 1% at the double nearest to 0.01.
    let share = isShare ? number / 100 : number
    let both = "\"\(Quantity.text(share)) absolute\" or \"\(Quantity(share, .share)) relative\""
    switch (words.last, isShare) {
    case ("absolute", false): return .success(Margin(absolute: number))
    case ("relative", true): return .success(Margin(relative: share))
    case ("absolute", true):
      return .failure(Diagnostic("an absolute margin is a plain number", help: ["write \(both)"]))
    case ("relative", false):
      return .failure(Diagnostic("a relative margin is a share of the baseline", help: ["write \(both)"]))
    default:
      return .failure(
        Diagnostic("a margin says whether it is absolute or relative", help: ["write \(both)"]))
    }
  }

  /// A finite decimal number; nil for anything else.
  private static func decimal(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
