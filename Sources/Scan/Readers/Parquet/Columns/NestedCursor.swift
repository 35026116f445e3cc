/// A nested column: lists, maps and structs in lists, assembled from the levels of its leaves (Dremel; Melnik et al.,
/// VLDB 2010) into one JSON text for every row.
struct NestedCursor: ColumnCursor {
  private let root: NestedNode
  private let limit: Int
  private var leaves: [NestedLeaf]

  init(_ root: NestedNode, _ leaves: [NestedLeaf], limit: Int) {
    self.root = root
    self.leaves = leaves
    self.limit = limit
  }

  mutating func fill(_ count: Int, into column: inout StoredColumn) throws(ScanError) {
    var texts = TextColumn()
    if case .texts(let used) = exchange(&column, with: .texts(TextColumn())) { texts = used }
    texts.codes = nil
    texts.bytes.removeAll(keepingCapacity: true)
    texts.starts.resize(to: count, filler: 0)
    texts.ends.resize(to: count, filler: -1)
    for row in 0..<count {
      for leaf in leaves.indices {
        let (definition, repetition) = try leaves[leaf].peek()
        guard definition >= 0 else { throw leaves[leaf].fault("the column ends before its rows do") }
        guard repetition == 0 else { throw leaves[leaf].fault("a row begins in the middle of a list") }
      }
      if try leaves[0].peek().definition < root.definition {
        try skip(root)
        texts.starts[row] = 0
        texts.ends[row] = -1
      } else {
        texts.starts[row] = Int32(texts.bytes.count)
        try write(root, into: &texts.bytes)
        texts.ends[row] = Int32(texts.bytes.count)
      }
    }
    column = .texts(texts)
  }

  mutating func skip(_ rows: Int) throws(ScanError) -> Int {
    for leaf in leaves.indices { try leaves[leaf].skip(rows: rows) }
    return 0
  }

  /// Writes the next value of a node. The schema's depth is limited, and so is this recursion's.
  private mutating func write(_ node: NestedNode, into text: inout [UInt8]) throws(ScanError) {
    let first = node.leaves.lowerBound
    let definition = try leaves[first].peek().definition
    guard definition >= node.floor else { throw contradiction(first) }
    if case .leaf(let leaf) = node.kind {
      try leaves[leaf].take(into: &text)
      guard text.count <= limit else { throw leaves[leaf].tooLarge(limit) }
      return
    }
    guard definition >= node.definition else {
      try skip(node)
      return text.append(contentsOf: "null".utf8)
    }
    switch node.kind {
    case .leaf: break
    case .structure(let fields):
      text.append(UInt8(ascii: "{"))
      for (index, field) in fields.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        let name = Array(field.name.utf8)
        JSONText.appendString(name, name.indices, to: &text)
        text.append(UInt8(ascii: ":"))
        try write(field.node, into: &text)
      }
      text.append(UInt8(ascii: "}"))
    case .list(let element, let repeated):
      text.append(UInt8(ascii: "["))
      try writeElements(of: node, repeated, into: &text) { (cursor, text) throws(ScanError) in
        try cursor.write(element, into: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .map(let key, let value, let hasTextKeys, let repeated):
      text.append(UInt8(ascii: hasTextKeys ? "{" : "["))
      try writeElements(of: node, repeated, into: &text) { (cursor, text) throws(ScanError) in
        let keyLeaf = key.leaves.lowerBound
        guard try cursor.leaves[keyLeaf].peek().definition >= key.definition else {
          throw cursor.leaves[keyLeaf].fault("a key of a map is missing")
        }
        if !hasTextKeys { text.append(UInt8(ascii: "[")) }
        try cursor.write(key, into: &text)
        text.append(UInt8(ascii: hasTextKeys ? ":" : ","))
        if let value { try cursor.write(value, into: &text) } else { text.append(contentsOf: "null".utf8) }
        if !hasTextKeys { text.append(UInt8(ascii: "]")) }
      }
      text.append(UInt8(ascii: hasTextKeys ? "}" : "]"))
    }
  }

  /// Writes the elements of a list until the next entry begins something else.
  private mutating func writeElements(
    of node: NestedNode, _ repeated: NestedNode.Repeated, into text: inout [UInt8],
    _ element: (inout NestedCursor, inout [UInt8]) throws(ScanError) -> Void
  ) throws(ScanError) {
    let first = node.leaves.lowerBound
    guard try leaves[first].peek().definition >= repeated.definition else { return try skip(node) }
    var isMore = true
    while isMore {
      try element(&self, &text)
      guard text.count <= limit else { throw leaves[first].tooLarge(limit) }
      let next = try leaves[first].peek()
      isMore = next.definition >= 0 && next.repetition == repeated.repetition
      for leaf in node.leaves {
        let other = try leaves[leaf].peek()
        let goesOn = other.definition >= 0 && other.repetition == repeated.repetition
        guard goesOn == isMore, other.definition < 0 || other.repetition <= repeated.repetition else {
          throw contradiction(leaf)
        }
      }
      if isMore { text.append(UInt8(ascii: ",")) }
    }
  }

  /// Steps over the single entry with which every leaf below says, at the same level, that a node is absent or empty.
  private mutating func skip(_ node: NestedNode) throws(ScanError) {
    let definition = try leaves[node.leaves.lowerBound].peek().definition
    for leaf in node.leaves {
      guard try leaves[leaf].peek().definition == definition else { throw contradiction(leaf) }
      try leaves[leaf].skip()
    }
  }

  private func contradiction(_ leaf: Int) -> ScanError {
    leaves[leaf].fault("its levels contradict those of the fields around it")
  }
}
