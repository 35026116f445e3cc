package import Planning
package import Scan

/// A column with its type: the one that the file declares, or else what all its values read as.
package struct SchemaColumn: Sendable, Hashable {
  package var name: String
  private var stored: StoredType
  /// What the values read as, where the file declares no type; nil when there is no value to tell.
  private var inferred: ValueType?
  /// What the values are where they have no such type, or there is none for them: lists, objects, and several kinds.
  private let shape: ValueShape

  /// Whether there are rows without a value; nil when there are no rows to tell.
  let lacksValues: Bool?

  package init(_ field: Field, inferred: ValueType? = nil, shape: ValueShape = ValueShape(), lacksValues: Bool? = nil) {
    name = field.name
    stored = field.type
    self.inferred = inferred
    self.shape = shape
    self.lacksValues = lacksValues
  }

  /// The type as a person calls it.
  package var type: String {
    stored.isDeclared ? stored.words : inferred?.rawValue ?? (shape.isEmpty ? "no values" : shape.words)
  }

  /// Whether there are values, of which each has a kind of its own.
  var carriesKinds: Bool { stored == .tokens && values != nil }

  /// Whether the other type holds every value of this one; nil when nothing has changed, or nothing can be said.
  func isWidened(to other: SchemaColumn) -> Bool? {
    if stored.isDeclared, other.stored.isDeclared {
      return stored == other.stored ? nil : stored.fits(into: other.stored)
    }
    guard let here = values, let there = other.values, here != there else { return nil }
    guard case .typed(let type) = here, case .typed(let now) = there else {
      let change = here.shape.change(to: there.shape)
      return change == .none ? nil : change == .wider
    }
    return type == .integer && now == .number
      || type == .date && now == .timestamp
        && (!other.stored.isDeclared || StoredType.date.fits(into: other.stored))
  }

  /// What the values are by either way of knowing; nil when there are none.
  private var values: Values? {
    guard stored.isDeclared else { return inferred.map { .typed($0) } ?? (shape.isEmpty ? nil : .shaped(shape)) }
    return switch stored {
    case .integer: .typed(.integer)
    case .float, .decimal: .typed(.number)
    case .boolean: .typed(.boolean)
    case .date: .typed(.date)
    case .time: .typed(.time)
    case .timestamp: .typed(.timestamp)
    case .null: nil
    case .nested: .shaped(ValueShape(stored))
    default: .typed(.string)
    }
  }

  /// Values that read as one type, or what they are where they do not.
  private enum Values: Hashable {
    case typed(ValueType)
    case shaped(ValueShape)

    var shape: ValueShape {
      switch self {
      case .shaped(let shape): shape
      case .typed(.integer): ValueShape(scalar: .integer)
      case .typed(.number): ValueShape(scalar: .number)
      case .typed(.boolean): ValueShape(scalar: .boolean)
      case .typed(.string), .typed(.date), .typed(.time), .typed(.timestamp): ValueShape(scalar: .string)
      }
    }
  }

  /// The schema of a table, which is read once: for what its values are where no types are declared, and for whether
  /// there is one in every row. Of a Parquet file the statistics often say so.
  package static func columns(of backend: inout some Backend) async throws(ScanError) -> [SchemaColumn] {
    let fields = try backend.fields()
    var plan = Plan()
    let table = try SoundTable(fields, &plan)
    let late = plan.require(LateColumns.Specification())
    let slots = fields.map { field in
      let census = field.type.isDeclared ? nil : plan.require(ColumnCensus.Specification(field.name))
      return (census: census, presence: field.type.isRead ? plan.require(PresenceCount.Specification(field.name)) : nil)
    }
    let measurements = try await backend.compute(plan)
    guard try table.rows(measurements) > 0 || fields.allSatisfy(\.type.isDeclared) else {
      throw ScanError(
        .malformed, "the table has a header and no rows, which tells no types", hint: "compare tables with rows")
    }
    if let words = measurements[late].notes(in: []).first {
      throw ScanError(.limit, words, hint: "name such columns in rules: cupel data check reads them")
    }
    return zip(fields, slots).map { field, slots in
      let found = slots.presence.map { measurements[$0] }
      let census = slots.census.map { measurements[$0] }
      return SchemaColumn(
        field, inferred: census?.narrowest, shape: census?.shape ?? ValueShape(),
        lacksValues: found.flatMap { $0.rows > 0 ? $0.present < $0.rows : nil })
    }
  }
}

extension ColumnCensus {
  /// The narrowest type that every value reads as; nil when there is no value, or no such type: lists and objects have
  /// none, nor have values of several kinds.
  package var narrowest: ValueType? {
    guard present > 0 else { return nil }
    return [ValueType.integer, .number, .boolean, .date, .time, .timestamp, .string].first(where: types.contains)
  }
}

extension StoredType.TimeUnit {
  /// From the coarsest to the finest.
  fileprivate static func <= (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) <= (allCases.firstIndex(of: b) ?? 0)
  }
}

extension StoredType {
  /// Whether the parts of a nested type fit into those of another. A struct may have more fields, in any order.
  private static func parts(of nested: String, fitInto wider: String) -> Bool {
    func fits(_ type: StoredType, _ other: StoredType) -> Bool { type == other || type.fits(into: other) }
    switch (NestedType(words: nested), NestedType(words: wider)) {
    case (.list(let items)?, .list(let others)?): return fits(items, others)
    case (.map(let key, let value)?, .map(let other, let values)?): return fits(key, other) && fits(value, values)
    case (.structure(let members)?, .structure(let others)?):
      let known = Dictionary(others.map { (ExactText($0.name), $0.type) }) { first, _ in first }
      return members.allSatisfy { member in known[ExactText(member.name)].map { fits(member.type, $0) } ?? false }
    default: return false
    }
  }

  /// Whether every value of this type is one of the other, exactly.
  fileprivate func fits(into other: StoredType) -> Bool {
    switch (self, other) {
    case (.null, _): true
    case (.integer(let bits, let isSigned), .integer(let wider, let isStillSigned)):
      isSigned == isStillSigned ? bits <= wider : isStillSigned && bits < wider
    case (.integer(let bits, _), .float(let width)): bits < (width == 64 ? 53 : width == 32 ? 24 : 11)
    case (.float(let bits), .float(let wider)): bits <= wider
    case (.integer(let bits, _), .decimal(let precision, let scale)):
      precision - scale >= (bits == 64 ? 20 : bits == 32 ? 10 : bits == 16 ? 5 : 3)
    case (.decimal(let precision, scale: 0), .integer(let bits, isSigned: true)):
      precision <= (bits == 64 ? 18 : bits == 32 ? 9 : bits == 16 ? 4 : 2)
    case (.decimal(let precision, scale: 0), .float(let width)):
      precision <= (width == 64 ? 15 : width == 32 ? 7 : 3)
    case (.decimal(let precision, let scale), .decimal(let wider, let finer)):
      scale <= finer && precision - scale <= wider - finer
    case (.timestamp(let unit, let zone), .timestamp(let finer, let other)):
      // Nanoseconds reach from 1677 to 2262 alone.
      zone == other && unit <= finer && (unit == finer || finer != .nanosecond)
    case (.time(let unit), .time(let finer)): unit <= finer
    case (.date, .timestamp(let unit, zone: nil)): unit != .nanosecond
    case (.nested(let nested), .nested(let wider)): Self.parts(of: nested, fitInto: wider)
    default: false
    }
  }
}
