/// An element of the schema, which is written as a tree in depth-first order.
struct SchemaElement {
  enum Repetition: Int {
    case required = 0
    case optional = 1
    case repeated = 2
  }

  var name = ""
  /// Nil for a group.
  var physical: PhysicalType?
  var length = 0
  var repetition = Repetition.required
  var childCount = 0
  var converted: Int?
  var scale = 0
  var precision = 0
  var logical: LogicalType?

  init(_ reader: inout ThriftReader) throws(ThriftFault) {
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1:
        physical = try PhysicalType(rawValue: reader.integer(kind))
        if physical == nil { throw ThriftFault(what: "a physical type is unknown", position: reader.position) }
      case 2: length = try reader.integer(kind)
      case 3: repetition = try Repetition(rawValue: reader.integer(kind)) ?? .required
      case 4: name = try reader.text(kind)
      case 5: childCount = try reader.integer(kind)
      case 6: converted = try reader.integer(kind)
      case 7: scale = try reader.integer(kind)
      case 8: precision = try reader.integer(kind)
      case 10: logical = try LogicalType(&reader, kind)
      default: try reader.skip(kind)
      }
    }
  }
}
