internal import Baselines
internal import Reports
internal import Scan
internal import Verdict

/// One series of a history, as the commands show it.
struct HistorySeries {
  var project: String
  /// The identity of the check.
  var check: String
  var metric: String
  /// The oldest first.
  var entries: [Entry] = []

  struct Entry {
    var run: Int64
    var time: Int64
    var commit: String
    var branch: String
    var count: Int
    var value: Double
    /// Whether somebody accepted the run with a reason.
    var isFresh: Bool
  }

  /// The series of some runs, which are in the order of their times, by project, check and metric.
  static func all(_ runs: [HistoryRun]) -> [HistorySeries] {
    var found: [[String]: HistorySeries] = [:]
    for run in runs {
      for metric in run.metrics {
        let key = [run.project, metric.check, metric.name]
        let entry = Entry(
          run: run.id ?? 0, time: run.time, commit: run.commit, branch: run.branch, count: metric.count,
          value: metric.value, isFresh: !run.because.isEmpty)
        found[key, default: HistorySeries(project: run.project, check: metric.check, metric: metric.name)]
          .entries.append(entry)
      }
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  func belongs(to check: String) -> Bool { self.check == check || self.check.hasPrefix(check + ".") }

  /// The identity; what is measured is added where that does not end with it.
  var title: String { check.hasSuffix("_" + metric) ? check : "\(check) (\(metric))" }

  var picture: String { Sparkline(entries.map(\.value)).description }

  var dates: String {
    guard let first = entries.first, let last = entries.last else { return "" }
    let days = [first, last].map { Self.day($0.time) }
    return days[0] == days[1] ? days[0] : "\(days[0]) to \(days[1])"
  }

  /// The day of a time: `2026-01-31`.
  static func day(_ time: Int64) -> String {
    let (micros, isTooFar) = time.multipliedReportingOverflow(by: Instant.perSecond)
    return isTooFar ? "\(time)s" : String(Literal.text(micros, as: .timestamp).prefix(10))
  }

  static func runs(_ count: Int) -> String { count == 1 ? "1 run" : "\(Quantity.grouped(count)) runs" }

  /// Rows of words as lines with aligned columns; one that has nothing in any row is left out.
  static func aligned(_ rows: [[String]]) -> [String] {
    let safe = rows.map { $0.map { TextSafety.inline($0) } }
    let widths = (safe.first?.indices ?? 0..<0).map { column in safe.map { TextSafety.width($0[column]) }.max() ?? 0 }
    return safe.map { row in
      let cells = row.enumerated().filter { widths[$0.offset] > 0 }.map { column, text in
        text + String(repeating: " ", count: widths[column] - TextSafety.width(text))
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
