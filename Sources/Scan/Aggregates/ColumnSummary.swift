/// All that a profile says of one column, in a few kilobytes: counts, moments, quantiles, distinct and frequent values,
/// buckets of hashes, a histogram, lengths and types.
///
/// What it says is what its sketches say. Of few rows it holds the values instead, from which they are made when somebody
/// asks: a table of a hundred thousand columns seldom has more, and its sketches would take ten times the memory.
@dynamicMemberLookup
package struct ColumnSummary: Aggregate {
  package let column: String
  /// What the file says of it; nil, or null, where no value has told.
  package var type: StoredType?
  /// What its texts are made of, where somebody looked (`ColumnMakeup`).
  package var makeup: TextMakeup?
  private var state = State.rows(FewRows())

  private enum State: Sendable {
    case rows(FewRows)
    indirect case sketches(ColumnSketches)
  }

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: ColumnSummary { ColumnSummary(column) }
    package var beginsWithChunk: Bool { true }
  }

  package init(_ column: String) { self.column = column }

  /// A column of a type that has no value in any of some rows.
  package init(_ column: String, as type: StoredType, nulls: Int) {
    (self.column, self.type, state) = (column, type, .sketches(ColumnSketches(nulls: nulls)))
  }

  /// As many texts stay in the sample, at 16 bytes each.
  static let sampleLimit = 512

  /// What one of the sketches says: at once, or of few rows in the time that it takes to make them all.
  package subscript<Value>(dynamicMember part: KeyPath<ColumnSketches, Value>) -> Value { sketches[keyPath: part] }

  /// The same with its sketches made, for those who ask it much.
  package var expanded: ColumnSummary {
    var summary = self
    summary.state = .sketches(sketches)
    return summary
  }

  private var sketches: ColumnSketches {
    switch state {
    case .sketches(let sketches): sketches
    case .rows(let rows): rows.sketches(of: Field(column, type ?? .null))
    }
  }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    let isOfType = type == nil || type == field.type
    if !isOfType || !keepRows({ $0.append(values, ofChunk: batch.chunk) }) {
      changeSketches { $0.update(values, of: field, in: batch) }
    }
    type = field.type
  }

  package mutating func merge(_ other: ColumnSummary) {
    if let theirs = other.makeup { makeup?.merge(theirs) } else { makeup = nil }
    let isOfType = type == nil || type == other.type
    if case .rows(let theirs) = other.state, isOfType, keepRows({ $0.append(theirs) }) {
      // There is nothing more to take in.
    } else {
      changeSketches { $0.merge(other.sketches) }
    }
    type = type == nil || type == .null ? other.type ?? type : type
  }

  /// Changes the rows that it holds, where these are all; not where the change says that they are too many.
  private mutating func keepRows(_ change: (inout FewRows) -> Bool) -> Bool {
    guard case .rows(var rows) = state else { return false }
    // It moves: with a copy left behind, changing it would copy it.
    state = .rows(FewRows())
    defer { state = .rows(rows) }
    return change(&rows)
  }

  private mutating func changeSketches(_ change: (inout ColumnSketches) -> Void) {
    var sketches = sketches
    state = .rows(FewRows())
    change(&sketches)
    state = .sketches(sketches)
  }

  package var footprint: Int {
    switch state {
    case .rows(let rows): rows.footprint
    case .sketches(let sketches): MemoryLayout<ColumnSketches>.stride + sketches.footprint
    }
  }
}

extension ColumnSummary {
  /// The sketches as they are saved, by name.
  package var images: [(name: String, bytes: [UInt8])] {
    guard let makeup, makeup.texts > 0 else { return sketches.images }
    return sketches.images + [("makeup", makeup.serialized())]
  }

  /// The summary that was saved so.
  package init(
    _ column: String, type: StoredType, rows: Int, nulls: Int, digest: (UInt64, UInt64), images: [String: [UInt8]]
  ) throws(ScanError) {
    self.init(column)
    self.type = type
    state = .sketches(try ColumnSketches(of: column, rows: rows, nulls: nulls, digest: digest, images: images))
    if let bytes = images["makeup"] { makeup = try TextMakeup(serialized: bytes) }
  }

  /// The summary as it is read back once it is saved: what is said of it is what others find in the file. Few rows lose
  /// nothing by that.
  package func saved() throws(ScanError) -> ColumnSummary {
    var saved = self
    saved.type = type ?? .null
    saved.makeup = nil
    if let makeup, makeup.texts > 0 { saved.makeup = try TextMakeup(serialized: makeup.serialized()) }
    if case .sketches(let sketches) = state {
      saved.state = .sketches(
        try ColumnSketches(
          of: column, rows: sketches.rows, nulls: sketches.nulls, digest: (sketches.digest.h1, sketches.digest.h2),
          images: Dictionary(sketches.images.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })))
    }
    return saved
  }

  /// The most frequent values as people read them, with what is certain of their counts.
  package func mostFrequent(_ limit: Int) -> [(value: String, atLeast: Int, atMost: Int)] {
    sketches.frequent.frequentItems(.noFalsePositives).prefix(limit).map { row in
      ((type ?? .null).display(row.item), row.lowerBound, row.upperBound)
    }
  }

  /// A number of the column as people read it: a date where the column has dates.
  package func display(_ number: Double) -> String {
    switch type {
    // The greatest instants are none of a double, which rounds them up.
    case .date?, .timestamp?: return (type ?? .null).display(Int64(saturating: number.rounded()))
    default: return number.description
    }
  }
}

extension Int64 {
  /// The nearest integer of 64 bits that there is; 0 for NaN.
  package init(saturating value: Double) {
    self = Int64(exactly: value.rounded()) ?? (value.isNaN ? 0 : value < 0 ? .min : .max)
  }
}

extension StoredType {
  /// Whether its values may be texts that somebody wrote.
  package var mayHoldTexts: Bool {
    switch self {
    case .untyped, .tokens, .text: true
    default: false
    }
  }
}
