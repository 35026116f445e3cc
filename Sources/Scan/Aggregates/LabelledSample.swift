/// The rows that have a label, or all rows where none is asked for, each with some features: all of them while they are
/// few, a random sample when they are many (drawn as `PairSample` draws).
package struct LabelledSample: Aggregate {
  private let specification: Specification
  private var summary = ViolationSummary()
  /// Twice as many as stay, at most.
  private var rows: [Row] = []
  /// Rows that draw this or more are known not to stay.
  private var ceiling = UInt64.max

  /// What of a row may tell its label.
  package enum Feature: Hashable, Sendable {
    /// A value; a number where the reading finds one.
    case value(ColumnReading)
    /// The first bytes of a value.
    case prefix(String, Int)
    /// The last bytes of a value.
    case suffix(String, Int)
    /// Eight bytes of a value from one on, the first as the lowest byte of a category; zeros behind the last.
    case bytes(String, from: Int)
    /// How many bytes a value has.
    case length(String)
    /// Where the row stands among the others.
    case order

    /// Whether it says nothing that the value does not say, so that rows are drawn without it.
    fileprivate var isPartOfAnother: Bool { if case .bytes = self { true } else { false } }

    fileprivate var reading: ColumnReading? {
      switch self {
      case .value(let reading): reading
      case .prefix(let column, _), .suffix(let column, _), .bytes(let column, _), .length(let column):
        ColumnReading(column)
      case .order: nil
      }
    }
  }

  /// What a row has of a feature.
  package enum Value: Hashable, Sendable {
    /// Nothing; NaN is nothing, too.
    case missing
    case number(Double)
    /// A value that is no number, by its hash, or by bytes of it.
    case category(UInt64)
  }

  private struct Row: Sendable {
    var draw: UInt64
    var place: RowPlace
    var label: String
    var values: [Value]
  }

  package struct Specification: AggregateSpecification {
    /// Nil for all rows.
    package var label: String?
    package var features: [Feature]
    /// As many rows stay.
    package var limit: Int

    package init(_ label: String?, _ features: [Feature], limit: Int) {
      self.label = label
      self.features = features
      self.limit = max(1, limit)
    }

    package var readings: [ColumnReading] {
      // The values as they are stored are those that are no numbers.
      [label].compactMap { $0.map { ColumnReading($0) } } + features.compactMap(\.reading)
        + features.compactMap { $0.reading?.stored }
    }
    package var empty: LabelledSample { LabelledSample(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    let label = specification.label.flatMap { KeyColumn.columns([$0], batch, .joined).first }
    let features = specification.features.map { FeatureColumn($0, batch) }
    var text: [UInt8] = []
    var present = 0
    for row in 0..<batch.rowCount {
      text.removeAll(keepingCapacity: true)
      if let label, !label.append(row, to: &text) { continue }
      present += 1
      var draw = SplitMix64.mix(UInt64(truncatingIfNeeded: batch.firstRow + row) &* SplitMix64.step)
      draw = SplitMix64.mix(draw ^ Murmur3.hash(text.span).h1)
      var values = [Value](repeating: .missing, count: features.count)
      for (index, column) in features.enumerated() where !column.feature.isPartOfAnother {
        values[index] = column.value(row)
        draw = SplitMix64.mix(draw ^ values[index].bits)
      }
      guard draw < ceiling else { continue }
      for (index, column) in features.enumerated() where column.feature.isPartOfAnother {
        values[index] = column.value(row)
      }
      rows.append(Row(draw: draw, place: batch.place(row), label: Batch.display(text[...]), values: values))
      if rows.count >= 2 * specification.limit { drop() }
    }
    summary.count(rows: batch.rowCount, present: present)
  }

  package mutating func move(after origin: RowPlace) {
    for index in rows.indices { rows[index].place.move(after: origin) }
  }

  package mutating func merge(_ other: LabelledSample) {
    summary.merge(other.summary)
    ceiling = min(ceiling, other.ceiling)
    for row in other.rows where row.draw < ceiling { rows.append(row) }
    if rows.count >= 2 * specification.limit { drop() }
  }

  package mutating func finish() { drop() }

  package var footprint: Int {
    Footprint.of(rows) + rows.count * (specification.features.count * MemoryLayout<Value>.stride + Footprint.block)
  }

  /// Leaves the rows that stay.
  private mutating func drop() {
    guard rows.count > specification.limit else { return }
    rows.sort { ($0.draw, $0.place) < ($1.draw, $1.place) }
    ceiling = min(ceiling, rows[specification.limit].draw)
    rows.removeSubrange(specification.limit...)
  }

  /// The counts of rows and of those without a label; all others are evaluated.
  package var counts: ViolationSummary { summary }

  /// The labels and features of the rows that stay, in the order of the rows.
  package var sample: (labels: [String], features: [[Value]], folds: [Bool]) {
    let rows = rows.sorted { ($0.place, $0.draw) < ($1.place, $1.draw) }
    let features = specification.features.indices.map { index in
      specification.features[index] == .order
        ? rows.indices.map { Value.number(Double($0)) } : rows.map { $0.values[index] }
    }
    // The low bits of a draw say nothing of whether the row stays.
    return (rows.map(\.label), features, rows.map { $0.draw & 1 == 1 })
  }
}

extension LabelledSample.Value {
  fileprivate var bits: UInt64 {
    switch self {
    case .missing: 0
    case .number(let value): value.bitPattern
    case .category(let hash): hash
    }
  }
}

extension ColumnReading {
  /// The column as it is stored.
  fileprivate var stored: ColumnReading { ColumnReading(column) }
}

/// A feature of the rows of a batch.
private struct FeatureColumn {
  let feature: LabelledSample.Feature
  private let column: KeyColumn?
  private var numbers = Column<Double>()
  private var integers = Column<Int64>()

  init(_ feature: LabelledSample.Feature, _ batch: Batch) {
    self.feature = feature
    column = feature.reading.flatMap { reading in
      // A truth value is one however it is written.
      let types = reading.type == .boolean ? [reading.column: ValueType.boolean] : [:]
      return KeyColumn.columns([reading.column], batch, BatchKeys.Form(joinsTypes: true, types: types)).first
    }
    guard case .value(let reading) = feature else { return }
    if reading.type == .number { numbers = batch.numbers(reading) }
    if reading.type == .timestamp { integers = batch.integers(reading) }
  }

  func value(_ row: Int) -> LabelledSample.Value {
    let valid = CellState.valid.rawValue
    if numbers.states.indices.contains(row), numbers.states[row] == valid {
      let number = numbers.values[row]
      return number.isNaN ? .missing : .number(number + 0)
    }
    if integers.states.indices.contains(row), integers.states[row] == valid {
      return .number(Double(integers.values[row]))
    }
    var text: [UInt8] = []
    guard let column, column.append(row, to: &text) else { return .missing }
    switch feature {
    case .prefix(_, let count): text = Array(text.prefix(count))
    case .suffix(_, let count): text = Array(text.suffix(count))
    case .length: return .number(Double(text.count))
    case .bytes(_, let first):
      return .category(text.dropFirst(first).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    case .value(let reading) where reading.type == .number:
      if let place = Self.place(of: text) { return .number(place) }
    case .value, .order: break
    }
    return .category(Murmur3.hash(text.span).h1)
  }

  /// Where a text of a column of no declared type lies among others of its kind: a point in time, a time of day, or a number
  /// that JSON has in quotes. Nearly all of them may differ, and still follow the label.
  private static func place(of text: [UInt8]) -> Double? {
    if let first = text.first, first >= UInt8(ascii: "A") { return nil }
    let instant = parseTimestamp(text.span) ?? parseDate(text.span).map { $0 * Instant.perDay }
    if let instant = instant ?? parseTime(text.span).map({ $0 / 1000 }) { return Double(instant) }
    return Literal.number(String(decoding: text, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}
