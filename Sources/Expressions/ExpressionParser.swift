internal import Scan

/// Parses the expression language of `rows_where`.
///
///     or     := and ("or" and)*            sum    := term (("+" | "-") term)*
///     and    := not ("and" not)*           term   := factor (("*" | "/" | "%") factor)*
///     not    := "not" not | claim          factor := "-" factor | "(" or ")" | literal | column
///     claim  := sum [ op sum | ["not"] "in" "(" sum ("," sum)* ")" | "is" ["not"] "null"
///                   | ["not"] "between" sum "and" sum ]
///
/// Keywords are those of SQL in any case; a column that has the name of one stands in backticks.
struct ExpressionParser {
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  /// Deeper than this no person nests, and a hostile text must not exhaust the stack.
  private static let maximumDepth = 100
  /// A chain of operators is as deep a tree as it is long.
  private static let maximumTokens = 1000
  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "is", "null", "between", "true", "false",
  ]

  static func parse(_ text: String) throws(ExpressionError) -> ExpressionSyntax {
    let tokens = try ExpressionLexer.tokens(of: text)
    guard tokens.count <= maximumTokens else {
      throw ExpressionError(
        "the expression has more than \(maximumTokens) words", tokens[maximumTokens].range,
        hint: "split it into several, or use in: for a long list of values")
    }
    var parser = ExpressionParser(tokens: tokens)
    guard parser.token.kind != .end else { throw ExpressionError("the expression is empty", parser.token.range) }
    let expression = try parser.disjunction()
    guard parser.token.kind == .end else {
      throw ExpressionError("expected \"and\", \"or\" or the end of the expression", parser.token.range)
    }
    return expression
  }

  private init(tokens: [Token]) { self.tokens = tokens }

  private var token: Token { tokens[position] }

  private mutating func disjunction() throws(ExpressionError) -> ExpressionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw ExpressionError("the expression is nested too deeply", token.range)
    }
    var left = try conjunction()
    while take(keyword: "or") { left = join(left, try conjunction()) { .or($0, $1) } }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> ExpressionSyntax {
    var left = try inversion()
    while take(keyword: "and") { left = join(left, try inversion()) { .and($0, $1) } }
    return left
  }

  private mutating func inversion() throws(ExpressionError) -> ExpressionSyntax {
    var starts: [Int] = []
    while isKeyword("not") {
      starts.append(token.range.lowerBound)
      position += 1
    }
    var operand = try claim()
    for start in starts.reversed() {
      operand = ExpressionSyntax(node: .not(operand), range: start..<operand.range.upperBound)
    }
    return operand
  }

  private mutating func claim() throws(ExpressionError) -> ExpressionSyntax {
    let left = try sum()
    if case .symbol(let symbol) = token.kind, let comparison = Self.comparisons[symbol] {
      position += 1
      return join(left, try sum()) { .comparison(comparison, $0, $1) }
    }
    if take(keyword: "is") {
      let isNegated = take(keyword: "not")
      try expect(keyword: "null")
      return finish(left, negated: isNegated, .isNull(left))
    }
    let isNegated = take(keyword: "not")
    if take(keyword: "in") { return finish(left, negated: isNegated, .membership(left, try list())) }
    if take(keyword: "between") {
      let low = try sum()
      try expect(keyword: "and")
      return finish(left, negated: isNegated, .between(left, low, try sum()))
    }
    guard !isNegated else { throw ExpressionError("expected \"in\" or \"between\" after \"not\"", token.range) }
    return left
  }

  private static let comparisons: [String: RowExpression.Comparison] = [
    "=": .equal, "==": .equal, "!=": .notEqual, "<>": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  private mutating func list() throws(ExpressionError) -> [ExpressionSyntax] {
    try expect(symbol: "(")
    var members = [try sum()]
    while take(symbol: ",") { members.append(try sum()) }
    try expect(symbol: ")")
    return members
  }

  private mutating func sum() throws(ExpressionError) -> ExpressionSyntax {
    var left = try term()
    while let operation = takeArithmetic(["+", "-"]) {
      left = join(left, try term()) { .arithmetic(operation, $0, $1) }
    }
    return left
  }

  private mutating func term() throws(ExpressionError) -> ExpressionSyntax {
    var left = try factor()
    while let operation = takeArithmetic(["*", "/", "%"]) {
      left = join(left, try factor()) { .arithmetic(operation, $0, $1) }
    }
    return left
  }

  private mutating func factor() throws(ExpressionError) -> ExpressionSyntax {
    let token = token
    position += 1
    switch token.kind {
    case .number(let value): return ExpressionSyntax(node: .number(value), range: token.range)
    case .text(let text): return ExpressionSyntax(node: .text(text), range: token.range)
    case .symbol("-"):
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.maximumDepth else {
        throw ExpressionError("the expression is nested too deeply", token.range)
      }
      let operand = try factor()
      return ExpressionSyntax(node: .negation(operand), range: token.range.lowerBound..<operand.range.upperBound)
    case .symbol("("):
      let inner = try disjunction()
      let end = self.token.range.upperBound
      try expect(symbol: ")")
      return ExpressionSyntax(node: inner.node, range: token.range.lowerBound..<end)
    case .name(let name, let quoted):
      let word = quoted ? "" : name.lowercased()
      if word == "true" || word == "false" {
        return ExpressionSyntax(node: .truth(word == "true"), range: token.range)
      }
      guard !Self.keywords.contains(word) else {
        throw ExpressionError("expected a column or a value before \"\(name)\"", token.range)
      }
      return ExpressionSyntax(node: .column(name), range: token.range)
    case .symbol(let symbol):
      throw ExpressionError("expected a column or a value, found \"\(symbol)\"", token.range)
    case .end:
      position -= 1
      throw ExpressionError("the expression ends where a column or a value is expected", token.range)
    }
  }

  private func join(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    _ make: (ExpressionSyntax, ExpressionSyntax) -> ExpressionSyntax.Node
  ) -> ExpressionSyntax {
    ExpressionSyntax(node: make(left, right), range: left.range.lowerBound..<right.range.upperBound)
  }

  private func finish(_ left: ExpressionSyntax, negated: Bool, _ node: ExpressionSyntax.Node) -> ExpressionSyntax {
    let range = left.range.lowerBound..<tokens[position - 1].range.upperBound
    let claim = ExpressionSyntax(node: node, range: range)
    return negated ? ExpressionSyntax(node: .not(claim), range: range) : claim
  }

  private func isKeyword(_ word: String) -> Bool {
    guard case .name(let name, quoted: false) = token.kind else { return false }
    return name.lowercased() == word
  }

  private mutating func take(keyword: String) -> Bool {
    guard isKeyword(keyword) else { return false }
    position += 1
    return true
  }

  private mutating func take(symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func takeArithmetic(_ symbols: [String]) -> RowExpression.Arithmetic? {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
    position += 1
    return RowExpression.Arithmetic(rawValue: symbol)
  }

  private mutating func expect(keyword: String) throws(ExpressionError) {
    guard take(keyword: keyword) else { throw ExpressionError("expected \"\(keyword)\" here", token.range) }
  }

  private mutating func expect(symbol: String) throws(ExpressionError) {
    guard take(symbol: symbol) else { throw ExpressionError("expected \"\(symbol)\" here", token.range) }
  }
}
