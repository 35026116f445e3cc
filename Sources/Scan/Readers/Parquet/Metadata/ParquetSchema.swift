/// A leaf of the schema: a column as the pages know it.
struct ParquetLeaf: Sendable {
  /// The path from the root.
  var name: String
  /// The leaf's number, which is that of its chunk in every row group.
  var index: Int
  var physical: PhysicalType
  /// The width of a fixed-length byte array.
  var length: Int
  var type: StoredType
  /// The definition level of a value that is present.
  var maximumDefinition: Int
  /// In how many repeated fields the leaf lies.
  var maximumRepetition: Int
  /// Whether the leaf itself, and not only what it lies in, may be null.
  var isOptional: Bool
}

/// A column of the table: a leaf, or a nested field with all of its leaves.
struct ParquetColumn: Sendable {
  var field: Field
  var leaves: [ParquetLeaf]
  /// How the leaves form a value, when the column is nested.
  var nested: NestedNode?
}

/// Builds the columns from the schema's elements.
///
/// Structs outside of lists dissolve into columns with paths; everything below a list, map or repeated field is one
/// column.
struct ParquetSchema {
  /// How deep the schema may be nested.
  private static let depthLimit = 64

  /// Where the walk through the tree is: the path, and the levels of what is present there.
  private struct Place {
    var path = ""
    var definition = 0
    var repetition = 0
    var depth = 0

    /// The place of a child. What is optional or repeated adds a level.
    func child(_ element: SchemaElement) -> Place {
      let path = path.isEmpty ? element.name : self.path + "." + element.name
      return Place(path: path, definition: definition, repetition: repetition, depth: depth + 1).inside(element)
    }

    func inside(_ element: SchemaElement) -> Place {
      var place = self
      if element.repetition != .required { place.definition += 1 }
      if element.repetition == .repeated { place.repetition += 1 }
      return place
    }

    var repeated: NestedNode.Repeated { NestedNode.Repeated(definition: definition, repetition: repetition) }
  }

  private(set) var columns: [ParquetColumn] = []
  private(set) var leafCount = 0
  private let elements: [SchemaElement]
  private var next = 1
  /// The leaves of the column at hand.
  private var leaves: [ParquetLeaf] = []

  init(_ elements: [SchemaElement]) throws(ThriftFault) {
    self.elements = elements
    guard let root = elements.first else { throw Self.fault("the schema is empty") }
    try readFields(of: root, at: Place())
    guard next == elements.count else { throw Self.fault("the schema has elements outside of its tree") }
  }

  /// Reads the fields of the root or of a struct, which become columns.
  private mutating func readFields(of group: SchemaElement, at place: Place) throws(ThriftFault) {
    try check(group, place)
    for _ in 0..<group.childCount {
      let element = try take()
      let inside = place.child(element)
      let logical = LogicalType(element)
      if element.physical == nil, element.repetition != .repeated, logical != .list, logical != .map {
        try readFields(of: element, at: inside)
        continue
      }
      leaves = []
      let node = try readNode(element, at: inside, floor: place.definition)
      guard let first = leaves.first else { throw Self.fault("column \(inside.path) has no values") }
      var field = Field(inside.path, first.type)
      if case .leaf = node.kind {
        columns.append(ParquetColumn(field: field, leaves: leaves))
      } else {
        let unsupported = leaves.first { if case .unsupported = $0.type { true } else { false } }
        field.type = unsupported?.type ?? .nested(node.word)
        columns.append(ParquetColumn(field: field, leaves: leaves, nested: node))
      }
    }
  }

  /// Reads an element and what is below it. A repeated one that is in no list stands for a list of itself.
  private mutating func readNode(
    _ element: SchemaElement, at place: Place, floor: Int
  ) throws(ThriftFault) -> NestedNode {
    guard element.repetition != .repeated else {
      let first = leaves.count
      let node = try readPresent(element, at: place, floor: place.definition)
      return NestedNode(
        kind: .list(node, place.repeated), definition: floor, floor: floor, leaves: first..<leaves.count,
        word: "list<\(node.word)>")
    }
    return try readPresent(element, at: place, floor: floor)
  }

