internal import Scan
internal import Statistics
internal import Verdict

/// Turns a number of this run and those of earlier ones into a finding.
struct AnomalyClaim: Sendable {
  var planned: PlannedCheck
  var detector: AnomalyDetector
  /// What the number is called: `mean`.
  var name: String
  /// What the series are called.
  var series: SeriesName
  var unit = Quantity.Unit.none
  /// Whether the number counts something, so that no part of one lies within the band.
  var isCount = false
  /// What the number cannot be less than, and more than.
  var least = -Double.infinity
  var most = Double.infinity
  var history: HistoryAccess
  /// When the run is, in seconds since 1970, UTC.
  var time: Int64

  /// - Parameters:
  ///   - group: of which rows it is the number.
  ///   - count: of how many rows or values it is the number.
  ///   - counts: the rows behind it, when it is a column's.
  func judge(_ value: Double, of group: RowGroup, count: Int, _ counts: Evidence.Counts? = nil) -> Finding {
    let metric = series.metric(of: group)
    var finding = judged(value, metric, counts)
    finding.metrics = [Metric(metric, value, count: count)]
    return finding
  }

  private func judged(_ value: Double, _ metric: String, _ counts: Evidence.Counts?) -> Finding {
    let observed = Quantity(value, unit)
    var evidence = Evidence(observed: observed, counts: counts)
    let points: [MetricHistory.Point]
    switch history {
    case .unwanted:
      return planned.finding(
        .skipped, "no history is wanted; the \(name) is \(words(value))", reason: .requested, evidence: evidence)
    case .unreadable(let message, let advice):
      evidence.notes.append(advice)
      return planned.finding(.errored, message, reason: .baseline, evidence: evidence)
    case .known(let history):
      points = detector.current(history[planned.id, metric], unit: unit)
    }
    let shown = detector.counted(points, before: time)
    if !shown.isEmpty { evidence.notes.append(picture(shown, value)) }
    guard shown.count >= detector.needed else {
      let beginning = points.first.flatMap { $0.isFresh ? " since \(Self.day($0.time)), accepted with a reason" : nil }
      let runs = "\(shown.count) of \(detector.words(detector.needed))\(beginning ?? "")"
      return planned.finding(
        .skipped, "no history yet: \(runs); the \(name) is \(words(value))", reason: .requested, evidence: evidence)
    }
    evidence.method = detector.method
    do throws(Undefined) {
      let band = try detector.band(after: shown, at: time, unit: unit)
      evidence.baseline = Quantity(brief(band.expected), unit)
      evidence.limit = limit(band)
      evidence.interval = band.confidence.map {
        Evidence.Interval(lower: max(least, band.lower), upper: min(most, band.upper), level: $0)
      }
      let runs = "by \(detector.words(shown.count))"
      let sentence = "the \(name) is \(words(value)), expected \(expectation(band)) \(runs)"
      let isAccepted = detector.accepts(value, band)
      // A group that always had rows is not gone by chance, however wide the band is.
      if isAccepted, value == 0, series.isOfGroups, unit == .rows, shown.allSatisfy({ $0.value > 0 }) {
        let runs = detector.words(shown.count)
        return planned.finding(.failed, "there are no rows, and in \(runs) there were always some", evidence: evidence)
      }
      // That there is nothing is no good news because there was often next to nothing.
      if isAccepted, value == 0, unit == .rows, !series.isOfGroups {
        return planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate, evidence: evidence)
      }
      return planned.finding(isAccepted ? .passed : .failed, sentence, evidence: evidence)
    } catch {
      return undecided(value, shown.map(\.value), error, evidence)
    }
  }

  /// There is enough history, and it makes no band.
  private func undecided(
    _ value: Double, _ history: [Double], _ reason: Undefined, _ evidence: Evidence
  ) -> Finding {
    var evidence = evidence
    let runs = detector.words(history.count)
    switch reason {
    case .zeroVariance where history.allSatisfy { $0 == value }:
      return planned.finding(.passed, "the \(name) is \(words(value)), as in \(runs)", evidence: evidence)
    case .zeroVariance:
      evidence.notes.append("floor: says how far it may lie from the expected value whatever the history says")
      let words = "the \(name) is \(words(value)), and \(runs) vary too little to tell how far that is"
      return planned.finding(.inconclusive, words, evidence: evidence)
    case .noObservations where value == 0 && history.last == 0:
      // Nothing has changed, whatever a share of zero is.
      return planned.finding(.passed, "the \(name) is \(words(value)), as in the run before", evidence: evidence)
    case .noObservations:
      let words = "the \(name) was 0 in the run before, and the limit is relative to it: relative to zero"
      return planned.finding(.errored, words, reason: .undefined, evidence: evidence)
    case .tooFew(let what, let needed, let got):
      let words = "no history yet: \(got) of \(needed) \(what), in \(runs); the \(name) is \(words(value))"
      return planned.finding(.skipped, words, reason: .requested, evidence: evidence)
    default:
      return planned.finding(
        .errored, "\(runs) make no band for the \(name): \(reason)", reason: .undefined, evidence: evidence)
    }
  }

  // MARK: - Words

  private func words(_ value: Double) -> String {
    unit == .share ? Quantity.brief(value * 100) + "%" : unit == .rows ? "\(Quantity(value))" : Quantity.brief(value)
  }

  /// The ends as they are shown: within what the number can be, and whole for a count.
  private func ends(_ band: PredictionBand) -> (low: Double, high: Double) {
    var (low, high) = (max(least, band.lower), min(most, band.upper))
    if isCount, low.rounded(.up) <= high.rounded(.down) { (low, high) = (low.rounded(.up), high.rounded(.down)) }
    return (low, high)
  }

  private func expectation(_ band: PredictionBand) -> String {
    let (low, high) = ends(band)
    return switch detector.side {
    case .both: "between \(words(low)) and \(words(high))"
    case .below: "at least \(words(low))"
    case .above: "at most \(words(high))"
    }
  }

  private func limit(_ band: PredictionBand) -> Bound {
    let (low, high) = (Quantity(brief(ends(band).low), unit), Quantity(brief(ends(band).high), unit))
    return switch detector.side {
    case .both: .between(low, high)
    case .below: .atLeast(low)
    case .above: .atMost(high)
    }
  }

  /// A few digits are enough of a limit that is estimated.
  private func brief(_ value: Double) -> Double { Double(Quantity.brief(value)) ?? value }

  /// `history: ▃▂▄▃ → █ (12 runs, 2026-01-01 to 2026-01-12)`.
  private func picture(_ points: [MetricHistory.Point], _ value: Double) -> String {
    let line = Sparkline(points.map(\.value) + [value]).description
    let days = [points[0].time, points[points.count - 1].time].map(Self.day)
    let range = days[0] == days[1] ? "\(days[0])" : "\(days[0]) to \(days[1])"
    return "history: \(line.dropLast()) → \(line.suffix(1)) (\(detector.words(points.count)), \(range))"
  }

  /// `2026-01-31`.
  private static func day(_ seconds: Int64) -> Substring {
    Literal.text(seconds.multipliedReportingOverflow(by: Instant.perSecond).partialValue, as: .timestamp).prefix(10)
  }
}
