internal import Scan

/// What operators stand between.
///
///     factor := "-" factor | "(" or ")" | literal | column | name "(" [or ("," or)*] ")"
///             | "case" [or] ("when" or "then" or)+ ["else" or] "end" | "cast" "(" or "as" type ")"
///             | "position" "(" text "in" text ")" | "extract" "(" name "from" or ")"
///     literal := number | text | "true" | "false" | "null" | ("date" | "timestamp" | "interval") text
extension ExpressionParser {
  /// Names that begin no operand.
  private static let keywords: Set<String> = ["and", "or", "not", "in", "is", "between", "when", "then", "else"]

  mutating func factor() throws(ExpressionError) -> ExpressionSyntax {
    let token = token
    let start = token.range.lowerBound
    switch token.kind {
    case .integer(let value): return literal(.integer(value))
    case .number(let value): return literal(.number(value))
    case .text(let text): return literal(.text(text))
    case .symbol("-"):
      let word = ExpressionSyntax.Word(text: "-", range: advance().range)
      try descend()
      defer { ascend() }
      return from(start, .call(word, [try factor()]))
    case .symbol("("):
      advance()
      let inner = try disjunction()
      try expect(symbol: ")")
      return from(start, inner.node)
    case .name(let name, let quoted):
      return quoted ? literal(.column(name)) : try named(name)
    case .symbol(let symbol):
      throw ExpressionError("expected a column or a value, found \"\(symbol)\"", token.range)
    case .end:
      throw ExpressionError("the expression ends where a column or a value is expected", token.range)
    }
  }

  /// A single token.
  private mutating func literal(_ node: ExpressionSyntax.Node) -> ExpressionSyntax {
    ExpressionSyntax(node: node, range: advance().range)
  }

  /// What begins with a name.
  private mutating func named(_ name: String) throws(ExpressionError) -> ExpressionSyntax {
    let keyword = name.lowercased()
    switch keyword {
    case "true": return literal(.truth(true))
    case "false": return literal(.truth(false))
    case "null": return literal(.null)
    case "case": return try choice()
    case _ where Self.keywords.contains(keyword):
      throw ExpressionError(
        "expected a column or a value before \"\(name)\"", token.range,
        hint: "a column of that name stands in backticks: `\(name)`")
    default: break
    }
    if case .text(let text) = following.kind, let type = Self.marks[keyword] {
      let start = advance().range.lowerBound
      let content = literal(.text(text))
      return from(start, .literal(type, content))
    }
    return following.kind == .symbol("(") ? try call(keyword) : literal(.column(name))
  }

  /// The names that mark a text as one of a type.
  private static let marks: [String: RowType] = [
    "date": .date, "time": .time, "timestamp": .timestamp, "interval": .interval,
  ]

  /// A call, of which the name is the next token.
  private mutating func call(_ name: String) throws(ExpressionError) -> ExpressionSyntax {
    let word = ExpressionSyntax.Word(text: name, range: advance().range)
    let start = word.range.lowerBound
    try expect(symbol: "(")
    switch name {
    case "cast", "try_cast":
      let operand = try disjunction()
      try expect(keyword: "as")
      let type = try takeWord("a type")
      try expect(symbol: ")")
      return from(start, .cast(operand, type))
    case "position":
      try descend()
      defer { ascend() }
      let part = try concatenation()
      try expect(keyword: "in")
      let text = try concatenation()
      try expect(symbol: ")")
      return from(start, .call(ExpressionSyntax.Word(text: "strpos", range: word.range), [text, part]))
    case "extract":
      let field = try takeWord("a field such as year")
      try expect(keyword: "from")
      let operand = try disjunction()
      try expect(symbol: ")")
      return from(start, .call(field, [operand]))
    default:
      var arguments: [ExpressionSyntax] = []
      if token.kind != .symbol(")") {
        repeat { arguments.append(try disjunction()) } while take(symbol: ",")
      }
      try expect(symbol: ")")
      return from(start, .call(word, arguments))
    }
  }

  private mutating func takeWord(_ what: String) throws(ExpressionError) -> ExpressionSyntax.Word {
    guard case .name(let name, quoted: false) = token.kind else {
      throw ExpressionError("expected \(what) here", token.range)
    }
    return ExpressionSyntax.Word(text: name.lowercased(), range: advance().range)
  }

  private mutating func choice() throws(ExpressionError) -> ExpressionSyntax {
    let start = advance().range.lowerBound
    let operand = isKeyword("when") ? nil : try disjunction()
    var branches: [ExpressionSyntax.Branch] = []
    repeat {
      try expect(keyword: "when")
      let condition = try disjunction()
      try expect(keyword: "then")
      branches.append(ExpressionSyntax.Branch(condition: condition, value: try disjunction()))
    } while isKeyword("when")
    let otherwise = take(keyword: "else") ? try disjunction() : nil
    try expect(keyword: "end")
    return from(start, .choice(operand, branches, otherwise: otherwise))
  }
}
