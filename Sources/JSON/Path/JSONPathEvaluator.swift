/// Runs a query over one document, with a budget of visits that nested queries share.
///
/// The pending nodes are kept on a stack in reverse order, which gives the order of RFC 9535 without intermediate node
/// lists and without recursion over the document.
struct JSONPathEvaluator {
  /// A node and the segment that it is to meet. Nodes of filter queries need no location.
  private struct Pending {
    let value: JSONValue
    let location: JSONPathLocation?
    let segment: Int
  }

  let root: JSONValue
  let patterns: any JSONPathPatterns
  let visitLimit: Int
  private var visits = 0

  init(root: JSONValue, patterns: any JSONPathPatterns, visitLimit: Int) {
    self.root = root
    self.patterns = patterns
    self.visitLimit = visitLimit
  }

  /// All nodes of a query from the root, with their places.
  mutating func locatedNodes(of query: JSONPathQuery) throws(JSONPathEvaluationError) -> [JSONPathNode] {
    var nodes: [JSONPathNode] = []
    try run(query, from: Pending(value: root, location: .root, segment: 0)) { value, location in
      if let location { nodes.append(JSONPathNode(value: value, location: location)) }
      return true
    }
    return nodes
  }

  /// The values of a query within a filter, the first `limit` of them.
  mutating func values(
    of query: JSONPathQuery, current: JSONValue, limit: Int
  ) throws(JSONPathEvaluationError) -> [JSONValue] {
    let start = query.start == .root ? root : current
    var values: [JSONValue] = []
    try run(query, from: Pending(value: start, location: nil, segment: 0)) { value, _ in
      values.append(value)
      return values.count < limit
    }
    return values
  }

  /// How many nodes a query within a filter selects.
  mutating func count(of query: JSONPathQuery, current: JSONValue) throws(JSONPathEvaluationError) -> Int {
    let start = query.start == .root ? root : current
    var count = 0
    try run(query, from: Pending(value: start, location: nil, segment: 0)) { _, _ in
      count += 1
      return true
    }
    return count
  }

  /// Hands each selected node to `found`, until it answers false.
  private mutating func run(
    _ query: JSONPathQuery, from start: Pending, found: (JSONValue, JSONPathLocation?) -> Bool
  ) throws(JSONPathEvaluationError) {
    var stack = [start]
    while let node = stack.popLast() {
      guard node.segment < query.segments.count else {
        guard found(node.value, node.location) else { return }
        continue
      }
      let segment = query.segments[node.segment]
      let mark = stack.count
      for selector in segment.selectors {
        try select(selector, of: node, next: node.segment + 1, onto: &stack)
      }
      if segment.isDescendant {
        try select(.wildcard, of: node, next: node.segment, onto: &stack)
      }
      Self.reverse(&stack, from: mark)
    }
  }

  /// In place; `stack[mark...].reverse()` would copy.
  private static func reverse(_ stack: inout [Pending], from mark: Int) {
    var (low, high) = (mark, stack.count - 1)
    while low < high {
      stack.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }

  /// Pushes the children of a node that a selector selects; they meet segment `next`.
  private mutating func select(
    _ selector: JSONPathSelector, of node: Pending, next: Int, onto stack: inout [Pending]
  ) throws(JSONPathEvaluationError) {
    switch (selector, node.value) {
    case (.name(let name), .object(let object)):
      if let value = object[name] { try push(.init(name, value), of: node, next: next, onto: &stack) }
    case (.index(let index), .array(let elements)):
      let position = index < 0 ? elements.count + index : index
      if elements.indices.contains(position) {
        try push(position, elements[position], of: node, next: next, onto: &stack)
      }
    case (.slice(let slice), .array(let elements)):
      for index in slice.indices(count: elements.count) {
        try push(index, elements[index], of: node, next: next, onto: &stack)
      }
    case (.wildcard, .array(let elements)):
      for (index, element) in elements.enumerated() {
        try push(index, element, of: node, next: next, onto: &stack)
      }
    case (.wildcard, .object(let object)):
      for member in object.distinctMembers { try push(member, of: node, next: next, onto: &stack) }
    case (.filter(let filter), .array(let elements)):
      for (index, element) in elements.enumerated() where try passes(filter, element) {
        try push(index, element, of: node, next: next, onto: &stack)
      }
    case (.filter(let filter), .object(let object)):
      for member in object.distinctMembers where try passes(filter, member.value) {
        try push(member, of: node, next: next, onto: &stack)
      }
    default: break
    }
  }

  private mutating func push(
    _ index: Int, _ value: JSONValue, of parent: Pending, next: Int, onto stack: inout [Pending]
  ) throws(JSONPathEvaluationError) {
    try visit()
    stack.append(Pending(value: value, location: parent.location.map { .element(index, of: $0) }, segment: next))
  }

  private mutating func push(
    _ member: JSONObject.Member, of parent: Pending, next: Int, onto stack: inout [Pending]
  ) throws(JSONPathEvaluationError) {
    try visit()
    let location = parent.location.map { JSONPathLocation.member(member.key, of: $0) }
    stack.append(Pending(value: member.value, location: location, segment: next))
  }

  private mutating func passes(_ filter: JSONPathFilter, _ value: JSONValue) throws(JSONPathEvaluationError) -> Bool {
    try visit()
    return try holds(filter, value)
  }

  /// Takes one visit from the budget.
  private mutating func visit() throws(JSONPathEvaluationError) {
    guard visits < visitLimit else { throw .tooManyVisits(limit: visitLimit) }
    visits += 1
  }
}
