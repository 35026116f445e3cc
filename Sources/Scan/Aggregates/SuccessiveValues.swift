/// How each value of a column stands to the one before it, in the order of the rows.
///
/// Rows without a value, and those whose value is not of the type, are passed over. NaN stands in no order: it violates,
/// and what follows it is held against the value before it. O(values) time; the state is the first and the last value,
/// and where the violating rows stand when that is asked for.
package struct SuccessiveValues: PlacedViolations {
  /// What is claimed of two values that follow each other.
  package enum Relation: Hashable, Sendable {
    case ascending(strictly: Bool)
    case descending(strictly: Bool)
    /// The later one is the earlier one and so much more, in the arithmetic of 64-bit integers.
    case step(Int64)
  }

  package private(set) var summary = ViolationSummary()
  private let specification: Specification
  private var resources = ScanResources()
  /// The violating rows of the chunks that were merged.
  private var known = RowSet()
  /// Those of one chunk, whose place is not known yet.
  private var noted: [RowPlace] = []
  private var first: Landmark?
  private var last: Landmark?

  package struct Specification: AggregateSpecification {
    package var reading: ColumnReading
    package var relation: Relation
    /// Whether the places of all violating rows are asked for, too.
    var keepsPlaces = false

    package init(_ column: String, as type: ValueType, _ relation: Relation) {
      reading = ColumnReading(column, as: type)
      self.relation = relation
    }

    package var readings: [ColumnReading] { [reading] }
    package var empty: SuccessiveValues { SuccessiveValues(self) }
  }

  /// A value at a border between batches or chunks.
  private struct Landmark {
    var value: Value
    var place: RowPlace
    var text: String?
  }

  private enum Value {
    case number(Double)
    case integer(Int64)
    case moment(Moment)
    case text([UInt8])
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    summary.rows += batch.rowCount
    let (reading, relation) = (specification.reading, specification.relation)
    switch reading.type {
    case .number:
      let column = batch.numbers(reading)
      let type = batch.stored(reading.column)?.field.type
      follow(batch, column.states, { column.values[$0].isNaN }, { .number(column.values[$0]) }) {
        let (a, b) = (column.values[$0], column.values[$1])
        guard a == b, type?.hasDigits(beyond: a) == true else { return relation.holds(a, b) }
        return relation.holds(batch.decimal(reading.column, row: $0), batch.decimal(reading.column, row: $1))
      }
    case .string, nil:
      let text = batch.texts(reading.column)
      let states = (0..<text.rowCount).map { (text.isNull($0) ? CellState.null : .valid).rawValue }
      follow(batch, states, { _ in false }, { .text(text.range($0).map { Array(text.bytes[$0]) } ?? []) }) {
        guard let a = text.range($0), let b = text.range($1) else { return false }
        return relation.holds(text.bytes.span.extracting(a), text.bytes.span.extracting(b))
      }
    case .timestamp:
      let column = batch.integers(reading)
      let nanoseconds = batch.nanoseconds(reading)
      func moment(_ row: Int) -> Moment { Moment(column.values[row], nanoseconds: nanoseconds?[row] ?? 0) }
      follow(batch, column.states, { _ in false }, { .moment(moment($0)) }) { relation.holds(moment($0), moment($1)) }
    default:
      let column = batch.integers(reading)
      follow(batch, column.states, { _ in false }, { .integer(column.values[$0]) }) {
        relation.holds(column.values[$0], column.values[$1])
      }
    }
  }

  /// The loop over the rows of a batch, whatever their values are.
  @inline(__always)
  private mutating func follow(
    _ batch: Batch, _ states: [UInt8], _ isUnordered: (Int) -> Bool, _ value: (Int) -> Value,
    _ holds: (Int, Int) -> Bool
  ) {
    let column = specification.reading.column
    var previous: Int?
    for row in states.indices {
      guard states[row] == CellState.valid.rawValue else {
        if states[row] == CellState.null.rawValue { summary.nulls += 1 } else { summary.malformed += 1 }
        continue
      }
      summary.evaluated += 1
      if isUnordered(row) {
        note(ViolatingRow(place: batch.place(row), values: [batch.display(column, row: row)]))
        continue
      }
      if let earlier = previous {
        if !holds(earlier, row) {
          let values = [row, earlier].map { batch.display(column, row: $0) }
          note(ViolatingRow(place: batch.place(row), values: values, earlier: batch.place(earlier)))
        }
      } else {
        meet(Landmark(value: value(row), place: batch.place(row), text: batch.display(column, row: row)))
      }
      previous = row
    }
    if let previous {
      last = Landmark(
        value: value(previous), place: batch.place(previous), text: batch.display(column, row: previous))
    }
  }

  /// Holds a value against the last one of the rows before.
  private mutating func meet(_ next: Landmark) {
    guard let last else {
      first = next
      return
    }
    let holds: Bool
    let relation = specification.relation
    switch (last.value, next.value) {
    case (.number(let a), .number(let b)) where a == b && a.isFinite:
      holds = relation.holds(last.text.flatMap { DecimalNumber($0) }, next.text.flatMap { DecimalNumber($0) })
    case (.number(let a), .number(let b)): holds = relation.holds(a, b)
    case (.integer(let a), .integer(let b)): holds = relation.holds(a, b)
    case (.moment(let a), .moment(let b)): holds = relation.holds(a, b)
    case (.text(let a), .text(let b)): holds = relation.holds(a.span, b.span)
    default: holds = false
    }
    if !holds { note(ViolatingRow(place: next.place, values: [next.text, last.text], earlier: last.place)) }
  }

  private mutating func note(_ row: ViolatingRow) {
    summary.violating += 1
    if specification.keepsPlaces { noted.append(row.place) }
    if summary.first.count < ViolationSummary.sampleLimit { summary.first.append(row) }
  }

  package mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  package var footprint: Int { summary.footprint + known.footprint + Footprint.of(noted) }

  package mutating func merge(_ other: SuccessiveValues) throws(ScanError) {
    if let next = other.first { meet(next) }
    summary.merge(other.summary)
    last = other.last ?? last
    for place in noted + other.noted { known.insert(place) }
    noted = []
    known.formUnion(other.known)
    try known.checkMemory(resources.memory)
  }

  /// Where the violating rows stand, when that is asked for.
  package var places: RowSet {
    noted.reduce(into: known) { $0.insert($1) }
  }

  package mutating func move(after origin: RowPlace) {
    for index in summary.first.indices {
      summary.first[index].place.move(after: origin)
      summary.first[index].earlier?.move(after: origin)
    }
    for index in noted.indices { noted[index].move(after: origin) }
    first?.place.move(after: origin)
    last?.place.move(after: origin)
  }
}

