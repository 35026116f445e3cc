internal import Language
internal import Scan
internal import Statistics

/// A column whose values are of another kind than those of the baseline: by it alone every row is told from those before,
/// which no classifier sees that reads both as one kind, or leaves the column out for what it has become.
struct ChangedKind: Sendable {
  let column: String
  let here: Kind
  let there: Kind

  enum Kind: String, Sendable {
    case numbers, texts
    case truthValues = "truth values"
    case times = "dates or times"
    case lists = "lists or structs"
    /// Texts, or whole numbers, of which nearly every one is another.
    case rowNames = "values that name rows"
  }

  /// What the columns have become, in a sentence.
  static func words(_ columns: [ChangedKind], _ baseline: String) -> String {
    let first = columns[0]
    let rest = columns.count > 1 ? ", and of \(columns.count - 1) more columns, too" : ""
    return "\(TableContext.words([first.column])) holds \(first.here.rawValue), and \(first.there.rawValue) in "
      + "\(baseline)\(rest): by that alone every row is told from those of \(baseline)"
  }

  /// By what two files store; nil where that is one kind, or either leaves it open.
  init?(_ column: String, stored here: StoredType?, _ there: StoredType?) {
    guard let here = here?.driftKind, let there = there?.driftKind, here != there,
      // A column of 0 and 1 may be one of truth values.
      here != .truthValues && there != .truthValues
    else { return nil }
    (self.column, self.here, self.there) = (column, here, there)
  }

  /// All that the drawn rows show.
  static func changes(
    _ columns: [String], _ before: LabelledSample, _ now: LabelledSample,
    _ dated: (here: Set<String>, there: Set<String>)
  ) -> [ChangedKind] {
    columns.indices.compactMap { index in
      let values = [now, before].map { $0.sample.features[index].map(CrossFittedArea.Value.init) }
      let areDates = (here: dated.here.contains(columns[index]), there: dated.there.contains(columns[index]))
      return ChangedKind(columns[index], drawn: values[0], values[1], areDates: areDates)
    }
  }

  /// By rows that were drawn; nil where both sides are alike, or too few rows have a value.
  init?(
    _ column: String, drawn here: [CrossFittedArea.Value], _ there: [CrossFittedArea.Value],
    areDates: (here: Bool, there: Bool)
  ) {
    let (here, there) = (here.filter { $0 != .missing }, there.filter { $0 != .missing })
    let count = min(here.count, there.count)
    guard count >= Self.fewest else { return nil }
    self.column = column
    if areDates.here != areDates.there {
      func kind(_ areDates: Bool, _ values: [CrossFittedArea.Value]) -> Kind {
        areDates ? .times : Self.numbers(values) > 0.5 ? .numbers : .texts
      }
      (self.here, self.there) = (kind(areDates.here, here), kind(areDates.there, there))
      return
    }
    let shares = (here: Self.numbers(here), there: Self.numbers(there))
    if max(shares.here, shares.there) >= 0.9, min(shares.here, shares.there) <= 0.1 {
      (self.here, self.there) = shares.here > shares.there ? (.numbers, .texts) : (.texts, .numbers)
      return
    }
    // Of as many rows, for of more rows there are fewer different ones.
    let different = (here: Self.different(here.prefix(count)), there: Self.different(there.prefix(count)))
    guard shares.here < 0.1, shares.there < 0.1, max(different.here, different.there) >= 0.9,
      min(different.here, different.there) <= 0.5
    else { return nil }
    (self.here, self.there) = different.here > different.there ? (.rowNames, .texts) : (.texts, .rowNames)
  }

  /// Of fewer values nothing is said.
  private static let fewest = 100

  private static func numbers(_ values: [CrossFittedArea.Value]) -> Double {
    let count = values.count { if case .number = $0 { true } else { false } }
    return Double(count) / Double(values.count)
  }

  private static func different(_ values: ArraySlice<CrossFittedArea.Value>) -> Double {
    Double(Set(values).count) / Double(values.count)
  }
}

extension StoredType {
  /// What a column is by its type alone; nil where its values decide, or nothing is known of them.
  fileprivate var driftKind: ChangedKind.Kind? {
    switch self {
    case .integer, .float, .decimal: .numbers
    case .boolean: .truthValues
    case .text: .texts
    case .date, .timestamp, .time, .duration: .times
    case .nested: .lists
    case .untyped, .tokens, .binary, .null, .unsupported: nil
    }
  }
}
