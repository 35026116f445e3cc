/// What the values of a column mean, in the words of LogicalTypes.md.
enum LogicalType: Equatable {
  case string
  case map
  case list
  case enumeration
  case decimal(precision: Int, scale: Int)
  case date
  case time(StoredType.TimeUnit)
  case timestamp(StoredType.TimeUnit, isUTC: Bool)
  case integer(bits: Int, isSigned: Bool)
  case null
  case json
  case bson
  case uuid
  case float16
  case interval
  /// One that this version does not know, by its number.
  case other(Int)

  /// Reads the union `LogicalType`; nil when it is empty.
  init?(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ThriftFault) {
    try reader.expect(.structure, kind)
    var found: LogicalType?
    var id = 0
    while let kind = try reader.field(&id) {
      guard kind == .structure else {
        try reader.skip(kind)
        continue
      }
      found = try Self.member(id, &reader)
    }
    guard let found else { return nil }
    self = found
  }

  private static func member(_ number: Int, _ reader: inout ThriftReader) throws(ThriftFault) -> LogicalType {
    // Fields of all members at once: they differ in number, not in place.
    var integers = [0, 0, 0]
    var isTrue = false
    var unit: StoredType.TimeUnit?
    var id = 0
    while let kind = try reader.field(&id) {
      switch (id, kind) {
      case (1...2, .yes), (1...2, .no): isTrue = kind == .yes
      case (1...2, .byte), (1...2, .int16), (1...2, .int32), (1...2, .int64): integers[id] = try reader.integer(kind)
      case (2, .structure): unit = try Self.unit(&reader)
      default: try reader.skip(kind)
      }
    }
    switch number {
    case 1: return .string
    case 2: return .map
    case 3: return .list
    case 4: return .enumeration
    case 5: return .decimal(precision: integers[2], scale: integers[1])
    case 6: return .date
    case 7: return unit.map { .time($0) } ?? .other(number)
    case 8: return unit.map { .timestamp($0, isUTC: isTrue) } ?? .other(number)
    case 10: return .integer(bits: integers[1], isSigned: isTrue)
    case 11: return .null
    case 12: return .json
    case 13: return .bson
    case 14: return .uuid
    case 15: return .float16
    default: return .other(number)
    }
  }

  private static func unit(_ reader: inout ThriftReader) throws(ThriftFault) -> StoredType.TimeUnit? {
    var unit: StoredType.TimeUnit?
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: unit = .millisecond
      case 2: unit = .microsecond
      case 3: unit = .nanosecond
      default: break
      }
      try reader.skip(kind)
    }
    return unit
  }

  /// The meaning of an element: its logical type or, in older files, the converted type that came before.
  init?(_ element: SchemaElement) {
    if let logical = element.logical {
      self = logical
      return
    }
    switch element.converted {
    case 0: self = .string
    case 1, 2: self = .map
    case 3: self = .list
    case 4: self = .enumeration
    case 5: self = .decimal(precision: element.precision, scale: element.scale)
    case 6: self = .date
    case 7: self = .time(.millisecond)
    case 8: self = .time(.microsecond)
    case 9: self = .timestamp(.millisecond, isUTC: true)
    case 10: self = .timestamp(.microsecond, isUTC: true)
    case .some(let unsigned) where (11...14).contains(unsigned):
      self = .integer(bits: 8 << (unsigned - 11), isSigned: false)
    case .some(let signed) where (15...18).contains(signed): self = .integer(bits: 8 << (signed - 15), isSigned: true)
    case 19: self = .json
    case 20: self = .bson
    case 21: self = .interval
    default: return nil
    }
  }
}
