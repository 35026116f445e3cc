internal import Language
internal import Statistics
internal import Verdict

/// How far two endpoints may be apart over all rows: the share of flips, or the mean shift of a score. With a confidence it
/// is a claim about the rows that are to come, and the interval decides.
struct ParityLimit: Sendable {
  var limit: Located<Quantity>
  var confidence: Double?

  /// What is known of a number: it, its interval when there is a confidence, and how many rows it is of.
  struct Measured: Sendable {
    var value: Double
    var interval: ConfidenceInterval?
    var rows: Int
    var method: String
  }

  /// The share of rows with another class, with the exact interval of Clopper and Pearson.
  static func flips(_ flips: Int, of rows: Int, confidence: Double?) -> Measured? {
    guard rows > 0 else { return nil }
    let share = Double(flips) / Double(rows)
    guard let confidence else { return Measured(value: share, interval: nil, rows: rows, method: "point") }
    guard let count = try? BinomialCount(flips, of: rows),
      let interval = try? ClopperPearson.interval(count, confidence: confidence).interval
    else { return nil }
    return Measured(value: share, interval: interval, rows: rows, method: ClopperPearson.method.name)
  }

  /// The mean of differences, with the t interval. Differences that are all the same bound the share of others by the rule of
  /// Clopper and Pearson, each of which could be as large as the scores go.
  static func shift(_ differences: [Double], range: Double, confidence: Double?) -> Measured? {
    guard !differences.isEmpty else { return nil }
    let mean = differences.reduce(0, +) / Double(differences.count)
    guard let confidence else { return Measured(value: mean, interval: nil, rows: differences.count, method: "point") }
    if let estimate = try? MeanInterval.interval(differences, confidence: confidence) {
      return Measured(
        value: mean, interval: estimate.interval, rows: differences.count, method: MeanInterval.method.name)
    }
    guard let count = try? BinomialCount(0, of: differences.count),
      let others = try? ClopperPearson.interval(count, confidence: confidence).interval.upper
    else { return nil }
    let interval = ConfidenceInterval(
      lower: mean - others * range, upper: mean + others * range, confidence: confidence)
    return Measured(
      value: mean, interval: interval, rows: differences.count, method: ClopperPearson.method.name + " (no variance)")
  }

  /// Whether a number keeps the limit: its amount is at most that. Nil when the interval does not decide.
  func holds(_ measured: Measured) -> Bool? {
    guard let interval = measured.interval else { return measured.value.magnitude <= limit.value.value }
    let bound = limit.value.value
    if max(interval.lower.magnitude, interval.upper.magnitude) <= bound { return true }
    return interval.lower > bound || interval.upper < -bound ? false : nil
  }

  /// About how many rows would decide; nil when no number of them is known to.
  func rowsNeeded(_ measured: Measured) -> Int? {
    guard let interval = measured.interval else { return nil }
    let distance = (limit.value.value - measured.value.magnitude).magnitude
    guard distance > 0, interval.width > 0 else { return nil }
    let ratio = interval.width / 2 / distance
    let needed = Double(measured.rows) * ratio * ratio * 1.1
    return needed < 1e12 ? max(measured.rows + 1, Int(needed.rounded(.up))) : nil
  }
}
