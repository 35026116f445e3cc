/// How many rows a test accepts and refuses, and the first that it refuses.
package struct Violations<Test: RowTest>: Aggregate {
  package private(set) var summary = ViolationSummary()
  private let test: Test
  private let rowKey: [String]
  private var verdicts: [RowVerdict] = []

  package struct Specification: AggregateSpecification {
    package var test: Test
    /// The columns that tell a person which row is meant.
    private var rowKey: [String] = []

    package init(_ test: Test) { self.test = test }

    package var readings: [ColumnReading] {
      // The shown columns are the evidence.
      test.readings + (test.shownColumns + rowKey).map { ColumnReading($0) }
    }
    package var empty: Violations { Violations(test: test, rowKey: rowKey) }

    package func naming(rowsBy columns: [String]) -> Specification {
      var named = self
      named.rowKey = columns.filter { !test.shownColumns.contains($0) }
      return named
    }

    package func summary(from statistics: ChunkStatistics) -> Violations? {
      test.summary(from: statistics).map { Violations(test: test, rowKey: rowKey, summary: $0) }
    }
  }

  private init(test: Test, rowKey: [String], summary: ViolationSummary = ViolationSummary()) {
    self.test = test
    self.rowKey = rowKey
    self.summary = summary
  }

  package mutating func update(_ batch: Batch) {
    if verdicts.count != batch.rowCount { verdicts = [RowVerdict](repeating: .null, count: batch.rowCount) }
    test.judge(batch, into: &verdicts, unreadable: &summary.unreadable)
    let before = summary.violating
    count(batch.rowCount)
    if summary.violating > before { addEvidence(batch) }
  }

  /// The violating values, and the first violating rows.
  private mutating func addEvidence(_ batch: Batch) {
    if test.shownColumns.count == 1 { summary.values.add(test.shownColumns[0], batch, verdicts) }
    guard summary.first.count < ViolationSummary.sampleLimit else { return }
    for row in 0..<batch.rowCount where verdicts[row] == .violated {
      guard summary.first.count < ViolationSummary.sampleLimit else { return }
      let values = test.shownColumns.map { batch.display($0, row: row) }
      let key = rowKey.map { ViolatingRow.Cell(column: $0, value: batch.display($0, row: row)) }
      summary.first.append(ViolatingRow(place: batch.place(row), values: values, key: key))
    }
  }

  private mutating func count(_ rows: Int) {
    // Safe because: a verdict is one byte, its raw value.
    let counts = verdicts.withUnsafeBytes { MarkCounts($0.assumingMemoryBound(to: UInt8.self)) }
    func count(_ verdict: RowVerdict) -> Int { counts[verdict.rawValue] }
    summary.rows += rows
    summary.evaluated += count(.holds) + count(.violated)
    summary.violating += count(.violated)
    summary.malformed += count(.malformed)
    summary.unselected += count(.unselected)
    summary.nulls += count(.null)
  }

  package mutating func merge(_ other: Violations) { summary.merge(other.summary) }

  package var footprint: Int { summary.footprint + Footprint.of(verdicts) }

  package mutating func move(after origin: RowPlace) {
    for index in summary.first.indices { summary.first[index].place = summary.first[index].place.moved(after: origin) }
  }
}

/// The counts of a row test, whatever the test: rows = evaluated + nulls + malformed + unselected.
package struct ViolationSummary: Sendable, Equatable {
  package static let sampleLimit = 10

  package internal(set) var rows = 0
  /// Rows without a value to judge.
  package internal(set) var nulls = 0
  /// Rows whose value is not of the type that the test reads.
  package internal(set) var malformed = 0
  /// Rows that a condition leaves out.
  package internal(set) var unselected = 0
  package internal(set) var evaluated = 0
  package internal(set) var violating = 0
  /// Violating rows whose value is none of the type that the test reads.
  package internal(set) var unreadable = 0
  /// The first violating rows in the order of the file.
  package internal(set) var first: [ViolatingRow] = []
  /// The most frequent violating values, when the test is about one column.
  package internal(set) var values = ViolatingValues()

  package init() {}

  /// The counts of rows of which none violates the test.
  init(rows: Int, nulls: Int = 0, unselected: Int = 0) {
    self.rows = rows
    self.nulls = nulls
    self.unselected = unselected
    evaluated = rows - nulls - unselected
  }

  /// Counts rows of which some have what is evaluated.
  mutating func count(rows: Int, present: Int) {
    self.rows += rows
    nulls += rows - present
    evaluated += present
  }

  /// Counts what became of the rows of a column; every value of the reading's type is evaluated.
  mutating func count(_ states: [UInt8]) {
    let counts = MarkCounts(states)
    let (missing, wrong) = (counts[CellState.null.rawValue], counts[CellState.malformed.rawValue])
    rows += states.count
    nulls += missing
    malformed += wrong
    evaluated += states.count - missing - wrong
  }

  /// Counts what became of the rows of two columns: a value is missing when either is.
  mutating func count(pairs x: [UInt8], _ y: [UInt8]) {
    let (null, malformed) = (CellState.null.rawValue, CellState.malformed.rawValue)
    count(zip(x, y).map { $0 == null || $1 == null ? null : $0 == malformed || $1 == malformed ? malformed : $0 })
  }

  /// The same with other values beside the first violating rows.
  package func showing(_ values: ([String?]) -> [String?]) -> ViolationSummary {
    var shown = self
    for index in first.indices { shown.first[index].values = values(first[index].values) }
    return shown
  }

  /// The memory that the evidence holds, in bytes.
  var footprint: Int { first.reduce(Footprint.of(first) + values.footprint) { $0 + $1.footprint } }

  package mutating func merge(_ other: ViolationSummary) {
    rows += other.rows
    nulls += other.nulls
    malformed += other.malformed
    unselected += other.unselected
    evaluated += other.evaluated
    violating += other.violating
    unreadable += other.unreadable
    values.merge(other.values)
    first = Array((first + other.first).sorted { $0.place < $1.place }.prefix(Self.sampleLimit))
  }
}

/// A row that violates a test, with what a person needs to find and understand it.
package struct ViolatingRow: Sendable, Equatable {
  package var place: RowPlace
  /// The values of the shown columns; nil for a null.
  package var values: [String?]
  /// The values of the columns that tell which row it is.
  package var key: [Cell] = []
  /// The earlier row that this one repeats.
  package var earlier: RowPlace?

  var footprint: Int {
    let texts = values.reduce(0) { $0 + Footprint.of($1) }
    return key.reduce(Footprint.of(values) + Footprint.of(key) + texts) { $0 + Footprint.of($1.value) }
  }

  /// A value in its column; nil for a null.
  package struct Cell: Sendable, Equatable {
    package var column: String
    package var value: String?
  }
}
