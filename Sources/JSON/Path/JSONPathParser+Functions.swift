// Function calls and their types: RFC 9535 section 2.4.

extension JSONPathParser {
  /// Reads the arguments of a function; the cursor stands on the parenthesis after its name.
  mutating func call(_ name: String, at start: Int) throws(JSONScanner.Fault) -> Operand {
    scanner.offset += 1
    scanner.skipBlanks()
    return try nested { parser throws(JSONScanner.Fault) in
      let operand: Operand
      switch name {
      case "length": operand = .function(.length(try parser.valueArgument()))
      case "count": operand = .function(.count(try parser.nodesArgument(of: name)))
      case "value": operand = .function(.value(try parser.nodesArgument(of: name)))
      case "match", "search": operand = .match(try parser.matchArguments(isFull: name == "match"))
      default:
        let message = "'\(name)' is not a function; there are length, count, match, search and value"
        throw parser.scanner.fault(message, at: start)
      }
      parser.scanner.skipBlanks()
      guard parser.scanner.consume(")") else {
        throw parser.scanner.expected("')' after the last argument of \(name)()")
      }
      return operand
    }
  }

  private mutating func valueArgument() throws(JSONScanner.Fault) -> JSONPathComparable {
    let start = scanner.offset
    return try comparable(try operand(), at: start)
  }

  private mutating func nodesArgument(of function: String) throws(JSONScanner.Fault) -> JSONPathQuery {
    let start = scanner.offset
    guard case .query(let query) = try operand() else {
      throw scanner.fault("expected a query, which begins with '@' or '$', as the argument of \(function)()", at: start)
    }
    return query
  }

  private mutating func matchArguments(isFull: Bool) throws(JSONScanner.Fault) -> JSONPathMatch {
    let text = try valueArgument()
    scanner.skipBlanks()
    guard scanner.consume(",") else { throw scanner.expected("',' and a pattern as the second argument") }
    scanner.skipBlanks()
    return JSONPathMatch(text: text, pattern: try valueArgument(), isFull: isFull)
  }
}
