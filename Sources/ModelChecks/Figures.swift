internal import Verdict

/// Numbers in a sentence: six significant digits, or all of them where six would hide why a bound does not hold.
struct Figures: Sendable {
  private let isExact: Bool

  /// - Parameter pairs: numbers that must not look the same unless they are.
  init(distinguishing pairs: [(Double, Double)]) {
    isExact = pairs.contains { $0 != $1 && Quantity.brief($0) == Quantity.brief($1) }
  }

  func text(_ value: Double) -> String { isExact ? Quantity.text(value) : Quantity.brief(value) }

  /// `roc_auc fell from 0.918 to 0.653 (-0.265)`.
  func movement(of change: Change, withShare: Bool = false) -> String {
    guard change.difference != 0 else { return "\(change.metric) stayed at \(text(change.baseline))" }
    let verb = change.difference > 0 ? "rose" : "fell"
    return "\(change.metric) \(verb) from \(text(change.baseline)) to \(text(change.candidate)) "
      + "(\(difference(of: change, withShare: withShare)))"
  }

  /// `-0.265`, or `-0.265, -28.9%` with the share of the baseline's magnitude.
  func difference(of change: Change, withShare: Bool) -> String {
    let number = signed(change.difference)
    guard withShare, let share = change.relativeDifference else { return number }
    return "\(number), \(signed(share * 100))%"
  }

  private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + text(value) }
}
