/// Every value is in a set, or in none of it. NaN is in a set that lists it.
package struct MembershipTest: RowTest {
  /// The members in the reading's own type.
  package enum Members: Hashable, Sendable {
    case texts([ExactText])
    case numbers([Double])
    /// Numbers of text files of which doubles leave some apart, with all their digits (`CanonicalText`).
    case decimals([ExactText])
    case integers([Int64])
    /// Of timestamps, to the nanosecond.
    case moments([Moment])
    /// Of JSON values, each of a kind of its own: a number is compared as one, with all its digits, the others as texts.
    case tokens([ExactText])
  }

  package var reading: ColumnReading
  package var members: Members
  /// Whether the members are the forbidden ones.
  package var isNegated: Bool

  package init(_ column: String, as type: ValueType, _ members: Members, isNegated: Bool = false) {
    self.init(ColumnReading(column, as: type), members, isNegated: isNegated)
  }

  package init(_ reading: ColumnReading, _ members: Members, isNegated: Bool = false) {
    self.reading = reading
    self.members = members
    self.isNegated = isNegated
  }

  package var readings: [ColumnReading] { [reading] }

  /// So few are compared one by one faster than they are looked up.
  private static let fewMembers = 8

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let wanted = !isNegated
    switch members {
    case .texts(let texts):
      var table = KeyTable()
      var lengths: UInt64 = 0
      for text in texts {
        table.insert(Array(text.utf8).span)
        lengths |= TextFacts.bit(of: text.utf8.count)
      }
      judgeTexts(reading.column, batch, into: &verdicts) { text in
        // Most texts have a length that no member has.
        (lengths & TextFacts.bit(of: text.count) != 0 && table.contains(text)) == wanted
      }
    case .numbers(let numbers):
      let type = batch.stored(reading.column)?.field.type
      let (set, hasNaN) = (Set(numbers.map { type.nearest($0) }), numbers.contains(where: \.isNaN))
      judgeValues(batch.numbers(reading), into: &verdicts) { ($0.isNaN ? hasNaN : set.contains($0)) == wanted }
    case .decimals(let texts):
      let (column, digits) = (batch.numbers(reading), Set(texts))
      let doubles = Set(texts.compactMap { Literal.number($0.string) })
      let hasNaN = doubles.contains(where: \.isNaN)
      judgeValues(column, into: &verdicts) { ($0.isNaN ? hasNaN : doubles.contains($0)) == wanted }
      // Where the double is that of a member, the digits tell.
      for row in column.states.indices where column.states[row] == CellState.valid.rawValue {
        guard doubles.contains(column.values[row]), let text = batch.canonicalNumber(reading.column, row: row) else {
          continue
        }
        verdicts[row] = digits.contains(ExactText(text)) == wanted ? .holds : .violated
      }
    case .integers(let integers):
      if integers.count <= Self.fewMembers {
        judgeValues(batch.integers(reading), into: &verdicts) { value in
          // Which of them it is cannot be guessed, so there is no branch: of a difference that is not zero, or of its
          // negative, the highest bit is set.
          let none = integers.reduce(-1) { $0 & (($1 ^ value) | (0 &- ($1 ^ value))) }
          return (none >= 0) == wanted
        }
      } else {
        let set = Set(integers)
        judgeValues(batch.integers(reading), into: &verdicts) { set.contains($0) == wanted }
      }
    case .moments(let moments):
      let set = Set(moments)
      judgeMoments(reading, batch, into: &verdicts) { set.contains($0) == wanted }
    case .tokens(let texts):
      guard case (_, .tokens(let text, let kinds))? = batch.stored(reading.column) else { return }
      let members = TokenMembers(texts)
      for row in kinds.indices {
        guard let range = text.range(row) else {
          verdicts[row] = .null
          continue
        }
        let places = members.places(of: text.bytes.span.extracting(range), kinds[row])
        verdicts[row] = places.isEmpty != wanted ? .holds : .violated
      }
    }
  }

  package func summary(from statistics: ChunkStatistics) -> ViolationSummary? {
    summary(of: reading.column, statistics) { column in
      switch members {
      case .texts(let texts):
        guard isNegated, let facts = column.texts else { return false }
        return !texts.contains { facts.mayHave(byteLength: $0.utf8.count) }
      case .numbers(let numbers):
        guard let values = column.numbers else { return false }
        let possible = numbers.map { Optional(column.type).nearest($0) }.filter(values.contains)
        return isNegated ? possible.isEmpty : values.lowerBound == values.upperBound && !possible.isEmpty
      case .decimals(let texts):
        guard isNegated, let values = column.numbers else { return false }
        return !texts.contains { Literal.number($0.string).map(values.contains) ?? false }
      case .integers(let integers):
        guard let values = reading.type.flatMap({ column.integers(as: $0) }) else { return false }
        let possible = Set(integers.filter(values.contains))
        // Every integer from the least to the greatest value is a member when there are more than their distance.
        let distance = UInt64(bitPattern: values.upperBound &- values.lowerBound)
        return isNegated ? possible.isEmpty : UInt64(possible.count) > distance
      case .moments(let moments):
        guard let values = column.moments else { return false }
        let possible = moments.filter(values.contains)
        return isNegated ? possible.isEmpty : values.lowerBound == values.upperBound && !possible.isEmpty
      case .tokens: return false
      }
    }
  }
}
