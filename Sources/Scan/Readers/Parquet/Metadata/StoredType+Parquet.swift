extension StoredType {
  /// The widest decimal that is read, in digits.
  private static let maximumPrecision = 1000

  /// The type of a leaf of the schema. A meaning that does not fit the physical type is unsupported, never ignored.
  init(_ element: SchemaElement, _ physical: PhysicalType) {
    let logical = LogicalType(element)
    switch (logical, physical) {
    case (nil, _): self = Self.plain(physical)
    case (.null, _): self = .null
    case (.string, .byteArray), (.enumeration, .byteArray), (.json, .byteArray): self = .text
    case (.bson, .byteArray): self = .binary
    case (.integer(let bits, let isSigned), .int32) where [8, 16, 32].contains(bits),
      (.integer(let bits, let isSigned), .int64) where bits == 64:
      self = .integer(bits: bits, isSigned: isSigned)
    case (.date, .int32): self = .date
    case (.time(.millisecond), .int32): self = .time(.millisecond)
    case (.time(let unit), .int64): self = .time(unit)
    case (.timestamp(let unit, let isUTC), .int64): self = .timestamp(unit, zone: isUTC ? "UTC" : nil)
    case (.uuid, .fixedLengthByteArray) where element.length == 16: self = .text
    case (.float16, .fixedLengthByteArray) where element.length == 2: self = .float(bits: 16)
    case (.decimal(let precision, let scale), .int32), (.decimal(let precision, let scale), .int64),
      (.decimal(let precision, let scale), .byteArray), (.decimal(let precision, let scale), .fixedLengthByteArray):
      let isReadable = 1...Self.maximumPrecision ~= precision && 0...precision ~= scale
      self = isReadable ? .decimal(precision: precision, scale: scale) : .unsupported("DECIMAL(\(precision), \(scale))")
    case (.interval, _): self = .unsupported("INTERVAL")
    case (.other(let number), _): self = .unsupported("logical type \(number)")
    case (.some(let logical), _): self = .unsupported("\(logical) on \(physical)")
    }
  }

  private static func plain(_ physical: PhysicalType) -> StoredType {
    switch physical {
    case .boolean: .boolean
    case .int32: .integer(bits: 32, isSigned: true)
    case .int64: .integer(bits: 64, isSigned: true)
    case .int96: .timestamp(.nanosecond, zone: nil)
    case .float: .float(bits: 32)
    case .double: .float(bits: 64)
    case .byteArray, .fixedLengthByteArray: .binary
    }
  }

  /// The type as the element of a nested one is named: `list<int64>`.
  var word: String {
    switch self {
    case .untyped, .tokens: "value"
    case .text: "string"
    case .binary: "binary"
    case .boolean: "bool"
    case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
    case .float(let bits): "float\(bits)"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .date: "date"
    case .time(let unit): "time[\(unit.rawValue)]"
    case .timestamp(let unit, let zone): "timestamp[\(unit.rawValue)\(zone.map { ", \($0)" } ?? "")]"
    case .duration(let unit): "duration[\(unit.rawValue)]"
    case .nested(let word), .unsupported(let word): word
    case .null: "null"
    }
  }
}
