/// What follows of an expression from the statistics of its columns.
extension RowExpression {
  /// The truths that rows may have: every one that a row has, and others when not enough is known.
  func truths(by statistics: ChunkStatistics) -> Set<Truth> {
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
      return PossibleNumbers(a, statistics).compare(comparison, PossibleNumbers(b, statistics))
    case .column: return PossibleNumbers(self, statistics).compare(.notEqual, PossibleNumbers(range: 0...0))
    case .number, .text, .negation, .arithmetic: return [.unknown]
    }
  }

  private static func combined(
    _ a: RowExpression, _ b: RowExpression, _ statistics: ChunkStatistics, _ combine: (Truth, Truth) -> Truth
  ) -> Set<Truth> {
    let others = b.truths(by: statistics)
    return Set(a.truths(by: statistics).flatMap { truth in others.map { combine(truth, $0) } })
  }
}

/// The numbers that an expression may be.
private struct PossibleNumbers {
  /// Nil when it is none in any row.
  var range: ClosedRange<Double>?
  /// Whether it may be none, or NaN, which compares as if it were none.
  var mayBeUnknown = false

  private static let anything = PossibleNumbers(range: -.infinity ... .infinity, mayBeUnknown: true)

  init(range: ClosedRange<Double>?, mayBeUnknown: Bool = false) {
    self.range = range
    self.mayBeUnknown = mayBeUnknown
  }

  init(_ expression: RowExpression, _ statistics: ChunkStatistics) {
    switch expression {
    case .number(let value) where !value.isNaN: self.init(range: value...value)
    case .column(let reading):
      guard let type = reading.type, let column = statistics.columns[reading.column] else {
        self = .anything
        return
      }
      let isKnown = column.nullCount < statistics.rowCount
      let range =
        type == .number
        ? column.numbers : column.integers(as: type).map { Double($0.lowerBound)...Double($0.upperBound) }
      self =
        isKnown && range == nil ? .anything : Self(range: isKnown ? range : nil, mayBeUnknown: column.nullCount > 0)
    case .negation(let a):
      let numbers = Self(a, statistics)
      self.init(range: numbers.range.map { -$0.upperBound ... -$0.lowerBound }, mayBeUnknown: numbers.mayBeUnknown)
    default: self = .anything
    }
  }

  func compare(_ comparison: RowExpression.Comparison, _ other: PossibleNumbers) -> Set<Truth> {
    guard let a = range, let b = other.range else { return [.unknown] }
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
    var truths: Set<Truth> = mayBeUnknown || other.mayBeUnknown ? [.unknown] : []
    if mayHold { truths.insert(.yes) }
    if mayFail { truths.insert(.no) }
    return truths
  }
}
