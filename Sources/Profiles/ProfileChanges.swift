internal import Scan

/// What a person wants to know before one profile takes the place of another: a line for each thing that changed.
package struct ProfileChanges {
  package private(set) var lines: [String] = []

  package init(from before: Profile, to now: Profile) {
    if before.rows != now.rows { lines.append("rows: \(before.rows) -> \(now.rows)") }
    let old = Dictionary(before.columns.map { (ExactText($0.column), $0) }, uniquingKeysWith: { first, _ in first })
    for column in now.columns {
      guard let other = old[ExactText(column.column)] else {
        lines.append("\(column.column): new")
        continue
      }
      let changes = Self.changes(from: other.expanded, to: column.expanded)
      if !changes.isEmpty { lines.append("\(column.column): \(changes.joined(separator: ", "))") }
    }
    let names = Set(now.columns.map { ExactText($0.column) })
    lines += before.columns.filter { !names.contains(ExactText($0.column)) }.map { "\($0.column): gone" }
  }

  private static func changes(from before: ColumnSummary, to now: ColumnSummary) -> [String] {
    var changes: [String] = []
    func note(_ name: String, _ one: String?, _ other: String?) {
      let (one, other) = (one ?? "none", other ?? "none")
      if one != other { changes.append("\(name) \(one) -> \(other)") }
    }
    note("type", before.type?.words, now.type?.words)
    note("missing", missing(before), missing(now))
    note("distinct", brief(before.distinct.estimate), brief(now.distinct.estimate))
    note("mean", before.moments.mean.map(brief), now.moments.mean.map(brief))
    note("median", median(before), median(now))
    note("min", before.moments.minimum.map { text($0, before) }, now.moments.minimum.map { text($0, now) })
    note("max", before.moments.maximum.map { text($0, before) }, now.moments.maximum.map { text($0, now) })
    changes += moved(before, now)
    let isSame = (before.digest.h1, before.digest.h2) == (now.digest.h1, now.digest.h2)
    return changes.isEmpty && !isSame ? ["other values, of which the profile tells the same"] : changes
  }

  /// The values whose shares have changed most, of a column whose every value is counted: texts above all, of which no mean
  /// tells. What changes by less than one of a hundred rows is not told.
  private static func moved(_ before: ColumnSummary, _ now: ColumnSummary) -> [String] {
    guard let old = shares(before), let new = shares(now) else { return [] }
    let values = Set(old.keys).union(new.keys).map { value in
      (value: value, before: old[value] ?? 0, now: new[value] ?? 0)
    }
    let moved = values.filter { abs($0.now - $0.before) >= 0.01 }.sorted {
      (abs($1.now - $1.before), $0.value) < (abs($0.now - $0.before), $1.value)
    }
    let told = moved.prefix(mostMoved).map { value in
      let name = value.value.count > 40 ? "\(value.value.prefix(40))…" : value.value
      return "\"\(name)\" \(brief(value.before * 100))% -> \(brief(value.now * 100))%"
    }
    return told + (moved.count > mostMoved ? ["\(moved.count - mostMoved) more"] : [])
  }

  private static let mostMoved = 5

  /// The share of each value among those present; nil where some are not counted one by one, or nearly all are different.
  private static func shares(_ column: ColumnSummary) -> [String: Double]? {
    let present = column.rows - column.nulls
    guard column.frequent.maximumError == 0, column.frequent.oversizedWeight == 0 else { return nil }
    return Dictionary(
      column.mostFrequent(.max).map { ($0.value, Double($0.atLeast) / Double(max(1, present))) }, uniquingKeysWith: +)
  }

  private static func missing(_ column: ColumnSummary) -> String {
    column.rows == 0 ? "none" : "\(brief(Double(column.nulls) / Double(column.rows) * 100))%"
  }

  private static func median(_ column: ColumnSummary) -> String? {
    column.quantiles.quantile(at: 0.5).map { text($0, column) }
  }

  private static func text(_ number: Double, _ column: ColumnSummary) -> String {
    let text = column.display(number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Three significant digits: what changes less than that is not told.
  private static func brief(_ value: Double) -> String { ProfileView.brief(value) }
}
