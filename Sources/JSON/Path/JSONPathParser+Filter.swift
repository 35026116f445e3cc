// Logical expressions: RFC 9535 section 2.3.5.1.

extension JSONPathParser {
  /// A query, literal or call, before it is known whether it is a test or one side of a comparison.
  enum Operand {
    case literal(JSONValue)
    case query(JSONPathQuery)
    case function(JSONPathFunction)
    case match(JSONPathMatch)
  }

  /// Reads terms joined by `||`.
  mutating func filter() throws(JSONScanner.Fault) -> JSONPathFilter {
    var terms: [JSONPathFilter] = []
    repeat { terms.append(try conjunction()) } while scanner.consume(word: "||")
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  /// Reads terms joined by `&&`, and the blanks after them.
  private mutating func conjunction() throws(JSONScanner.Fault) -> JSONPathFilter {
    var terms: [JSONPathFilter] = []
    repeat {
      scanner.skipBlanks()
      terms.append(try term())
      scanner.skipBlanks()
    } while scanner.consume(word: "&&")
    return terms.count == 1 ? terms[0] : .all(terms)
  }

  private mutating func term() throws(JSONScanner.Fault) -> JSONPathFilter {
    if scanner.consume("!") {
      scanner.skipBlanks()
      if scanner.byte == UInt8(ascii: "(") { return .not(try parenthesized()) }
      let start = scanner.offset
      return .not(try test(try operand(), at: start))
    }
    if scanner.byte == UInt8(ascii: "(") { return try parenthesized() }
    let start = scanner.offset
    let left = try operand()
    let end = scanner.offset
    scanner.skipBlanks()
    guard let comparison = try comparisonOperator() else {
      scanner.offset = end
      return try test(left, at: start)
    }
    let leftSide = try comparable(left, at: start)
    scanner.skipBlanks()
    let rightStart = scanner.offset
    return .comparison(leftSide, comparison, try comparable(try operand(), at: rightStart))
  }

  private mutating func parenthesized() throws(JSONScanner.Fault) -> JSONPathFilter {
    scanner.offset += 1
    let inner = try nested { parser throws(JSONScanner.Fault) in try parser.filter() }
    guard scanner.consume(")") else { throw scanner.expected("'&&', '||' or ')'") }
    return inner
  }

  private mutating func comparisonOperator() throws(JSONScanner.Fault) -> JSONPathOperator? {
    if scanner.consume(word: "==") { return .equal }
    if scanner.consume(word: "!=") { return .notEqual }
    if scanner.consume(word: "<=") { return .lessOrEqual }
    if scanner.consume(word: ">=") { return .greaterOrEqual }
    if scanner.consume("<") { return .less }
    if scanner.consume(">") { return .greater }
    if scanner.byte == UInt8(ascii: "=") {
      throw scanner.fault("expected '==' to compare, found a single '='", at: scanner.offset)
    }
    return nil
  }

  /// An operand that stands alone: a query asks for existence, `match` and `search` for truth.
  private func test(_ operand: Operand, at start: Int) throws(JSONScanner.Fault) -> JSONPathFilter {
    switch operand {
    case .query(let query): return .exists(query)
    case .match(let match): return .match(match)
    case .literal: throw scanner.fault("a literal is no test; compare it with something", at: start)
    case .function:
      throw scanner.fault("this function gives a value, which is no test; compare it with something", at: start)
    }
  }

  /// An operand as one value or nothing.
  func comparable(_ operand: Operand, at start: Int) throws(JSONScanner.Fault) -> JSONPathComparable {
    switch operand {
    case .literal(let value): return .literal(value)
    case .function(let function): return .function(function)
    case .query(let query) where query.isSingular: return .query(query)
    case .query:
      throw scanner.fault(
        "expected a query for one node, made of names and indices only; wrap this one in value(...)", at: start)
    case .match:
      throw scanner.fault("match() and search() are true or false, which is no value; use them as a test", at: start)
    }
  }

  /// Reads a query, a literal or a function call.
  mutating func operand() throws(JSONScanner.Fault) -> Operand {
    let expected = "'@', '$', a literal, a function, '(' or '!'"
    guard let byte = scanner.byte else { throw scanner.expected(expected) }
    switch byte {
    case UInt8(ascii: "$"):
      scanner.offset += 1
      return .query(JSONPathQuery(start: .root, segments: try segments()))
    case UInt8(ascii: "@"):
      scanner.offset += 1
      return .query(JSONPathQuery(start: .current, segments: try segments()))
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .literal(.string(try scanner.string()))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .literal(.number(try scanner.number()))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return try word()
    default: throw scanner.expected(expected)
    }
  }

  /// Reads `true`, `false`, `null` or a function call.
  private mutating func word() throws(JSONScanner.Fault) -> Operand {
    let start = scanner.offset
    while let byte = scanner.byte, 0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte == UInt8(ascii: "_") {
      scanner.offset += 1
    }
    let word = String(decoding: scanner.bytes[start..<scanner.offset], as: UTF8.self)
    if scanner.byte == UInt8(ascii: "(") { return try call(word, at: start) }
    switch word {
    case "true": return .literal(.bool(true))
    case "false": return .literal(.bool(false))
    case "null": return .literal(.null)
    default: throw scanner.fault("expected true, false, null or a function call, found '\(word)'", at: start)
    }
  }
}
