internal import CKernels

/// Every value lies within limits, both inclusive; a missing limit is no limit. NaN lies within none.
package struct RangeTest: RowTest {
  /// The limits in the reading's own arithmetic: 64-bit integers are compared as such.
  package enum Limits: Hashable, Sendable {
    case number(Double?, Double?)
    case integer(Int64?, Int64?)
    /// Of numbers that doubles leave apart, or of limits that are no doubles.
    case decimal(DecimalLimit?, DecimalLimit?)
    /// Of timestamps, to the nanosecond.
    case moment(Moment?, Moment?)
    /// Texts by their bytes, which is the order of their Unicode scalars: the least one, and the least that is too great.
    case text([UInt8]?, below: [UInt8]?)
  }

  package var reading: ColumnReading
  package var limits: Limits

  package init(_ column: String, as type: ValueType, _ limits: Limits) {
    self.init(ColumnReading(column, as: type), limits)
  }

  package init(_ reading: ColumnReading, _ limits: Limits) {
    self.reading = reading
    self.limits = limits
  }

  package var readings: [ColumnReading] { [reading] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    switch limits {
    case .number(let low, let high):
      let (low, high) = (low ?? -.infinity, high ?? .infinity)
      Self.judge(batch.numbers(reading), into: &verdicts) { ck_judge_doubles($0, $1, $2, low, high, $3, $4) }
    case .decimal(let low, let high):
      let column = batch.numbers(reading)
      judgeValues(column, into: &verdicts) { !$0.isNaN }
      for row in verdicts.indices where verdicts[row] == .holds {
        let value = column.values[row]
        let digits = { batch.decimal(reading.column, row: row) }
        let isKept = (low?.isKept(fromAbove: value, digits) ?? true) && (high?.isKept(fromBelow: value, digits) ?? true)
        if !isKept { verdicts[row] = .violated }
      }
    case .integer(let low, let high):
      let (low, high) = (low ?? .min, high ?? .max)
      Self.judge(batch.integers(reading), into: &verdicts) { ck_judge_integers($0, $1, $2, low, high, $3, $4) }
    case .moment(let low, let high):
      judgeMoments(reading, batch, into: &verdicts) { moment in
        if let low, moment < low { return false }
        return high.map { moment <= $0 } ?? true
      }
    case .text(let low, let end):
      judgeTexts(reading.column, batch, into: &verdicts) { text in
        if let low, text.precedes(low.span) { return false }
        return end.map { text.precedes($0.span) } ?? true
      }
    }
  }

  /// Has a kernel judge the values of a column.
  private static func judge<Value>(
    _ column: Column<Value>, into verdicts: inout [RowVerdict],
    _ kernel: (
      UnsafePointer<Value>?, UnsafePointer<UInt8>?, Int, ck_verdicts, UnsafeMutablePointer<UInt8>?
    ) -> Void
  ) {
    let count = min(column.values.count, column.states.count, verdicts.count)
    verdicts.withUnsafeMutableBytes { verdicts in
      // Safe because: a verdict is one byte, its raw value, and no array has fewer elements than are judged.
      kernel(
        column.values, column.states, count,
        ck_verdicts(
          null: RowVerdict.null.rawValue, holds: RowVerdict.holds.rawValue, violated: RowVerdict.violated.rawValue,
          malformed: RowVerdict.malformed.rawValue),
        verdicts.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: reading.column, statistics) { column in
      switch limits {
      case .number(let low, let high):
        guard let values = column.numbers else { return false }
        return values.lowerBound >= low ?? -.infinity && values.upperBound <= high ?? .infinity
      case .decimal(let low, let high):
        guard let values = column.numbers else { return false }
        let (low, high) = (low?.double ?? -.infinity, high?.double ?? .infinity)
        return values.lowerBound > low && values.upperBound < high
      case .integer(let low, let high):
        guard let values = reading.type.flatMap({ column.integers(as: $0) }) else { return false }
        return values.lowerBound >= low ?? .min && values.upperBound <= high ?? .max
      case .moment(let low, let high):
        guard let values = column.moments else { return false }
        if let low, values.lowerBound < low { return false }
        return high.map { values.upperBound <= $0 } ?? true
      case .text: return false
      }
    }
  }
}