  /// Reads an element whose own level is in the place already.
  private mutating func readPresent(
    _ element: SchemaElement, at place: Place, floor: Int
  ) throws(ThriftFault) -> NestedNode {
    let first = leaves.count
    let (kind, word): (NestedNode.Kind, String)
    if element.physical != nil {
      (kind, word) = (.leaf(first), try readLeaf(element, at: place))
    } else {
      try check(element, place)
      switch LogicalType(element) {
      case .list where hasRepeatedChild(element): (kind, word) = try readList(element, at: place)
      case .map where hasRepeatedChild(element) && [1, 2].contains(elements[next].childCount):
        (kind, word) = try readMap(at: place)
      default: (kind, word) = try readStructure(element, at: place)
      }
    }
    return NestedNode(
      kind: kind, definition: place.definition, floor: floor, leaves: first..<leaves.count, word: word)
  }

  private mutating func readStructure(
    _ element: SchemaElement, at place: Place
  ) throws(ThriftFault) -> (NestedNode.Kind, String) {
    guard element.childCount > 0 else { throw Self.fault("group \(place.path) has no fields") }
    var fields: [(name: String, node: NestedNode)] = []
    for _ in 0..<element.childCount {
      let child = try take()
      fields.append((child.name, try readNode(child, at: place.child(child), floor: place.definition)))
    }
    let words = fields.map { "\($0.name): \($0.node.word)" }.joined(separator: ", ")
    return (.structure(fields), "struct<\(words)>")
  }

  /// Reads a group annotated as a list. Its repeated child is the element itself in files of old writers (the rules of
  /// LogicalTypes.md for backward compatibility), otherwise the element is that child's only child.
  private mutating func readList(
    _ list: SchemaElement, at place: Place
  ) throws(ThriftFault) -> (NestedNode.Kind, String) {
    let child = try take()
    let inside = place.child(child)
    let logical = LogicalType(child)
    let isElement =
      child.physical != nil || child.childCount != 1 || child.name == "array" || child.name == list.name + "_tuple"
      || logical == .list || logical == .map || hasRepeatedChild(child)
    let node: NestedNode
    if isElement {
      node = try readPresent(child, at: inside, floor: inside.definition)
    } else {
      let element = try take()
      node = try readNode(element, at: inside.child(element), floor: inside.definition)
    }
    return (.list(node, inside.repeated), "list<\(node.word)>")
  }

  /// Reads a group annotated as a map, whose repeated child has a key and mostly a value.
  private mutating func readMap(at place: Place) throws(ThriftFault) -> (NestedNode.Kind, String) {
    let entry = try take()
    let inside = place.child(entry)
    let keyElement = try take()
    let key = try readNode(keyElement, at: inside.child(keyElement), floor: inside.definition)
    let hasTextKeys = if case .leaf(let index) = key.kind { leaves[index].type == .text } else { false }
    var value: NestedNode?
    if entry.childCount == 2 {
      let element = try take()
      value = try readNode(element, at: inside.child(element), floor: inside.definition)
    }
    let word = "map<\(key.word), \(value?.word ?? "null")>"
    return (.map(key, value, hasTextKeys: hasTextKeys, inside.repeated), word)
  }

  /// Reads a leaf; returns the name of its type.
  private mutating func readLeaf(_ element: SchemaElement, at place: Place) throws(ThriftFault) -> String {
    guard let physical = element.physical else { throw Self.fault("column \(place.path) has no type") }
    guard element.childCount == 0 else { throw Self.fault("column \(place.path) has a type and children") }
    if physical == .fixedLengthByteArray, !(1...(1 << 20)).contains(element.length) {
      throw Self.fault("column \(place.path) has values of \(element.length) bytes")
    }
    let type = StoredType(element, physical)
    leaves.append(
      ParquetLeaf(
        name: place.path, index: leafCount, physical: physical, length: element.length, type: type,
        maximumDefinition: place.definition, maximumRepetition: place.repetition,
        isOptional: element.repetition == .optional))
    leafCount += 1
    return type.word
  }

  /// Whether a group has a single child and that one, which is the next element, is repeated.
  private func hasRepeatedChild(_ group: SchemaElement) -> Bool {
    group.physical == nil && group.childCount == 1 && next < elements.count && elements[next].repetition == .repeated
  }

  private mutating func take() throws(ThriftFault) -> SchemaElement {
    guard next < elements.count else { throw Self.fault("the schema's tree is incomplete") }
    defer { next += 1 }
    return elements[next]
  }

  private func check(_ group: SchemaElement, _ place: Place) throws(ThriftFault) {
    guard place.depth <= Self.depthLimit else { throw Self.fault("the schema is nested too deeply") }
    guard 0...elements.count ~= group.childCount else { throw Self.fault("the schema's tree is incomplete") }
  }

  private static func fault(_ what: String) -> ThriftFault { ThriftFault(what: what, position: 0) }
}
