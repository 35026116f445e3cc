internal import DataChecks
internal import Reports
internal import Verdict

/// What calibration found, as tables with the power as a small plot.
struct CalibrationTable {
  let lines: [String]
  /// How many columns, checks and series were measured.
  let measured: Int

  /// What is compared with a baseline.
  init(_ name: String, _ found: [DriftCalibration], repeats: Int) {
    let compared = found.filter { $0.leftOut == nil }
    measured = compared.count
    let shifts = DriftCalibration.shifts.map { Quantity($0, .share).description }
    let head =
      ["column", "method", "rows", "limit", "false alarms", "not green"] + shifts + ["power", "limit for 95% green"]
    let rows = compared.map { column in
      [
        TextSafety.inline(column.column), column.method, Quantity.grouped(column.rows.now),
        Quantity.brief(column.limit),
        Self.percent(column.falseAlarms), Self.percent(column.notGreen),
      ] + column.power.map(Self.percent) + [Self.sparkline(column.power), Self.limit(column.proposed)]
    }
    lines = Self.lines(
      "\(name): \(repeats) pairs of samples of unchanged rows; the shares are of rows that change", head, rows,
      left: found.compactMap { column in column.leftOut.map { (column.column, $0) } })
  }

  /// What is compared with earlier runs.
  init(_ name: String, _ found: [AnomalyCalibration], repeats: Int) {
    let series = found.filter { $0.leftOut == nil }
    measured = series.count
    let head =
      ["series", "method", "runs", "false alarms", "not green"]
      + AnomalyCalibration.moves.map { "\(Quantity.brief($0)) sd" } + ["power"]
    let rows = series.map { series in
      [
        TextSafety.inline(series.title), series.method, Quantity.grouped(series.runs),
        Self.percent(series.falseAlarms), Self.percent(series.notGreen),
      ] + series.power.map(Self.percent) + [Self.sparkline(series.power)]
    }
    lines = Self.lines(
      "\(name): \(repeats) series like the history for each rate; sd are standard deviations of the history", head,
      rows,
      left: found.compactMap { series in series.leftOut.map { (series.title, $0) } })
  }

  private static func lines(
    _ title: String, _ head: [String], _ rows: [[String]], left: [(name: String, reason: String)]
  ) -> [String] {
    let widths = head.indices.map { index in ([head] + rows).map { $0[index].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - cells[index].count)
        return index < 2 ? cells[index] + space : space + cells[index]
      }
      return padded.joined(separator: "  ")
    }
    var lines = [title]
    if !rows.isEmpty { lines += [""] + ([head] + rows).map(line) }
    if !left.isEmpty {
      lines += ["", "left out: " + left.map { "\(TextSafety.inline($0.name)) (\($0.reason))" }.joined(separator: ", ")]
    }
    return lines
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
