/// How many rows a test accepts and refuses, and the first that it refuses.
package struct Violations<Test: RowTest>: Aggregate {
  package private(set) var summary = ViolationSummary()
  private let test: Test
  private var verdicts: [RowVerdict] = []

  package struct Specification: AggregateSpecification {
    package var test: Test

    package init(_ test: Test) { self.test = test }

    package var readings: [ColumnReading] {
      // The text of the shown columns is the evidence.
      test.readings + test.shownColumns.map { ColumnReading($0, as: .string) }
    }
    package var empty: Violations { Violations(test: test) }
  }

  private init(test: Test) { self.test = test }

  package mutating func update(_ batch: Batch) {
    if verdicts.count != batch.rowCount { verdicts = [RowVerdict](repeating: .null, count: batch.rowCount) }
    test.judge(batch, into: &verdicts)
    summary.rows += batch.rowCount
    for row in 0..<batch.rowCount {
      switch verdicts[row] {
      case .holds: summary.evaluated += 1
      case .null: summary.nulls += 1
      case .malformed: summary.malformed += 1
      case .unselected: summary.unselected += 1
      case .violated:
        summary.evaluated += 1
        summary.violating += 1
        if summary.first.count < ViolationSummary.sampleLimit { remember(row, of: batch) }
      }
    }
  }

  package mutating func merge(_ other: Violations) { summary.merge(other.summary) }

  private mutating func remember(_ row: Int, of batch: Batch) {
    let values = test.shownColumns.map { batch.display($0, row: row) }
    summary.first.append(ViolatingRow(row: batch.firstRow + row, line: batch.lines[row], values: values))
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
  /// The first violating rows in the order of the file.
  package internal(set) var first: [ViolatingRow] = []

  package init() {}

  package mutating func merge(_ other: ViolationSummary) {
    rows += other.rows
    nulls += other.nulls
    malformed += other.malformed
    unselected += other.unselected
    evaluated += other.evaluated
    violating += other.violating
    first = Array((first + other.first).sorted { $0.row < $1.row }.prefix(Self.sampleLimit))
  }
}

/// A row that violates a test, with what a person needs to find and understand it.
package struct ViolatingRow: Sendable, Equatable {
  /// The index in the table, counted from 0.
  package var row: Int
  /// The line in the file, counted from 1.
  package var line: Int
  /// The values of the shown columns; nil for a null.
  package var values: [String?]
}
