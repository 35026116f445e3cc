/// What follows of an expression from the statistics of its columns.
extension RowExpression {
  /// The truths that rows may have: every one that a row has, and others when not enough is known.
  package func truths(by statistics: ChunkStatistics) -> Set<Truth> {
    inWidth(of: statistics).possibleTruths(statistics)
  }

  private func possibleTruths(_ statistics: ChunkStatistics) -> Set<Truth> {
    switch self {
    case .truth(let truth): return [truth]
    case .and(let a, let b): return Self.combined(a, b, statistics) { $0 && $1 }
    case .or(let a, let b): return Self.combined(a, b, statistics) { $0 || $1 }
    case .not(let a): return Set(a.possibleTruths(statistics).map { !$0 })
    case .isNull(.column(let reading)):
      guard let column = statistics.columns[reading.column] else { return [.yes, .no] }
      return column.nullCount == 0 ? [.no] : column.nullCount == statistics.rowCount ? [.yes] : [.yes, .no]
    case .isNull: return [.yes, .no]
    case .comparison(let comparison, let a, let b):
      return PossibleValues(a, statistics).compare(comparison, PossibleValues(b, statistics))
    case .between(let a, let low, let high):
      let values = PossibleValues(a, statistics)
      let above = values.compare(.greaterOrEqual, PossibleValues(low, statistics))
      let below = values.compare(.lessOrEqual, PossibleValues(high, statistics))
      return Set(above.flatMap { truth in below.map { truth && $0 } })
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
    let others = b.possibleTruths(statistics)
    return Set(a.possibleTruths(statistics).flatMap { truth in others.map { combine(truth, $0) } })
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
    case .call(let function, let arguments):
      self.init(function, arguments.map { PossibleValues($0, statistics) })
    default: self = .anything
    }
  }

  /// The results over the ranges of the arguments: of a function of which it is known where it turns they lie between
  /// those at the ends and at the turns.
  private init(_ function: RowFunction.Overload, _ arguments: [PossibleValues]) {
    self = .anything
    guard let turns = function.turns else { return }
    // Every argument at each of its places, beside all the others at theirs.
    var corners: [[RowValues]] = [[]]
    var orUnknown = false
    for argument in arguments {
      guard let places = argument.places(turns) else { return }
      corners = corners.flatMap { corner in places.values.map { corner + [$0] } }
      orUnknown = orUnknown || places.orUnknown
    }
    guard !corners.isEmpty else {
      self = .integers(nil, orUnknown: true)
      return
    }
    let results = corners.map { function.evaluate($0) }
    let integers = results.compactMap { result -> Int64? in
      if case .integers(let column) = result { column[0] } else { nil }
    }
    let numbers = results.compactMap { result -> Double? in
      if case .numbers(let column) = result { column[0].flatMap { $0.isFinite ? $0 : nil } } else { nil }
    }
    if integers.count == corners.count, let low = integers.min(), let high = integers.max() {
      self = .integers(low...high, orUnknown: orUnknown)
    } else if numbers.count == corners.count, let low = numbers.min(), let high = numbers.max() {
      self = .numbers(low...high, orUnknown: orUnknown)
    }
  }

  /// The ends of the range and the turns within it, none where no value is known; nil when the range has no finite ends.
  private func places(_ turns: RowFunction.Turns) -> (values: [RowValues], orUnknown: Bool)? {
    func ends<Value: SignedNumeric & Comparable>(_ range: ClosedRange<Value>) -> [Value] {
      [range.lowerBound, range.upperBound] + (turns == .atZero && range.contains(0) ? [0] : [])
    }
    switch self {
    case .anything: return nil
    case .integers(nil, let orUnknown), .numbers(nil, let orUnknown): return ([], orUnknown)
    case .integers(let range?, let orUnknown):
      return (ends(range).map { RowValues.integers(Column<Int64>($0)) }, orUnknown)
    case .numbers(let range?, let orUnknown):
      guard range.lowerBound.isFinite, range.upperBound.isFinite else { return nil }
      return (ends(range).map { RowValues.numbers(Column<Double>($0)) }, orUnknown)
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
      var range = column.integers(as: type)
      // Up to the next microsecond, where the file counts smaller units.
      if type == .timestamp, case .timestamp(.nanosecond, _) = column.type {
        range = range.map { $0.lowerBound...($0.upperBound == .max ? .max : $0.upperBound + 1) }
      }
      self = range.map { .integers($0, orUnknown: orUnknown) } ?? .anything
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
