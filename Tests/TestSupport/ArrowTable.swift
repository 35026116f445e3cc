/// A table of typed columns as an Arrow stream (`Schema.fbs`), for tests of what text files do not have.
package struct ArrowTable {
  /// The values of a column; nil for nulls.
  package enum Values: Sendable {
    case integers([Int64?], bits: Int = 64)
    case unsigned([UInt64?])
    case floats([Float?])
    case doubles([Double?])
    case booleans([Bool?])
    case texts([String?])
    /// Days since 1970.
    case dates([Int32?])
    /// Microseconds since 1970, UTC.
    case timestamps([Int64?])
    /// Microseconds since midnight.
    case times([Int64?])
    /// Seconds since midnight, in 32 bits.
    case shortTimes([Int32?])
    /// Numbers times ten to the power of the scale, of 38 digits or with `isWide` of 76.
    case decimals([Int128?], scale: Int, isWide: Bool = false)
    case lists([[Int64]?])
    /// Months: of a type that is not read.
    case intervals([Int32?])
  }

  private typealias Build = ArrowBytesBuilder
  private var fields: [[Int: FlatValue]] = []
  private var nodes: [(Int, Int)] = []
  private var buffers: [[UInt8]] = []

  /// Columns of as many values each.
  package init(_ columns: [(name: String, values: Values)]) {
    for (name, values) in columns {
      switch values {
      case .integers(let values, let bits):
        let content: [Int: FlatValue] = [0: .int(Int32(bits)), 1: .int(UInt8(1))]
        add(Build.field(name, 2, content), values) { littleEndian($0 ?? 0).prefix(bits / 8) }
      case .unsigned(let values):
        add(Build.field(name, 2, [0: .int(Int32(64)), 1: .int(UInt8(0))]), values) { littleEndian($0 ?? 0)[...] }
      case .floats(let values):
        add(Build.field(name, 3, [0: .int(Int16(1))]), values) { littleEndian(($0 ?? 0).bitPattern)[...] }
      case .doubles(let values):
        add(Build.field(name, 3, [0: .int(Int16(2))]), values) { littleEndian(($0 ?? 0).bitPattern)[...] }
      case .booleans(let values):
        add(Build.field(name, 6), values, [Build.bits(values.map { $0 ?? false })])
      case .texts(let values): add(Build.field(name, 5), values, Build.texts(values.map { $0 ?? "" }))
      case .dates(let values):
        add(Build.field(name, 8, [0: .int(Int16(0))]), values) { littleEndian($0 ?? 0)[...] }
      case .intervals(let values):
        add(Build.field(name, 11, [0: .int(Int16(0))]), values) { littleEndian($0 ?? 0)[...] }
      case .timestamps(let values):
        add(Build.field(name, 10, [0: .int(Int16(2)), 1: .text("UTC")]), values) { littleEndian($0 ?? 0)[...] }
      case .times(let values):
        add(Build.field(name, 9, [0: .int(Int16(2)), 1: .int(Int32(64))]), values) { littleEndian($0 ?? 0)[...] }
      case .shortTimes(let values):
        add(Build.field(name, 9, [0: .int(Int16(0)), 1: .int(Int32(32))]), values) { littleEndian($0 ?? 0)[...] }
      case .decimals(let values, let scale, let isWide):
        let content: [Int: FlatValue] = [
          0: .int(Int32(isWide ? 76 : 38)), 1: .int(Int32(scale)), 2: .int(Int32(isWide ? 256 : 128)),
        ]
        add(Build.field(name, 7, content), values) { value in
          let sign: Int128 = value ?? 0 < 0 ? -1 : 0
          return (littleEndian(value ?? 0) + (isWide ? littleEndian(sign) : []))[...]
        }
      case .lists(let values):
        var offsets: [Int32] = [0]
        for list in values { offsets.append(offsets[offsets.count - 1] + Int32(list?.count ?? 0)) }
        let element = Build.field("item", 2, [0: .int(Int32(64)), 1: .int(UInt8(1))])
        add(Build.field(name, 12, children: [element]), values, [offsets.flatMap { littleEndian($0) }])
        let elements = values.flatMap { $0 ?? [] }
        nodes.append((elements.count, 0))
        buffers += [[], elements.flatMap { littleEndian($0) }]
      }
    }
  }

  package var stream: [UInt8] {
    let rows = nodes.first?.0 ?? 0
    let (header, body) = Build.batch(rows, nodes: nodes, buffers: buffers)
    return Build.stream(fields, [Build.message(3, header, body: body)])
  }

  private mutating func add<Value>(
    _ field: [Int: FlatValue], _ values: [Value?], bytes: (Value?) -> ArraySlice<UInt8>
  ) {
    add(field, values, [values.flatMap { bytes($0) }])
  }

  private mutating func add<Value>(_ field: [Int: FlatValue], _ values: [Value?], _ content: [[UInt8]]) {
    fields.append(field)
    nodes.append((values.count, values.count { $0 == nil }))
    buffers += [Build.bits(values.map { $0 != nil })] + content
  }
}
