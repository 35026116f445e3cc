extension ValueShape {
  /// What JSON would make of the values that a typed file stores: times are texts there, and widths of numbers are none.
  package init(_ type: StoredType) {
    switch type {
    case .null: self.init()
    case .integer: self.init(scalar: .integer)
    case .float, .decimal: self.init(scalar: .number)
    case .boolean: self.init(scalar: .boolean)
    case .nested(let words):
      switch NestedType(words: words) {
      case .list(let items)?: self.init(listsOf: ValueShape(items))
      case .map(_, let values)?: self.init(mapsTo: ValueShape(values))
      case .structure(let members)?: self.init(members: members.map { ($0.name, ValueShape($0.type)) })
      case nil: self.init(scalar: .nested)
      }
    default: self.init(scalar: .string)
    }
  }
}
