internal import DataChecks
internal import Reports
internal import Verdict

/// What calibration found, as tables with the power as a small plot.
struct CalibrationTable: Sendable {
  private let title: String
  private let head: [String]
  private let rows: [[String]]
  /// What was not measured, and why.
  private let left: [(name: String, reason: String)]
  /// What was found, a case each.
  let findings: [Finding]
  /// How many columns, checks and series were measured.
  let measured: Int

  /// What is compared with a baseline.
  init(_ name: String, _ found: [DriftCalibration], repeats: Int) {
    let compared = found.filter { $0.leftOut == nil }
    measured = compared.count
    let shifts = DriftCalibration.shifts.map { Quantity($0, .share).description }
    let head =
      ["column", "method", "rows", "limit", "false alarms", "not green"] + shifts + ["power", "limit for 95% green"]
    self.head = head
    rows = compared.map { column in
      [
        column.column, column.method, Quantity.grouped(column.rows.now), Quantity.brief(column.limit),
        Self.percent(column.falseAlarms), Self.percent(column.notGreen),
      ] + column.power.map(Self.percent) + [Self.sparkline(column.power), Self.limit(column.proposed)]
    }
    title = "\(name): \(repeats) pairs of samples of unchanged rows; the shares are of rows that change"
    left = found.compactMap { column in column.leftOut.map { (column.column, $0) } }
    findings = found.map { column in
      Self.finding(
        of: name, column.column, column.leftOut, (column.falseAlarms, column.notGreen), column.method,
        power: zip(shifts, column.power).map { "\($0) of the rows changed: found in \(Self.percent($1)) of the pairs" },
        column.power, more: ", limit for 95% green \(Self.limit(column.proposed))")
    }
  }

  /// What is compared with earlier runs.
  init(_ name: String, _ found: [AnomalyCalibration], repeats: Int) {
    let series = found.filter { $0.leftOut == nil }
    measured = series.count
    let head =
      ["series", "method", "runs", "false alarms", "not green"]
      + AnomalyCalibration.moves.map { "\(Quantity.brief($0)) sd" } + ["power"]
    self.head = head
    rows = series.map { series in
      [
        series.title, series.method, Quantity.grouped(series.runs),
        Self.percent(series.falseAlarms), Self.percent(series.notGreen),
      ] + series.power.map(Self.percent) + [Self.sparkline(series.power)]
    }
    title = "\(name): \(repeats) series like the history for each rate; sd are standard deviations of the history"
    left = found.compactMap { series in series.leftOut.map { (series.title, $0) } }
    findings = found.map { series in
      Self.finding(
        of: name, series.title, series.leftOut, (series.falseAlarms, series.notGreen), series.method,
        power: zip(AnomalyCalibration.moves, series.power).map {
          "moved by \(Quantity.brief($0)) sd: found in \(Self.percent($1)) of the series"
        }, series.power)
    }
  }

  /// For a terminal: columns that stand below each other.
  var lines: [String] {
    let cells = ([head] + rows).map { $0.map { TextSafety.inline($0) } }
    let widths = head.indices.map { index in cells.map { $0[index].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - cells[index].count)
        return index < 2 ? cells[index] + space : space + cells[index]
      }
      return padded.joined(separator: "  ")
    }
    var lines = [title]
    if !rows.isEmpty { lines += [""] + cells.map(line) }
    if !left.isEmpty {
      lines += ["", "left out: " + left.map { "\(TextSafety.inline($0.name)) (\($0.reason))" }.joined(separator: ", ")]
    }
    return lines
  }

  /// For a comment or a summary: a table of Markdown.
  var markdown: String {
    func line(_ cells: [String]) -> String { "| \(cells.map { MarkdownText.escape($0) }.joined(separator: " | ")) |\n" }
    var text = "### \(MarkdownText.escape(title))\n"
    if !rows.isEmpty {
      let aligned = head.indices.map { $0 < 2 ? ":--" : "--:" }
      text += "\n\(line(head))| \(aligned.joined(separator: " | ")) |\n\(rows.map(line).joined())"
    }
    guard !left.isEmpty else { return text }
    return text + "\nLeft out:\n\n"
      + left.map { "- \(MarkdownText.code($0.name)) \(MarkdownText.escape($0.reason))\n" }.joined()
  }

  /// One column, check or series as a case: what was measured passes, as it is no verdict; what was not is skipped.
  private static func finding(
    of dataset: String, _ name: String, _ leftOut: String?, _ rates: (falseAlarms: Double, notGreen: Double),
    _ method: String, power: [String], _ shares: [Double], more: String = ""
  ) -> Finding {
    let id = CheckID(suite: .data, subject: dataset, column: name, check: "calibrate")
    if let leftOut {
      return Finding(
        id: id, kind: "calibrate", outcome: .skipped, reason: .requested, message: "left out: \(leftOut)")
    }
    return Finding(
      id: id, kind: "calibrate", outcome: .passed,
      message: "false alarms \(percent(rates.falseAlarms)), not green \(percent(rates.notGreen)), "
        + "power \(sparkline(shares))\(more)",
      evidence: Evidence(observed: Quantity(rates.falseAlarms, .share), method: method, notes: power))
  }

  /// The least limit that most pairs pass; "none" where no limit does.
  private static func limit(_ proposed: Double) -> String {
    proposed.isFinite ? Quantity.brief(proposed, digits: 2) : "none"
  }

  private static func percent(_ share: Double) -> String { Quantity.brief(share * 100, digits: 3) + "%" }

  private static func sparkline(_ shares: [Double]) -> String {
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(shares.map { bars[min(bars.count - 1, Int($0 * Double(bars.count - 1) + 0.5))] })
  }
}

extension AnomalyCalibration {
  /// The check; what is measured is added where that does not end with it.
  /// A check without any run has no metric either.
  fileprivate var title: String { metric.isEmpty || check.hasSuffix("_" + metric) ? check : "\(check) (\(metric))" }
}
