internal import Scan

/// A profile for a person at a terminal: a line for each column, with its shape as a sparkline.
package struct ProfileView {
  private let profile: Profile
  private let width: Int

  /// - Parameter width: the columns of the terminal; below 90 each column of the dataset takes two lines.
  package init(_ profile: Profile, width: Int) {
    self.profile = profile
    self.width = max(40, width)
  }

  package var lines: [String] {
    let rows = profile.rows == 1 ? "1 row" : "\(Self.grouped(profile.rows)) rows"
    let columns = profile.columns.count == 1 ? "1 column" : "\(profile.columns.count) columns"
    var lines = ["\(profile.source): \(rows), \(columns)\(profile.part)"]
    if profile.defects > 0 { lines.append("\(Self.grouped(profile.defects)) records are no rows and are left out") }
    if !profile.lateColumns.isEmpty {
      let names = profile.lateColumns.prefix(5).map { "\"\($0)\"" } + (profile.lateColumns.count > 5 ? ["…"] : [])
      lines.append("left out, for they first occur behind the first 8 MiB: \(names.joined(separator: ", "))")
    }
    let isWide = width >= 90
    let longestType = profile.columns.lazy.map { Self.type($0.expanded).count }.max() ?? 0
    let typeWidth = min(max(4, longestType), isWide ? 16 : width / 4)
    // What the counts of a line leave, and in a wide one what the shape and some values leave.
    let room = isWide ? max(24, width - typeWidth - 101) : width - typeWidth - 21
    let nameWidth = min(max(6, profile.columns.map(\.column.count).max() ?? 0), room)
    let head = [
      Self.padded("column", nameWidth), Self.padded("type", typeWidth), "missing", "distinct",
      Self.padded("shape", Self.bins), "values",
    ]
    lines.append("")
    lines.append(Self.cut((isWide ? head : Array(head.prefix(4))).joined(separator: "  "), width))
    for column in profile.columns.lazy.map(\.expanded) {
      let first = [
        Self.padded(Self.cut(column.column, nameWidth), nameWidth),
        Self.padded(Self.cut(Self.type(column), typeWidth), typeWidth),
        Self.leading(Self.missing(column), 7), Self.leading(Self.distinct(column), 8),
      ].joined(separator: "  ")
      let shape = Self.padded(Self.sparkline(column), Self.bins)
      if isWide {
        lines.append(Self.cut("\(first)  \(shape)  \(Self.values(column))", width))
      } else {
        lines.append(Self.cut(first, width))
        lines.append(Self.cut("  \(shape)  \(Self.values(column))", width))
      }
    }
    return lines.map { line in line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? "" }
  }

  private static let bins = 16

  /// What the column holds: its type in a typed file, what its text reads as in others.
  private static func type(_ column: ColumnSummary) -> String {
    guard let type = column.type else { return "" }
    guard type == .untyped || type == .tokens, column.census.count > 0 else { return type.words }
    let count = column.census.count
    if column.census.count(of: .integer) == count { return "integer" }
    for type in [ValueType.number, .boolean, .date, .time, .timestamp] where column.census.count(of: type) == count {
      return type.rawValue
    }
    return column.census.count(ofFinest: .string) == count ? "string" : "mixed"
  }

  private static func missing(_ column: ColumnSummary) -> String {
    guard column.rows > 0, column.nulls > 0 else { return "-" }
    let share = Double(column.nulls) / Double(column.rows) * 100
    return share < 0.1 ? "<0.1%" : share > 99.9 && column.nulls < column.rows ? ">99.9%" : "\(brief(share))%"
  }

  private static func distinct(_ column: ColumnSummary) -> String {
    // An estimate may exceed what there is.
    let estimate = min(column.distinct.estimate, Double(column.rows - column.nulls))
    let number = estimate < 1000 ? "\(Int(estimate.rounded()))" : brief(estimate)
    return column.distinct.isCounted ? number : "~" + number
  }

  /// The distribution in eight heights: of numbers and times from least to greatest, of others the most frequent values.
  static func sparkline(_ column: ColumnSummary) -> String {
    let isNumeric = isNumeric(column)
    var bars = column.mostFrequent(bins).map { Double($0.atLeast) }
    if isNumeric {
      bars = column.moments.minimum == column.moments.maximum ? [1] : column.histogram.rebinned(into: bins)
    } else if column.times != nil {
      bars = shares(of: column.instants)
    }
    guard let top = bars.max(), top > 0 else { return "" }
    let blocks = Array("▁▂▃▄▅▆▇█")
    return String(bars.map { $0 <= 0 ? " " : blocks[min(7, Int($0 / top * 7.999))] })
  }

  /// The shares of values in bins of equal width.
  private static func shares(of sketch: KLLSketch) -> [Double] {
    guard let least = sketch.minimum, let greatest = sketch.maximum, least < greatest else { return [1] }
    let borders = (1...bins).map { least + (greatest - least) * Double($0) / Double(bins) }
    let ranks = [0] + borders.dropLast().map { sketch.rank(of: $0) ?? 0 } + [1]
    return zip(ranks.dropFirst(), ranks).map { $0 - $1 }
  }

  /// Whether most values are numbers; of booleans the frequencies say more.
  private static func isNumeric(_ column: ColumnSummary) -> Bool {
    column.type != .boolean && column.moments.count > 0 && column.moments.count * 2 > column.rows - column.nulls
  }

  private static func values(_ column: ColumnSummary) -> String {
    let present = column.rows - column.nulls
    guard present > 0 else { return "no values" }
    if isNumeric(column) {
      let quantiles = column.quantiles.quantiles(at: [0, 0.5, 1])
      guard quantiles.count == 3 else { return "" }
      return quantiles.map { short($0, column) }.joined(separator: " · ")
    }
    if let times = column.times { return times.joined(separator: " · ") }
    let frequent = column.mostFrequent(6)
    guard let first = frequent.first, first.atLeast * 200 > present || frequent.count == column.frequent.itemCount
    else {
      if column.type == .binary { return "binary values" }
      return column.lengths.count > 0
        ? "texts of \(column.lengths.minimum ?? 0) to \(column.lengths.maximum ?? 0) characters" : ""
    }
    return frequent.map { item in
      "\(item.value.isEmpty ? "\"\"" : item.value) \(brief(Double(item.atLeast) / Double(present) * 100))%"
    }.joined(separator: ", ")
  }

  private static func short(_ value: Double, _ column: ColumnSummary) -> String {
    switch column.type {
    case .date?, .timestamp?: column.display(value)
    default: brief(value)
    }
  }

  /// Three digits are enough to see a size.
  static func brief(_ value: Double) -> String {
    guard value.isFinite else { return value.description }
    let parts = value.description.split(separator: "e+")
    if parts.count == 2, let digits = Double(parts[0]) { return "\(rounded(digits))e\(parts[1])" }
    let magnitude = value.magnitude
    for (limit, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")] where magnitude >= limit {
      return rounded(value / (unit == "k" ? 1e3 : limit)) + unit
    }
    return magnitude != 0 && magnitude < 1e-3 ? "\(Float(value))" : rounded(value)
  }

  private static func rounded(_ value: Double) -> String {
    let digits = value.magnitude >= 100 ? 1.0 : value.magnitude >= 10 ? 10.0 : value.magnitude >= 1 ? 100.0 : 1000.0
    let text = ((value * digits).rounded() / digits).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func leading(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : String(text.prefix(width - 1)) + "…"
  }
}
