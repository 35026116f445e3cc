/// Reads a schema document into numbered schemas, each once, however often it is referred to.
package struct SchemaReader {
  package typealias Search = @Sendable (String) -> (@Sendable (String) -> Bool)?
  typealias Number = Int

  static let root: Number = 0

  private let document: JSONValue
  private let judgesFormats: Bool
  let search: Search
  private var numbers: [String: Number] = [:]
  /// The pointers of the schemas, by their number.
  private var pointers: [String] = []
  /// The schemas that judge the very value that a schema judges.
  private var sameValue: [Number: [Number]] = [:]

  init(_ document: JSONValue, judgesFormats: Bool, search: @escaping Search) {
    self.document = document
    self.judgesFormats = judgesFormats
    self.search = search
  }

  mutating func readAll() throws(JSONSchemaError) -> [[any SchemaAssertion]] {
    _ = try number(of: "#")
    var read: [[any SchemaAssertion]] = []
    // Reading a schema finds further ones.
    while read.count < pointers.count {
      guard read.count < 10_000 else { throw JSONSchemaError(pointer: "#", reason: "more than 10000 schemas") }
      read.append(try self.read(read.count))
    }
    try refuseLoops()
    return read
  }

  /// The number of the schema at a pointer.
  mutating func number(of pointer: String) throws(JSONSchemaError) -> Number {
    if let known = numbers[pointer] { return known }
    let number = pointers.count
    numbers[pointer] = number
    pointers.append(pointer)
    return number
  }

  private mutating func read(_ number: Number) throws(JSONSchemaError) -> [any SchemaAssertion] {
    let pointer = pointers[number]
    switch try value(at: pointer) {
    case .bool(true): return []
    case .bool(false): return [NothingAssertion()]
    case .object(let object):
      let keywords = SchemaKeywords(object, at: pointer)
      try keywords.refuseUnknown()
      var assertions: [any SchemaAssertion] = []
      if let found = try ValueAssertion(keywords) { assertions.append(found) }
      if let found = try NumberAssertion(keywords) { assertions.append(found) }
      if let found = try StringAssertion(keywords, search) { assertions.append(found) }
      if judgesFormats, let found = try FormatAssertion(keywords, search) { assertions.append(found) }
      if let found = try ArrayAssertion(keywords, &self) { assertions.append(found) }
      if let found = try ObjectAssertion(keywords, &self) { assertions.append(found) }
      if let found = try CombinedAssertion(keywords, &self) {
        assertions.append(found)
        sameValue[number] = found.schemas
      }
      if let found = try UnevaluatedAssertion(keywords, beside: assertions, &self) { assertions.append(found) }
      return assertions
    default: throw JSONSchemaError(pointer: pointer, reason: "a schema is an object, true or false")
    }
  }

  /// The part of the document that a pointer (RFC 6901, in a URI fragment) means.
  private func value(at pointer: String) throws(JSONSchemaError) -> JSONValue {
    var value = document
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = Self.unescaped(token)
      let next = name.flatMap { name in value[name] ?? Int(name).flatMap { value[$0] } }
      guard let next else { throw JSONSchemaError(pointer: pointer, reason: "there is no such part of the schema") }
      value = next
    }
    return value
  }

  /// A token of a pointer after its escapes of URIs (`%20`) and its own (`~1` for a slash).
  private static func unescaped(_ token: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = token.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16) else { return nil }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "~1", omittingEmptySubsequences: false)
      .joined(separator: "/").split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
  }

  /// A schema that asks itself about the same value would ask for ever.
  private func refuseLoops() throws(JSONSchemaError) {
    var state: [Number: Bool] = [:]
    for start in sameValue.keys.sorted() {
      var path = [(number: start, next: 0)]
      if state[start] != nil { continue }
      state[start] = false
      while let last = path.last {
        let followers = sameValue[last.number] ?? []
        guard last.next < followers.count else {
          state[last.number] = true
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let follower = followers[last.next]
        switch state[follower] {
        case true: continue
        case false:
          throw JSONSchemaError(pointer: pointers[follower], reason: "the schema refers to itself without end")
        case nil:
          state[follower] = false
          path.append((follower, 0))
        }
      }
    }
  }
}
