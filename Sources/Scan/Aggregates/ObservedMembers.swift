/// Which members of a set a column has, and which other values.
///
/// The members are looked up in the reading's own type. Of the other values the first different ones are kept, in the
/// order of their first rows; texts of more than a few kilobytes are only noticed. O(values) time.
package struct ObservedMembers: Aggregate {
  /// As many different values that are no members are kept.
  package static let limit = 100
  private static let longestText = 4096

  private let specification: Specification
  /// The members and then the other values, as bytes: a text as it is, anything else as the word that it is.
  private var table = KeyTable()
  /// Where in the table each member is: 1 and 1.0 are one number.
  private let places: [Int]
  private var isSeen: [Bool]
  /// Whether all different values that are no members are kept.
  package private(set) var areAll = true

  package struct Specification: AggregateSpecification {
    package var reading: ColumnReading
    package var members: MembershipTest.Members

    /// The set of a test.
    package init(_ test: MembershipTest) {
      reading = test.reading
      members = test.members
    }

    package var readings: [ColumnReading] { [reading] }
    package var empty: ObservedMembers { ObservedMembers(self) }
  }

  private init(_ specification: Specification) {
    self.specification = specification
    var table = KeyTable()
    switch specification.members {
    case .texts(let texts), .tokens(let texts), .decimals(let texts):
      places = texts.map { table.insert(Array($0.utf8).span).index }
    case .numbers(let numbers): places = numbers.map { table.insert(Self.bytes(Self.word($0)).span).index }
    case .integers(let integers):
      places = integers.map { table.insert(Self.bytes(UInt64(bitPattern: $0)).span).index }
    case .moments(let moments): places = moments.map { table.insert(Self.bytes($0).span).index }
    }
    self.table = table
    isSeen = [Bool](repeating: false, count: table.count)
  }

  package mutating func update(_ batch: Batch) {
    let reading = specification.reading
    switch specification.members {
    case .texts: note(CountedTexts(batch.texts(reading.column).coded()))
    case .decimals:
      let states = batch.numbers(reading).states
      for row in states.indices where states[row] == CellState.valid.rawValue {
        if let text = batch.canonicalNumber(reading.column, row: row) { note(Array(text.utf8).span) }
      }
    case .integers: note(CountedTexts(CountedWords(batch.integers(reading))))
    case .moments:
      let (column, nanoseconds) = (batch.integers(reading), batch.nanoseconds(reading))
      for row in column.states.indices where column.states[row] == CellState.valid.rawValue {
        note(Self.bytes(Moment(column.values[row], nanoseconds: nanoseconds?[row] ?? 0)).span)
      }
    case .tokens(let members):
      guard case (_, .tokens(let text, let kinds))? = batch.stored(reading.column) else { return }
      let members = TokenMembers(members)
      for row in kinds.indices {
        guard let range = text.range(row) else { continue }
        let token = text.bytes.span.extracting(range)
        let found = members.places(of: token, kinds[row])
        for place in found { isSeen[places[place]] = true }
        if found.isEmpty { note(token) }
      }
    case .numbers:
      let column = batch.numbers(reading)
      if let type = batch.stored(reading.column)?.field.type, type.isNarrow { return note(narrow: column, type) }
      let valid = zip(column.values, column.states).lazy.filter { $1 == CellState.valid.rawValue }
      note(CountedTexts(CountedWords(valid.map { Self.word($0.0) })))
    }
  }

  /// Numbers of 32 bits or 16, each of which is a member when that is the nearest one to it.
  private mutating func note(narrow column: Column<Double>, _ type: StoredType?) {
    guard case .numbers(let numbers) = specification.members else { return }
    let members = Dictionary(numbers.map { (type.nearest($0), $0) }, uniquingKeysWith: { first, _ in first })
    for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
      note(Self.bytes(Self.word(members[value] ?? type.shortest(value))).span)
    }
  }

  private mutating func note(_ values: CountedTexts) {
    values.forEach { value, _, _ in note(value) }
  }

  private mutating func note(_ value: Span<UInt8>) {
    if let index = table.index(of: value) {
      if index < isSeen.count { isSeen[index] = true }
    } else if table.count < isSeen.count + Self.limit, value.count <= Self.longestText {
      table.insert(value)
    } else {
      areAll = false
    }
  }

  package var footprint: Int { table.load + Footprint.of(isSeen) }

  package mutating func merge(_ other: ObservedMembers) {
    for index in isSeen.indices where other.isSeen[index] { isSeen[index] = true }
    for index in other.isSeen.count..<other.table.count { note(Array(other.table.key(index)).span) }
    areAll = areAll && other.areAll
  }

  /// The members that no row has, by their places in the set.
  package var missing: [Int] { places.indices.filter { !isSeen[places[$0]] } }

  /// Values that are no members, as people read them, in the order of their first rows.
  package var others: [String] { (isSeen.count..<table.count).map { display(Array(table.key($0))) } }

  /// There are many NaN, and two zeros, and each are one value.
  private static func word(_ number: Double) -> UInt64 { (number.isNaN ? .nan : number + 0).bitPattern }

  private static func bytes(_ word: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }

  private static func bytes(_ moment: Moment) -> [UInt8] {
    bytes(UInt64(bitPattern: moment.microseconds)) + bytes(UInt64(moment.nanoseconds))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func display(_ key: [UInt8]) -> String {
    switch specification.members {
    case .texts, .tokens, .decimals: return Batch.display(key[...])
    default: break
    }
    let word = Self.word(key.prefix(8))
    if case .moments = specification.members {
      return Moment(Int64(bitPattern: word), nanoseconds: Int16(Self.word(key.dropFirst(8)))).text
    }
    let valid = [CellState.valid.rawValue]
    if specification.reading.type == .time { return Literal.text(Int64(bitPattern: word), as: .time) }
    let (column, type): (StoredColumn, StoredType) =
      switch specification.reading.type {
      case .number: (.numbers(Column(values: [Double(bitPattern: word)], states: valid)), .float(bits: 64))
      case .boolean: (.integers(Column(values: [Int64(bitPattern: word)], states: valid)), .boolean)
      case .date: (.integers(Column(values: [Int64(bitPattern: word)], states: valid)), .date)
      default: (.integers(Column(values: [Int64(bitPattern: word)], states: valid)), .integer(bits: 64, isSigned: true))
      }
    var text: [UInt8] = []
    _ = column.append(0, of: type, to: &text)
    return Batch.display(text[...])
  }
}
