internal import Glibc
internal import Scan
internal import Verdict

/// Whether values have begun to name rows, or ceased to: a column of categories that became one of identifiers.
///
/// How many different values there are depends on the number of rows: ten rows of a thousand names are nearly all
/// different. What so many rows of one population can have is bounded. The share of different values falls with the rows.
/// And of all populations that have so many different values in N rows on the average, the one whose values are all
/// equally likely has most of them in fewer rows. Both numbers are means over the rows, of (1 - exp(-r n)) / r and of
/// (1 - exp(-r N)) / r for the rates r of their values, and the first is a concave function of the second (seen on a grid
/// of rates and of N / n), so that Jensen's inequality holds. D equally likely values give n rows D(1 - (1 - 1/D)^n)
/// different ones. One row changes the number by one, so that it leaves its average by t with a probability of at most
/// exp(-2t²/n) (McDiarmid, 1989).
struct RepetitionChange {
  private let before: DriftSample
  private let now: DriftSample

  init(before: DriftSample, now: DriftSample) { (self.before, self.now) = (before, now) }

  /// Whether the values name rows on one side alone, as far as these rows show it. A single row shows nothing of it.
  var isPossible: Bool {
    min(before.present, now.present) > 1
      && before.namesRows != now.namesRows && before.isNearlyUnique != now.isNearlyUnique
  }

  /// Whether that is no chance of few rows: one in a thousand for each of both numbers.
  var isCertain: Bool {
    guard isPossible else { return false }
    let (few, many) = now.present <= before.present ? (now, before) : (before, now)
    let (rows, all) = (Double(few.present), Double(many.present))
    let (reach, reachOfAll) = (Self.reach(rows), Self.reach(all))
    let (least, most) = (few.distinct.lowerBound, few.distinct.upperBound)
    let values = Self.values(of: all, with: many.distinct.upperBound + reachOfAll)
    if least - reach > Self.different(rows, of: values) { return true }
    return most + reach < (many.distinct.lowerBound - reachOfAll) / all * rows
  }

  /// How many different values so many rows have on the average, of equally likely ones.
  private static func different(_ rows: Double, of values: Double) -> Double {
    guard values.isFinite else { return rows }
    return values > 1 ? values * -expm1(rows * log1p(-1 / values)) : min(1, rows)
  }

  /// Of how many equally likely values so many rows have so many different ones on the average; infinite where all are.
  /// O(1): bisection.
  private static func values(of rows: Double, with different: Double) -> Double {
    guard different < rows else { return .infinity }
    // n rows have at least n - n² / 2D different ones.
    var (low, high) = (max(1, different), max(1, rows * rows / (2 * (rows - different))))
    for _ in 0..<100 where low < high {
      let middle = (low * high).squareRoot()
      if Self.different(rows, of: middle) < different { low = middle } else { high = middle }
    }
    return high
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
