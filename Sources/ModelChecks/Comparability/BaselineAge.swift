internal import Language
internal import Verdict

/// How old a baseline may be, and what is said of one that is older. An age that nobody knows may be any.
struct BaselineAge: Sendable {
  let limit: Quantity
  /// The clock of the run, in seconds since 1970, UTC.
  let now: Int64

  /// So far clocks of two machines may be apart: a day, in seconds.
  private static let skew: Int64 = 86_400

  /// - Parameter time: when the baseline was made.
  func failure(of name: String, madeAt time: Int64?) -> SideFailure? {
    guard let time else {
      return SideFailure(
        reason: .baseline, message: "nobody knows how old \(name) is, and it may be \(limit) old at most",
        advice:
          "`cupel accept` writes down when a file became the baseline; git knows it where the clone is deep enough",
        isMissing: false)
    }
    guard time - now <= Self.skew else {
      return SideFailure(
        reason: .baseline, message: "\(name) was made after this run, so nobody knows how old it is",
        advice: "see whether the clock is right: that of this machine, or of --now", isMissing: false)
    }
    let age = Double(max(0, now - time))
    guard age > limit.value else { return nil }
    return SideFailure(
      reason: .baseline, message: "\(name) is \(Self.words(age)) old, and it may be \(limit) old at most",
      advice: "evaluate the model in production again and run `cupel accept`, or raise max_age", isMissing: false)
  }

  /// Whole days from two days on, else hours.
  private static func words(_ seconds: Double) -> String {
    seconds >= 2 * 86_400 ? "\(Int(seconds / 86_400)) days" : "\(Int((seconds / 3600).rounded(.up)))h"
  }
}
