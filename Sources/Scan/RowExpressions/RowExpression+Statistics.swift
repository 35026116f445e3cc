/// What follows of an expression from the statistics of its columns.
extension RowExpression {
  /// The truths that rows may have: every one that a row has, and others when not enough is known.
  package func truths(by statistics: ChunkStatistics) -> Set<Truth> {
    switch self {
    case .truth(let truth): return [truth]
    case .and(let a, let b): return Self.combined(a, b, statistics) { $0 && $1 }
    case .or(let a, let b): return Self.combined(a, b, statistics) { $0 || $1 }
    case .not(let a): return Set(a.truths(by: statistics).map { !$0 })
    case .isNull(.column(let reading)):
      guard let column = statistics.columns[reading.column] else { return [.yes, .no] }
      return column.nullCount == 0 ? [.no] : column.nullCount == statistics.rowCount ? [.yes] : [.yes, .no]
    case .isNull: return [.yes, .no]
    case .comparison(let comparison, let a, let b):
      return PossibleValues(a, statistics).compare(comparison, PossibleValues(b, statistics))
    case .membership(let a, let members):
      let values = PossibleValues(a, statistics)
      return members.reduce([.no]) { found, member in
        let equal = values.compare(.equal, PossibleValues(member, statistics))
        return Set(found.flatMap { truth in equal.map { truth || $0 } })
      }
    case .column(let reading) where reading.type == .boolean:
      return PossibleValues(self, statistics).compare(.notEqual, .integers(0...0))
    case .integer, .number, .text, .unknown: return [.unknown]
    case .column, .matches, .call: return [.yes, .no, .unknown]
    }
  }

  private static func combined(
    _ a: RowExpression, _ b: RowExpression, _ statistics: ChunkStatistics, _ combine: (Truth, Truth) -> Truth
  ) -> Set<Truth> {
    let others = b.truths(by: statistics)
    return Set(a.truths(by: statistics).flatMap { truth in others.map { combine(truth, $0) } })
  }
}

/// The values that an expression may have.
private enum PossibleValues {
  /// Those in the range, when there is one; `orUnknown` when a value may be unknown, or NaN, which compares like it.
  case integers(ClosedRange<Int64>?, orUnknown: Bool = false)
  case numbers(ClosedRange<Double>?, orUnknown: Bool = false)
  case anything

  init(_ expression: RowExpression, _ statistics: ChunkStatistics) {
    switch expression {
    case .integer(let value): self = .integers(value...value)
    case .number(let value) where !value.isNaN: self = .numbers(value...value)
    case .truth(.yes): self = .integers(1...1)
    case .truth(.no): self = .integers(0...0)
    case .column(let reading): self.init(reading, statistics)
    default: self = .anything
    }
  }

  private init(_ reading: ColumnReading, _ statistics: ChunkStatistics) {
    guard let type = reading.type, type != .string, let column = statistics.columns[reading.column] else {
      self = .anything
      return
    }
    let orUnknown = column.nullCount > 0
    if column.nullCount == statistics.rowCount {
      self = .integers(nil, orUnknown: true)
    } else if type == .number {
      self = column.numbers.map { .numbers($0, orUnknown: orUnknown) } ?? .anything
    } else {
      self = column.integers(as: type).map { .integers($0, orUnknown: orUnknown) } ?? .anything
    }
  }

  /// As doubles, to which integers are converted in their order.
  private var numbers: (range: ClosedRange<Double>?, orUnknown: Bool) {
    switch self {
    case .integers(let range, let orUnknown):
      (range.map { Double($0.lowerBound)...Double($0.upperBound) }, orUnknown)
    case .numbers(let range, let orUnknown): (range, orUnknown)
    case .anything: (-.infinity ... .infinity, true)
    }
  }

  func compare(_ comparison: RowExpression.Comparison, _ other: PossibleValues) -> Set<Truth> {
    if case .integers(let a, let first) = self, case .integers(let b, let second) = other {
      return Self.compare(comparison, a, b, orUnknown: first || second)
    }
    let (a, b) = (numbers, other.numbers)
    return Self.compare(comparison, a.range, b.range, orUnknown: a.orUnknown || b.orUnknown)
  }

  private static func compare<Value: Comparable>(
    _ comparison: RowExpression.Comparison, _ a: ClosedRange<Value>?, _ b: ClosedRange<Value>?, orUnknown: Bool
  ) -> Set<Truth> {
    guard let a, let b else { return [.unknown] }
    let (mayBeLess, mayBeGreater) = (a.lowerBound < b.upperBound, a.upperBound > b.lowerBound)
    let mayBeEqual = a.overlaps(b)
    let (mayHold, mayFail) =
      switch comparison {
      case .equal: (mayBeEqual, mayBeLess || mayBeGreater)
      case .notEqual: (mayBeLess || mayBeGreater, mayBeEqual)
      case .less: (mayBeLess, mayBeEqual || mayBeGreater)
      case .lessOrEqual: (mayBeLess || mayBeEqual, mayBeGreater)
      case .greater: (mayBeGreater, mayBeEqual || mayBeLess)
      case .greaterOrEqual: (mayBeGreater || mayBeEqual, mayBeLess)
      }
    var truths: Set<Truth> = orUnknown ? [.unknown] : []
    if mayHold { truths.insert(.yes) }
    if mayFail { truths.insert(.no) }
    return truths
  }
}
