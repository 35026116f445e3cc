internal import Scan
internal import Statistics

/// The categories of a sample with their rows, as its summary knows them. They are told apart by their bytes: what looks
/// the same in another Unicode normalization is another category to whoever encodes it.
struct CategoryCounts: Sendable {
  let counts: [(key: TextValue, count: Double)]
  /// All rows with a value.
  let rows: Int
  /// The rows of categories that are not known one by one.
  let rest: Double
  /// What the share of a category is off by at most.
  let error: Double

  /// - Parameter areTruths: whether texts that are truth values are these.
  init(_ sample: DriftSample, areTruths: Bool = false) {
    // What the sketch may have forgotten most of is no category of its own.
    let certain = sample.items.filter { $0.count > 3 * sample.itemError }
    let counts = certain.map { (key: TextValue(String(decoding: $0.text, as: UTF8.self)), count: Double($0.count)) }
    self.counts =
      areTruths ? Self.joined(counts) { key in CanonicalText.boolean(key.string).map { TextValue($0) } ?? key } : counts
    rows = sample.present
    rest = max(0, Double(rows) - counts.map(\.count).reduce(0, +))
    error = Double(sample.itemError) / Double(max(1, rows))
  }

  /// - Parameter rest: the rows of categories that are not known one by one.
  init(_ counts: [(key: TextValue, count: Double)], rest: Double, error: Double) {
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

  /// Those that have the same name put together, in the order in which they came.
  private static func joined(
    _ counts: [(key: TextValue, count: Double)], _ name: (TextValue) -> TextValue
  ) -> [(key: TextValue, count: Double)] {
    var joined: [(key: TextValue, count: Double)] = []
    for (key, count) in counts {
      let name = name(key)
      if let place = joined.firstIndex(where: { $0.key == name }) {
        joined[place].count += count
      } else {
        joined.append((name, count))
      }
    }
    return joined
  }

  /// How a cell of some categories is called.
  static func label(_ members: [TextValue]) -> String {
    guard let first = members.first?.string else { return "others" }
    let shown = first.count > 40 ? "\(first.prefix(40))…" : first
    return members.count == 1 ? "\"\(shown)\"" : "\"\(shown)\" and \(members.count - 1) more"
  }
}
