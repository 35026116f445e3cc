/// The types of Arrow's columnar format (https://arrow.apache.org/docs/format/Columnar.html).
enum ArrowType: Hashable, Sendable {
  case null
  case boolean
  case integer(bits: Int, isSigned: Bool)
  case float(bits: Int)
  case decimal(bits: Int, precision: Int, scale: Int)
  /// Days in 32 bits, or milliseconds in 64.
  case date(bits: Int)
  case time(StoredType.TimeUnit, bits: Int)
  case timestamp(StoredType.TimeUnit, zone: String?)
  case duration(StoredType.TimeUnit)
  /// Bytes of any length, with offsets of so many bits.
  case bytes(offsetBits: Int, isText: Bool)
  case views(isText: Bool)
  case fixedBytes(width: Int)
  case uuid
  case list(offsetBits: Int)
  /// Where each list begins in the child and how many elements it has: lists may overlap, and stand in any order.
  case listView(offsetBits: Int)
  case fixedList(count: Int)
  case structure
  case map
  /// The first child says up to which row each value of the second goes.
  case runs
  /// Not read, but its buffers are known, so that the columns behind it are found.
  case unsupported(String, buffers: Int)

  /// How many buffers a column has, besides those of its children and those that views point to.
  var bufferCount: Int {
    switch self {
    case .null, .runs: 0
    case .structure, .fixedList: 1
    case .bytes, .listView: 3
    case .unsupported(_, let buffers): buffers
    default: 2
    }
  }

  /// How many bytes a value has; nil when that differs, or is less than one.
  var width: Int? {
    switch self {
    case .integer(let bits, _), .float(let bits), .decimal(let bits, _, _), .date(let bits), .time(_, let bits):
      bits / 8
    case .timestamp, .duration: 8
    case .fixedBytes(let width): width
    case .uuid, .views: 16
    default: nil
    }
  }
}

/// A column, or what is inside one.
struct ArrowField: Sendable {
  /// How the values are told as indices of a dictionary.
  struct Dictionary: Hashable, Sendable {
    var id: Int64
    var bits: Int
    var isSigned: Bool
  }

  var name: String
  var type: ArrowType
  var children: [ArrowField]
  var dictionary: Dictionary?

  /// The field without its dictionary: that of the dictionary's own values.
  var valueField: ArrowField {
    var field = self
    field.dictionary = nil
    return field
  }

  /// What the column is for the rules.
  var storedType: StoredType {
    if let word = unsupported { return .unsupported(word) }
    return switch type {
    case .null: .null
    case .boolean: .boolean
    case .integer(let bits, let isSigned): .integer(bits: bits, isSigned: isSigned)
    case .float(let bits): .float(bits: bits)
    case .decimal(_, let precision, let scale): .decimal(precision: precision, scale: scale)
    case .date: .date
    case .time(let unit, _): .time(unit)
    case .timestamp(let unit, let zone): .timestamp(unit, zone: zone)
    case .duration(let unit): .duration(unit)
    case .bytes(_, let isText), .views(let isText): isText ? .text : .binary
    case .fixedBytes: .binary
    case .uuid: .text
    case .list, .listView, .fixedList: .nested("list<\(children[0].storedType.word)>")
    case .structure:
      .nested("struct<\(children.map { "\($0.name): \($0.storedType.word)" }.joined(separator: ", "))>")
    case .map: .nested("map<\(children[0].children.map(\.storedType.word).joined(separator: ", "))>")
    case .runs: children[1].storedType
    case .unsupported(let word, _): .unsupported(word)
    }
  }

  /// The word for a type that is not read, here or further in.
  private var unsupported: String? {
    if case .unsupported(let word, _) = type { return word }
    for child in children {
      if let word = child.unsupported { return word }
    }
    return nil
  }

  /// The dictionaries that the values need, those inside dictionaries too.
  var dictionaries: [Int64] { (dictionary.map { [$0.id] } ?? []) + children.flatMap(\.dictionaries) }
}
