internal import JSON

/// What a first look at a column finds: how many values, of which types and formats, how many different ones, between
/// which limits.
package struct ColumnCensus: Aggregate, Equatable {
  /// More different values than this are not remembered.
  package static let distinctLimit = 12

  package private(set) var present = 0
  package private(set) var nulls = 0
  /// The types that every present value reads as; in a text file `string` is always one of them.
  package private(set) var types = Set(ValueType.allCases)
  /// The smallest number; NaN when one of them is, and infinite when not every value is a number.
  package private(set) var minimum = Double.infinity
  /// The largest number; NaN when one of them is, and negative infinite when not every value is a number.
  package private(set) var maximum = -Double.infinity
  /// The earliest date, in days since 1970, time of day, in nanoseconds, or timestamp, in microseconds; of a type that
  /// every value reads as.
  package private(set) var earliest: [ValueType: Int64] = [:]
  /// Whether a timestamp says that it is in UTC, or how far from there.
  package private(set) var hasZones = false
  /// The least and the greatest length of a text in Unicode scalars; nil when there is no value.
  package private(set) var lengths: ClosedRange<Int>?
  /// The names of the formats that every value is a text of, of those that are no accident.
  package private(set) var formats = Self.candidates
  /// The different values by their bytes, sorted; nil when they are too many.
  package var distinct: [String]? { members?.map { String(decoding: $0, as: UTF8.self) } }
  private var members: [[UInt8]]? = []
  /// What the values are where each carries a kind of its own, or lists and maps are stored; empty elsewhere.
  package private(set) var shape = ValueShape()
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }
    package var empty: ColumnCensus { ColumnCensus(column: column) }
  }

  private init(column: String) { self.column = column }

  /// The formats that a text does not have by accident.
  private static let candidates = ["uuid", "email", "url", "ipv4", "cidr", "ipv6", "mac", "iban"]
  private static let tests = Dictionary(
    uniqueKeysWithValues: candidates.compactMap { name in
      (try? TextFormat.named(name)?.test(nil)).map { (name, $0) }
    })

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    let text = batch.texts(column)
    let nulls = (0..<batch.rowCount).count { text.isNull($0) }
    present += batch.rowCount - nulls
    self.nulls += nulls
    types = types.filter { allRead(values, field.type, as: $0) }
    forgetOtherTypes()
    lookAt(text)
    takeShape(values, field.type)
    for row in 0..<batch.rowCount {
      guard members != nil else { break }
      if let range = text.range(row) { remember(text.bytes[range]) }
    }
  }

  package mutating func merge(_ other: ColumnCensus) {
    present += other.present
    nulls += other.nulls
    types.formIntersection(other.types)
    minimum = minimum.isNaN || other.minimum.isNaN ? .nan : min(minimum, other.minimum)
    maximum = maximum.isNaN || other.maximum.isNaN ? .nan : max(maximum, other.maximum)
    earliest.merge(other.earliest) { min($0, $1) }
    forgetOtherTypes()
    hasZones = hasZones || other.hasZones
    lengths = ClosedRange(lengths, with: other.lengths)
    formats = formats.filter(other.formats.contains)
    shape.formUnion(other.shape)
    guard let others = other.members else { return members = nil }
    for value in others { remember(value[...]) }
  }

  private mutating func allRead(_ values: StoredColumn, _ stored: StoredType, as type: ValueType) -> Bool {
    switch values.read(stored, as: type) {
    case .text:
      return stored.isText || (0..<values.rowCount).allSatisfy { values.isNull($0) || values.isString($0) }
    case .integer(let column):
      guard !column.states.contains(CellState.malformed.rawValue) else { return false }
      guard type == .date || type == .time || type == .timestamp else { return true }
      for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
        earliest[type] = min(earliest[type] ?? value, value)
      }
      return true
    case .number(let column):
      for (value, state) in zip(column.values, column.states) where state == CellState.valid.rawValue {
        minimum = value.isNaN || minimum.isNaN ? .nan : min(minimum, value)
        maximum = value.isNaN || maximum.isNaN ? .nan : max(maximum, value)
      }
      return !column.states.contains(CellState.malformed.rawValue)
    }
  }

  /// What was seen of values as a type that not every value reads as means nothing.
  private mutating func forgetOtherTypes() {
    if !types.contains(.number) { (minimum, maximum) = (.infinity, -.infinity) }
    earliest = earliest.filter { types.contains($0.key) }
  }

  private mutating func takeShape(_ values: StoredColumn, _ stored: StoredType) {
    guard case .tokens(let text, let kinds) = values else {
      if case .nested = stored, present > 0 { shape.formUnion(ValueShape(stored)) }
      return
    }
    for row in kinds.indices {
      guard let range = text.range(row) else { continue }
      switch TokenKind(rawValue: kinds[row]) {
      case .string: shape.insert(.string)
      case .boolean: shape.insert(.boolean)
      case .number where shape.scalars.contains(.number): break
      case .number: shape.insert(ValueShape.scalar(ofNumber: String(decoding: text.bytes[range], as: UTF8.self)))
      case .nested:
        if let value = try? JSONParser.parse(Array(text.bytes[range]), mode: .replacing) { shape.insert(value) }
      case .null, nil: break
      }
    }
  }

  private mutating func lookAt(_ text: TextColumn) {
    let bytes = text.bytes.span
    var known = Set<Int32>()
    for row in 0..<text.rowCount {
      // Of a coded column each entry is looked at once.
      if let code = text.codes?[row], !known.insert(code).inserted { continue }
      guard let range = text.range(row) else { continue }
      let value = bytes.extracting(range)
      if types.contains(.timestamp), !hasZones { hasZones = Self.hasZone(value) }
      let length = LengthSummary.scalarCount(value)
      lengths = ClosedRange(lengths, with: length...length)
      for format in formats where Self.tests[format]?(value) != true { formats.removeAll { $0 == format } }
    }
  }

  /// Whether a timestamp ends with a zone: `Z`, or what stands behind a sign.
  private static func hasZone(_ timestamp: Span<UInt8>) -> Bool {
    guard timestamp.count > 16 else { return false }
    return timestamp[timestamp.count - 1] | 0x20 == UInt8(ascii: "z")
      || (16..<timestamp.count).contains { [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(timestamp[$0]) }
  }

  private mutating func remember(_ value: ArraySlice<UInt8>) {
    guard let known = members else { return }
    let index = known.firstIndex { !$0.lexicographicallyPrecedes(value) } ?? known.count
    if index < known.count, known[index].elementsEqual(value) { return }
    guard known.count < Self.distinctLimit else { return members = nil }
    members?.insert(Array(value), at: index)
  }
}
