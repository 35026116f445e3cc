internal import DataChecks
internal import Reports
internal import Verdict

/// What calibration found, as a table with the power as a small plot.
struct CalibrationTable {
  let lines: [String]

  init(_ name: String, _ found: [DriftCalibration], repeats: Int) {
    let compared = found.filter { $0.leftOut == nil }
    let shifts = DriftCalibration.shifts.map { Quantity($0, .share).description }
    let head =
      ["column", "method", "rows", "limit", "false alarms", "not green"] + shifts + ["power", "limit for 95% green"]
    let rows = compared.map { column in
      [
        TextSafety.inline(column.column), column.method, Quantity.grouped(column.rows.now),
        Quantity.brief(column.limit),
        Self.percent(column.falseAlarms), Self.percent(column.notGreen),
      ] + column.power.map(Self.percent) + [Self.sparkline(column.power), Quantity.brief(column.proposed, digits: 2)]
    }
    let widths = head.indices.map { index in ([head] + rows).map { $0[index].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - cells[index].count)
        return index < 2 ? cells[index] + space : space + cells[index]
      }
      return padded.joined(separator: "  ")
    }
    var lines = ["\(name): \(repeats) pairs of samples for each rate; the shares are of rows that change"]
    if !rows.isEmpty { lines += [""] + ([head] + rows).map(line) }
    let left = found.filter { $0.leftOut != nil }
    if !left.isEmpty {
      lines += [
        "",
        "left out: " + left.map { "\(TextSafety.inline($0.column)) (\($0.leftOut ?? ""))" }.joined(separator: ", "),
      ]
    }
    self.lines = lines
  }

  private static func percent(_ share: Double) -> String { Quantity.brief(share * 100, digits: 3) + "%" }

  private static func sparkline(_ shares: [Double]) -> String {
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(shares.map { bars[min(bars.count - 1, Int($0 * Double(bars.count - 1) + 0.5))] })
  }
}
