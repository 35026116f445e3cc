internal import Statistics
internal import Verdict

/// A histogram of latencies for a terminal: a bar for each range of times, and the percentiles.
struct LatencyChart {
  /// What fits side by side.
  private struct Row {
    var label: String
    var count: Int
    var text: String
  }

  private static let percentiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999]
  private static let bars = 12
  private static let widestBar = 60

  let lines: [String]

  /// - Parameter width: that of the terminal, in columns.
  init(_ histogram: LatencyHistogram, width: Int) {
    guard histogram.count > 0 else {
      lines = []
      return
    }
    lines = Self.chart(histogram, width) + [""] + Self.percentiles(histogram, width)
  }

  private static func chart(_ histogram: LatencyHistogram, _ width: Int) -> [String] {
    let rows = LatencyBars(histogram, bars: bars).bars.map { bar in
      Row(label: "to " + time(bar.to), count: bar.count, text: Quantity.grouped(bar.count))
    }
    let (labels, counts) = (rows.map(\.label.count).max() ?? 0, rows.map(\.text.count).max() ?? 0)
    // Two blanks before each column. What is too narrow for bars has the numbers alone.
    let room = min(widestBar, width - labels - counts - 6)
    let most = rows.map(\.count).max() ?? 0
    return rows.map { row in
      let numbers = "  \(padded(row.label, labels))  \(padded(row.text, counts))"
      return room < 4 || row.count == 0 ? numbers : numbers + "  " + bar(Double(row.count) / Double(max(most, 1)), room)
    }
  }

  /// A bar of eighths of a column; what is there at all is seen.
  private static func bar(_ share: Double, _ room: Int) -> String {
    let eighths = max(1, Int((share * Double(8 * room)).rounded()))
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }

  /// As many in a line as fit.
  private static func percentiles(_ histogram: LatencyHistogram, _ width: Int) -> [String] {
    var items = [("min", histogram.minimum), ("mean", histogram.mean.map { Int64($0) })]
    // A percentile that fewer requests than its own share are above says no more than the largest time.
    items += percentiles.filter { Double(histogram.count) * (1 - $0) >= 0.999 }.map { share in
      ("p" + Quantity.text((share * 1e6).rounded() / 1e4), histogram.quantile(share))
    }
    items.append(("max", histogram.maximum))
    let texts = items.map { "\($0.0) \(time(Double($0.1 ?? 0)))" }
    let column = (texts.map(\.count).max() ?? 0) + 2
    let perLine = max(1, (width - 2) / column)
    return stride(from: 0, to: texts.count, by: perLine).map { start in
      let line = texts[start..<min(texts.count, start + perLine)]
      return "  " + line.map { $0 + String(repeating: " ", count: column - $0.count) }.joined()
    }.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
  }

  /// Three digits, which is what a histogram knows.
  private static func time(_ nanoseconds: Double) -> String {
    let seconds = nanoseconds / 1e9
    return seconds < 1 ? Quantity.brief(seconds * 1000, digits: 3) + "ms" : Quantity.brief(seconds, digits: 3) + "s"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