extension SuccessiveValues.Relation {
  @inline(__always)
  fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .ascending(let strictly): strictly ? a < b : a <= b
    case .descending(let strictly): strictly ? a > b : a >= b
    case .step: false
    }
  }

  /// Whether numbers of one double are in order by their digits.
  fileprivate func holds(_ a: DecimalNumber?, _ b: DecimalNumber?) -> Bool {
    guard let a, let b else { return holds(0.0, 0.0) }
    switch self {
    case .ascending(let strictly): return strictly ? a < b : a <= b
    case .descending(let strictly): return strictly ? a > b : a >= b
    case .step: return false
    }
  }

  @inline(__always)
  fileprivate func holds(_ a: Int64, _ b: Int64) -> Bool {
    switch self {
    case .ascending(let strictly): return strictly ? a < b : a <= b
    case .descending(let strictly): return strictly ? a > b : a >= b
    case .step(let step):
      let (next, overflowed) = a.addingReportingOverflow(step)
      return !overflowed && next == b
    }
  }

  @inline(__always)
  fileprivate func holds(_ a: Moment, _ b: Moment) -> Bool {
    switch self {
    case .ascending(let strictly): strictly ? a < b : a <= b
    case .descending(let strictly): strictly ? a > b : a >= b
    case .step: holds(a.microseconds, b.microseconds) && a.nanoseconds == b.nanoseconds
    }
  }

  @inline(__always)
  fileprivate func holds(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    switch self {
    case .ascending(let strictly): strictly ? a.precedes(b) : !b.precedes(a)
    case .descending(let strictly): strictly ? b.precedes(a) : !a.precedes(b)
    case .step: false
    }
  }
}
