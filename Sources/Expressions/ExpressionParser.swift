internal import Scan

/// Parses the expression language of `rows_where`.
///
///     or    := and ("or" and)*                 text   := sum ("||" sum)*
///     and   := not ("and" not)*                sum    := term (("+" | "-") term)*
///     not   := "not" not | claim               term   := factor (("*" | "/" | "%") factor)*
///     claim := text [ op text | "is" ["not"] ("null" | "distinct" "from" text)
///                   | ["not"] "in" "(" text ("," text)* ")" | ["not"] "between" text "and" text
///                   | ["not"] ("like" | "ilike") text ["escape" text] | ["not"] "matches" text ]
///
/// What a factor is says `ExpressionParser+Operands.swift`. Keywords are those of SQL in any case; most are keywords
/// only where one may stand, and a column that has the name of another stands in backticks.
struct ExpressionParser {
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  /// Deeper than this no person nests, and a hostile text must not exhaust the stack.
  private static let maximumDepth = 100
  /// A chain of operators is as deep a tree as it is long.
  private static let maximumTokens = 1000

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

  mutating func disjunction() throws(ExpressionError) -> ExpressionSyntax {
    try descend()
    defer { depth -= 1 }
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
    while isKeyword("not") { starts.append(advance().range.lowerBound) }
    var operand = try claim()
    for start in starts.reversed() { operand = from(start, .not(operand)) }
    return operand
  }

  private mutating func claim() throws(ExpressionError) -> ExpressionSyntax {
    let left = try concatenation()
    if case .symbol(let symbol) = token.kind, let comparison = Self.comparisons[symbol] {
      advance()
      return join(left, try concatenation()) { .comparison(comparison, $0, $1) }
    }
    if isKeyword("is") {
      let start = advance().range.lowerBound
      let isNegated = take(keyword: "not")
      if take(keyword: "distinct") {
        try expect(keyword: "from")
        let word = ExpressionSyntax.Word(text: "is_distinct", range: start..<tokens[position - 1].range.upperBound)
        return finish(left, negated: isNegated, .call(word, [left, try concatenation()]))
      }
      if isKeyword("true") || isKeyword("false") { throw isTruth(of: left, negated: isNegated) }
      try expect(keyword: "null")
      return finish(left, negated: isNegated, .isNull(left))
    }
    let isNegated = take(keyword: "not")
    if take(keyword: "in") { return finish(left, negated: isNegated, .membership(left, try list())) }
    if take(keyword: "between") {
      let low = try concatenation()
      try expect(keyword: "and")
      return finish(left, negated: isNegated, .between(left, low, try concatenation()))
    }
    if isKeyword("like") || isKeyword("ilike") {
      let ignoringCase = isKeyword("ilike")
      advance()
      let pattern = try concatenation()
      let escape = take(keyword: "escape") ? try concatenation() : nil
      return finish(
        left, negated: isNegated, .like(left, pattern: pattern, escape: escape, ignoringCase: ignoringCase))
    }
    if take(keyword: "matches") {
      return finish(left, negated: isNegated, .matches(left, pattern: try concatenation()))
    }
    guard !isNegated else {
      throw ExpressionError(
        "expected \"in\", \"between\", \"like\", \"ilike\" or \"matches\" after \"not\"", token.range)
    }
    return left
  }

  /// `is true` and its kin, which a boolean needs not.
  private func isTruth(of claim: ExpressionSyntax, negated: Bool) -> ExpressionError {
    let name = if case .column(let name) = claim.node { name } else { "…" }
    let words = isKeyword("true") == negated ? "not \(name)" : name
    return ExpressionError("a claim is true by itself", token.range, hint: "write: \(words)")
  }

  private static let comparisons: [String: RowExpression.Comparison] = [
    "=": .equal, "==": .equal, "!=": .notEqual, "<>": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  private mutating func list() throws(ExpressionError) -> [ExpressionSyntax] {
    try expect(symbol: "(")
    var members = [try concatenation()]
    while take(symbol: ",") { members.append(try concatenation()) }
    try expect(symbol: ")")
    return members
  }

  mutating func concatenation() throws(ExpressionError) -> ExpressionSyntax {
    var left = try sum()
    while let word = takeOperator(["||"]) { left = join(left, try sum()) { .call(word, [$0, $1]) } }
    return left
  }

  private mutating func sum() throws(ExpressionError) -> ExpressionSyntax {
    var left = try term()
    while let word = takeOperator(["+", "-"]) { left = join(left, try term()) { .call(word, [$0, $1]) } }
    return left
  }

  private mutating func term() throws(ExpressionError) -> ExpressionSyntax {
    var left = try factor()
    while let word = takeOperator(["*", "/", "%"]) { left = join(left, try factor()) { .call(word, [$0, $1]) } }
    return left
  }
}

/// The steps that every rule is made of.
extension ExpressionParser {
  var token: Token { tokens[position] }

  /// The token behind the next one; the last is the end.
  var following: Token { tokens[min(position + 1, tokens.count - 1)] }

  /// Goes on to the next token, and never beyond the end.
  @discardableResult
  mutating func advance() -> Token {
    defer { position = min(position + 1, tokens.count - 1) }
    return token
  }

  /// Goes a level deeper; the caller goes back.
  mutating func descend() throws(ExpressionError) {
    guard depth < Self.maximumDepth else {
      throw ExpressionError("the expression is nested too deeply", token.range)
    }
    depth += 1
  }

  mutating func ascend() { depth -= 1 }

  func join(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    _ make: (ExpressionSyntax, ExpressionSyntax) -> ExpressionSyntax.Node
  ) -> ExpressionSyntax {
    ExpressionSyntax(node: make(left, right), range: left.range.lowerBound..<right.range.upperBound)
  }

  /// A node that reaches from a place to the last token that was taken.
  func from(_ start: Int, _ node: ExpressionSyntax.Node) -> ExpressionSyntax {
    ExpressionSyntax(node: node, range: start..<tokens[max(position - 1, 0)].range.upperBound)
  }

  private func finish(_ left: ExpressionSyntax, negated: Bool, _ node: ExpressionSyntax.Node) -> ExpressionSyntax {
    let claim = from(left.range.lowerBound, node)
    return negated ? ExpressionSyntax(node: .not(claim), range: claim.range) : claim
  }

  func isKeyword(_ word: String) -> Bool {
    guard case .name(let name, quoted: false) = token.kind else { return false }
    return name.lowercased() == word
  }

  mutating func take(keyword: String) -> Bool {
    guard isKeyword(keyword) else { return false }
    advance()
    return true
  }

  mutating func take(symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func takeOperator(_ symbols: [String]) -> ExpressionSyntax.Word? {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
    return ExpressionSyntax.Word(text: symbol, range: advance().range)
  }

  mutating func expect(keyword: String) throws(ExpressionError) {
    guard take(keyword: keyword) else { throw ExpressionError("expected \"\(keyword)\" here", token.range) }
  }

  mutating func expect(symbol: String) throws(ExpressionError) {
    guard take(symbol: symbol) else { throw ExpressionError("expected \"\(symbol)\" here", token.range) }
  }
}
