internal import Scan
internal import Statistics

/// The categories of a sample with their rows, as its summary knows them.
struct CategoryCounts: Sendable {
  let counts: [(key: String, count: Double)]
  /// All rows with a value.
  let rows: Int
  /// The rows of categories that are not known one by one.
  let rest: Double
  /// What the share of a category is off by at most.
  let error: Double

  init(_ sample: DriftSample) {
    // What the sketch may have forgotten most of is no category of its own.
    let certain = sample.items.filter { $0.count > 3 * sample.itemError }
    counts = certain.map { (String(decoding: $0.text, as: UTF8.self), Double($0.count)) }
    rows = sample.present
    rest = max(0, Double(rows) - counts.map(\.count).reduce(0, +))
    error = Double(sample.itemError) / Double(max(1, rows))
  }

  /// - Parameter rest: the rows of categories that are not known one by one.
  init(_ counts: [(key: String, count: Double)], rest: Double, error: Double) {
    self.counts = counts
    self.rest = rest
    self.error = error
    rows = Int((counts.map(\.count).reduce(rest, +)).rounded())
  }

  /// Whether so many rows are of categories that are not known one by one that these hide what happens.
  var isMostlyUnknown: Bool { rest * 2 > Double(rows) }
  /// Whether every category is known.
  var isWhole: Bool { rest == 0 && error == 0 }
  /// How many categories have one row.
  var seenOnce: Int { counts.count { $0.count == 1 } }

  /// How a cell of some categories is called.
  static func label(_ members: [String]) -> String {
    guard let first = members.first else { return "others" }
    let shown = first.count > 40 ? "\(first.prefix(40))…" : first
    return members.count == 1 ? "\"\(shown)\"" : "\"\(shown)\" and \(members.count - 1) more"
  }
}
