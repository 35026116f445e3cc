/// The columns of a file or stream, as its schema names them (`Schema.fbs`).
struct ArrowSchema: Sendable {
  /// A column of the table: a field, or one inside structs, whose path it is named by.
  struct Column: Sendable {
    var name: String
    /// The way from the top: the number of the field, then those of the children.
    var path: [Int]
    var field: ArrowField
  }

  private(set) var fields: [ArrowField] = []
  private(set) var columns: [Column] = []
  private static let maximumDepth = 64

  init(_ table: FlatTable) throws(ArrowFault) {
    guard try table.number(0, default: Int16(0)) == 0 else {
      throw ArrowFault("its numbers are big-endian; write it on a little-endian machine")
    }
    // A field takes far more than eight bytes, unless hostile metadata names one over and over.
    var budget = table.bufferSize / 8
    for field in try table.tables(1) { fields.append(try Self.field(field, depth: 0, &budget)) }
    for (index, field) in fields.enumerated() { addColumns(of: field, named: field.name, path: [index]) }
  }

  private mutating func addColumns(of field: ArrowField, named name: String, path: [Int]) {
    guard field.type == .structure, field.dictionary == nil, !field.children.isEmpty else {
      columns.append(Column(name: name, path: path, field: field))
      return
    }
    for (index, child) in field.children.enumerated() {
      addColumns(of: child, named: "\(name).\(child.name)", path: path + [index])
    }
  }

  private static func field(_ table: FlatTable, depth: Int, _ budget: inout Int) throws(ArrowFault) -> ArrowField {
    budget -= 1
    guard depth < maximumDepth, budget >= 0 else { throw ArrowFault("its columns are nested too deep", kind: .limit) }
    var children: [ArrowField] = []
    for child in try table.tables(5) { children.append(try field(child, depth: depth + 1, &budget)) }
    var type = try Self.type(table, childCount: children.count)
    let entries = try table.tables(6)
    budget -= entries.count
    for entry in entries where try entry.text(0) == "ARROW:extension:name" {
      // Every other extension is read as what it is stored as.
      if try entry.text(1) == "arrow.uuid", type == .fixedBytes(width: 16) { type = .uuid }
    }
    var dictionary: ArrowField.Dictionary?
    if let encoding = try table.table(4) {
      let index = try encoding.table(1)
      let bits = Int(try index?.number(0, default: Int32(0)) ?? 32)
      guard [8, 16, 32, 64].contains(bits) else { throw ArrowFault("a dictionary has indices of \(bits) bits") }
      dictionary = ArrowField.Dictionary(
        id: try encoding.number(0, default: Int64(0)), bits: bits, isSigned: try index?.flag(1) ?? true)
    }
    return ArrowField(name: try table.text(0) ?? "", type: type, children: children, dictionary: dictionary)
  }

  private static func type(_ field: FlatTable, childCount: Int) throws(ArrowFault) -> ArrowType {
    guard let table = try field.table(3) else { throw ArrowFault("a column has no type") }
    let number = try field.number(2, default: UInt8(0))
    let type = try type(number, table)
    switch type {
    case .runs:
      guard childCount == 2 else { throw ArrowFault("runs have \(childCount) children instead of two") }
    case .list, .listView, .fixedList, .map:
      guard childCount == 1 else { throw ArrowFault("a list has \(childCount) children instead of one") }
    case .structure, .unsupported: break
    default:
      guard childCount == 0 else { throw ArrowFault("a column of plain values has children") }
    }
    return type
  }

  private static func type(_ number: UInt8, _ table: FlatTable) throws(ArrowFault) -> ArrowType {
    switch number {
    case 1: return .null
    case 2:
      let bits = Int(try table.number(0, default: Int32(0)))
      guard [8, 16, 32, 64].contains(bits) else { throw ArrowFault("integers have \(bits) bits") }
      return .integer(bits: bits, isSigned: try table.flag(1))
    case 3:
      let precision = try table.number(0, default: Int16(0))
      guard 0...2 ~= precision else { throw ArrowFault("floating-point numbers have an unknown precision") }
      return .float(bits: 16 << Int(precision))
    case 4: return .bytes(offsetBits: 32, isText: false)
    case 5: return .bytes(offsetBits: 32, isText: true)
    case 6: return .boolean
    case 7:
      let bits = Int(try table.number(2, default: Int32(128)))
      let precision = Int(try table.number(0, default: Int32(0)))
      let scale = Int(try table.number(1, default: Int32(0)))
      // 256 bits hold 76 digits; a scale beyond a few hundred is nothing that anybody writes.
      guard [32, 64, 128, 256].contains(bits), 1...76 ~= precision, -512...512 ~= scale else {
        throw ArrowFault("decimals have \(bits) bits, \(precision) digits and the scale \(scale)")
      }
      return .decimal(bits: bits, precision: precision, scale: scale)
    case 8: return .date(bits: try table.number(0, default: Int16(1)) == 0 ? 32 : 64)
    case 9:
      let bits = Int(try table.number(1, default: Int32(32)))
      guard bits == 32 || bits == 64 else { throw ArrowFault("times have \(bits) bits") }
      return .time(try unit(table, default: 1), bits: bits)
    case 10: return .timestamp(try unit(table, default: 0), zone: try table.text(1).flatMap { $0.isEmpty ? nil : $0 })
    case 11: return .unsupported("interval", buffers: 2)
    case 12: return .list(offsetBits: 32)
    case 13: return .structure
    case 14: return .unsupported("union", buffers: try table.number(0, default: Int16(0)) == 0 ? 1 : 2)
    case 15:
      let width = Int(try table.number(0, default: Int32(0)))
      guard width >= 0 else { throw ArrowFault("fixed-size binaries have \(width) bytes") }
      return .fixedBytes(width: width)
    case 16:
      let count = Int(try table.number(0, default: Int32(0)))
      guard count >= 0 else { throw ArrowFault("fixed-size lists have \(count) elements") }
      return .fixedList(count: count)
    case 17: return .map
    case 18: return .duration(try unit(table, default: 1))
    case 19: return .bytes(offsetBits: 64, isText: false)
    case 20: return .bytes(offsetBits: 64, isText: true)
    case 21: return .list(offsetBits: 64)
    case 22: return .runs
    case 23: return .views(isText: false)
    case 24: return .views(isText: true)
    case 25: return .listView(offsetBits: 32)
    case 26: return .listView(offsetBits: 64)
    default: throw ArrowFault("a column has the type number \(number), which is unknown")
    }
  }

  private static func unit(_ table: FlatTable, default absent: Int16) throws(ArrowFault) -> StoredType.TimeUnit {
    switch try table.number(0, default: absent) {
    case 0: return .second
    case 1: return .millisecond
    case 2: return .microsecond
    case 3: return .nanosecond
    case let unit: throw ArrowFault("a column has the time unit \(unit), which is unknown")
    }
  }
}
