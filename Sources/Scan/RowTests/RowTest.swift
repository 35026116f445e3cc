internal import CKernels

/// What a test says of one row.
package enum RowVerdict: UInt8, Sendable {
  /// There is no value to judge: a null, or an unknown outcome of three-valued logic.
  case null = 0
  case holds = 1
  case violated = 2
  /// The value is not of the type that the test reads.
  case malformed = 3
  /// A condition leaves the row out.
  case unselected = 4
}

extension [RowVerdict] {
  /// Gives all rows of one verdict another. O(rows).
  package mutating func replace(_ verdict: RowVerdict, with other: RowVerdict) {
    withUnsafeMutableBytes { verdicts in
      // Safe because: a verdict is one byte, its raw value.
      ck_replace_marks(verdicts.baseAddress, verdicts.count, verdict.rawValue, other.rawValue)
    }
  }
}

/// A claim about each row of a table by itself. One file per test; the loop over the rows of a batch is its own.
package protocol RowTest: Hashable, Sendable {
  /// The columns that the test reads.
  var readings: [ColumnReading] { get }
  /// The columns that a person needs to see to understand a violation.
  var shownColumns: [String] { get }
  /// Judges every row of the batch: `verdicts` has one element for each.
  func judge(_ batch: Batch, into verdicts: inout [RowVerdict])
  /// The same, which counts the values that violate the test because they are none of the type that it reads.
  func judge(_ batch: Batch, into verdicts: inout [RowVerdict], unreadable: inout Int)
  /// What judging every row would count, when the statistics prove that none violates the test; nil when they do not.
  func summary(from statistics: ChunkStatistics) -> ViolationSummary?
}

extension RowTest {
  package var shownColumns: [String] { readings.map(\.column) }
  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? { nil }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict], unreadable: inout Int) {
    judge(batch, into: &verdicts)
  }

  /// The counts of a test that judges the values of one column, when every value is known to satisfy it.
  func summary(
    of column: String, _ statistics: ChunkStatistics, allHold: (ColumnStatistics) -> Bool
  ) -> ViolationSummary? {
    guard let column = statistics.columns[column] else { return nil }
    guard column.nullCount == statistics.rowCount || allHold(column) else { return nil }
    return ViolationSummary(rows: statistics.rowCount, nulls: column.nullCount)
  }
}

extension RowTest {
  /// The loop of every test over the text of one column: of a coded column each entry is judged once.
  @inline(__always)
  func judgeTexts(
    _ column: String, _ batch: Batch, into verdicts: inout [RowVerdict], holds: (Span<UInt8>) -> Bool
  ) {
    let text = batch.texts(column)
    let bytes = text.bytes.span
    let (starts, ends) = (text.starts.span, text.ends.span)
    let entries = ends.indices.map { entry in
      guard ends[entry] >= 0 else { return RowVerdict.null }
      return holds(bytes.extracting(Int(starts[entry])..<Int(ends[entry]))) ? .holds : .violated
    }
    spread(entries, text, into: &verdicts)
  }

  /// Gives every row the verdict on its entry.
  func spread(_ entries: [RowVerdict], _ text: TextColumn, null: RowVerdict = .null, into verdicts: inout [RowVerdict])
  {
    guard let codes = text.codes else {
      verdicts = entries
      return
    }
    let null = null.rawValue
    entries.withUnsafeBytes { entries in
      verdicts.withUnsafeMutableBytes { verdicts in
        // Safe because: a verdict is one byte, its raw value; there are as many verdicts as codes, and a code that is not
        // negative is that of an entry.
        ck_spread_verdicts(
          entries.baseAddress, entries.count, codes, min(codes.count, verdicts.count), null, verdicts.baseAddress)
      }
    }
  }

  /// The loop of every test that asks no more than whether a value is there and can be read.
  func judgeStates(_ states: [UInt8], into verdicts: inout [RowVerdict], judge: (CellState) -> RowVerdict) {
    let (null, valid, malformed) = (judge(.null).rawValue, judge(.valid).rawValue, judge(.malformed).rawValue)
    verdicts.withUnsafeMutableBytes { verdicts in
      // Safe because: a verdict is one byte, its raw value, and there are as many verdicts as states.
      ck_judge_states(states, min(states.count, verdicts.count), null, valid, malformed, verdicts.baseAddress)
    }
  }

  /// The loop of every test over the values of one column in a fixed-width reading.
  @inline(__always)
  func judgeValues<Value>(_ column: Column<Value>, into verdicts: inout [RowVerdict], holds: (Value) -> Bool) {
    let (values, states) = (column.values.span, column.states.span)
    for row in states.indices {
      switch states[row] {
      case CellState.valid.rawValue: verdicts[row] = holds(values[row]) ? .holds : .violated
      case CellState.null.rawValue: verdicts[row] = .null
      default: verdicts[row] = .malformed
      }
    }
  }
}
