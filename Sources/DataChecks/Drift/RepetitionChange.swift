internal import Glibc
internal import Scan
internal import Verdict

/// Whether values have begun to name rows, or ceased to: a column of categories that became one of identifiers.
///
/// How many different values there are depends on the number of rows: ten rows of a thousand names are nearly all
/// different. What so many rows of one population can have is bounded: the share of different values falls with the rows,
/// and D values give n rows at most D(1 - (1 - 1/D)^n) different ones on the average, when all are equally likely. One row
/// changes the number by one, so that it leaves its average by t with a probability of at most exp(-2t²/n) (McDiarmid,
/// 1989).
struct RepetitionChange {
  private let before: DriftSample
  private let now: DriftSample

  init(before: DriftSample, now: DriftSample) { (self.before, self.now) = (before, now) }

  /// Whether the values name rows on one side alone, as far as these rows show it.
  var isPossible: Bool { before.namesRows != now.namesRows && before.isNearlyUnique != now.isNearlyUnique }

  /// Whether that is no chance of few rows: one in a thousand for each of both numbers.
  var isCertain: Bool {
    guard isPossible else { return false }
    let (few, many) = now.present <= before.present ? (now, before) : (before, now)
    let (rows, all) = (Double(few.present), Double(many.present))
    let (reach, reachOfAll) = (Self.reach(rows), Self.reach(all))
    let (least, most) = (few.distinct.lowerBound, few.distinct.upperBound)
    let values = max(1, many.distinct.upperBound)
    let bound = values * -expm1(rows * log1p(-1 / max(1.000001, values)))
    if least - reach > bound { return true }
    return most + reach < (many.distinct.lowerBound - reachOfAll) / all * rows
  }

  private static func reach(_ rows: Double) -> Double { (rows * log(1000) / 2).squareRoot() }

  /// What the values have become.
  var words: String { "the column holds \(Self.words(now))" }
  /// What they were.
  var wordsBefore: String { "it holds \(Self.words(before))" }

  private static func words(_ sample: DriftSample) -> String {
    let count = Quantity.grouped(min(sample.present, Int(sample.summary.distinct.estimate.rounded())))
    let (different, rows) = ("\(count) different values", Quantity(Double(sample.present), .rows))
    return sample.namesRows ? "names of rows, \(different) in \(rows)" : "\(different) in \(rows)"
  }
}
