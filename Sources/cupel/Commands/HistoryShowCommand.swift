internal import ArgumentParser
internal import Baselines
internal import DataChecks
internal import Statistics
internal import Verdict

/// `cupel history show CHECK`.
struct HistoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the values of a check, each with the band that those before it made.",
    discussion: """
      The bands are those of the check as the config has it now; with --file there are none.

      EXAMPLES
        cupel history show data.flights.anomaly_rows
        cupel history show data.flights.dep_delay
      """)

  @OptionGroup var history: HistoryOptions

  @Argument(help: "The identity of a check, or its beginning up to a dot.")
  var check: String

  func run() throws {
    let chosen = try history.chosen()
    guard let store = try chosen.open() else { return }
    let all = HistorySeries.all(try chosen.runs(store))
    let wanted = all.filter { $0.belongs(to: check) }
    guard !wanted.isEmpty else {
      throw ProfileFile.fail("\(chosen.name) has no series of \(check)", "`cupel history list` shows them all")
    }
    for (index, series) in wanted.enumerated() {
      if index > 0 { Console.write("\n") }
      show(series, chosen.gate)
    }
  }

  private func show(_ series: HistorySeries, _ gate: Gate?) {
    Console.say("\(series.title)  \(series.picture)")
    let subjects = gate?.subjects.lazy.compactMap { $0 as? DatasetSubject }
    let watch = subjects?.compactMap { $0.watch(of: series.check) }.first
    let points = series.entries.map {
      MetricHistory.Point(time: $0.time, value: $0.value, isFresh: $0.isFresh)
    }
    let now = Invocation.current.startedAt
    func band(before index: Int) -> String {
      let time = index < points.count ? points[index].time : now
      guard let watch, let band = watch.band(after: Array(points[..<index]), at: time) else { return "" }
      let sign = index < points.count && !watch.accepts(points[index].value, band) ? "  outside" : ""
      return "\(Quantity.brief(band.lower)) to \(Quantity.brief(band.upper))\(sign)"
    }
    let rows = series.entries.enumerated().map { index, entry in
      [
        "  run \(entry.run)", HistorySeries.day(entry.time), String(entry.commit.prefix(8)), entry.branch,
        "n = \(Quantity.grouped(entry.count))", Quantity.brief(entry.value), band(before: index),
      ]
    }
    let next = watch.map { watch in
      let missing = watch.detector.needed - watch.counted(points, before: now).count
      return missing > 0
        ? "  next: \(watch.detector.words(missing)) more make a band" : "  next: \(band(before: points.count))"
    }
    for line in HistorySeries.aligned(rows) { Console.say(line) }
    if let next { Console.say(next) }
  }
}
