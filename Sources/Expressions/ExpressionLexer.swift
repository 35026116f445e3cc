/// A word of the expression language with its place, in Unicode scalars.
struct Token: Hashable {
  enum Kind: Hashable {
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A name, in backticks when it holds odd characters. Keywords are never in backticks.
    case name(String, quoted: Bool)
    /// An operator or a bracket.
    case symbol(String)
    case end
  }

  var kind: Kind
  var range: Range<Int>
}

/// Cuts the text of an expression into tokens. O(text).
struct ExpressionLexer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private static let symbols = [
    "<=", ">=", "!=", "<>", "==", "||", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",",
  ]

  /// What other languages write, and word processors, with what it is here.
  private static let foreignSymbols: [(symbol: String, ours: String)] = [
    ("&&", "and"), ("&", "and"), ("=~", "matches"), ("~", "matches"), ("=>", ">="), ("=<", "<="), ("===", "="),
    ("**", "pow(a, b)"), ("^", "pow(a, b)"), ("::", "cast(a as integer)"), ("≥", ">="), ("≤", "<="), ("≠", "!="),
    ("’", "straight quotes: 'text'"), ("‘", "straight quotes: 'text'"), ("“", "straight quotes: 'text'"),
    ("”", "straight quotes: 'text'"),
  ]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    var lexer = ExpressionLexer(text)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() throws(ExpressionError) -> Token {
    while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    let start = position
    guard position < scalars.count else { return Token(kind: .end, range: start..<start) }
    let scalar = scalars[position]
    let kind: Token.Kind
    if isDigit(scalar) || (scalar == "." && position + 1 < scalars.count && isDigit(scalars[position + 1])) {
      kind = try number()
    } else if scalar == "'" || scalar == "\"" {
      kind = .text(try quoted("a text"))
    } else if scalar == "`" {
      kind = .name(try quoted("a column name"), quoted: true)
    } else if scalar.properties.isAlphabetic || scalar == "_" {
      while position < scalars.count, isNamePart(scalars[position]) { position += 1 }
      kind = .name(text(start..<position), quoted: false)
    } else if let (symbol, ours) = Self.foreignSymbols.first(where: { starts(with: $0.symbol) }) {
      throw ExpressionError(
        "\"\(symbol)\" means nothing here", start..<start + symbol.unicodeScalars.count, hint: "write \(ours)")
    } else if let symbol = Self.symbols.first(where: { starts(with: $0) }) {
      position += symbol.unicodeScalars.count
      kind = .symbol(symbol)
    } else {
      throw ExpressionError(
        "\"\(scalar)\" means nothing here", start..<start + 1,
        hint: "column names with odd characters stand in backticks: `\(name(around: start) ?? "a name")`")
    }
    return Token(kind: kind, range: start..<position)
  }

  /// The name that an odd character stands in the middle of: `a.b`.
  private func name(around place: Int) -> String? {
    func isPart(_ scalar: Unicode.Scalar) -> Bool { isNamePart(scalar) || scalar == scalars[place] }
    let start = scalars[..<place].lastIndex { !isPart($0) }.map { $0 + 1 } ?? 0
    let end = scalars[place...].firstIndex { !isPart($0) } ?? scalars.count
    return start < place && place + 1 < end ? text(start..<end) : nil
  }

  private mutating func number() throws(ExpressionError) -> Token.Kind {
    let start = position
    while position < scalars.count, isDigit(scalars[position]) || scalars[position] == "." { position += 1 }
    if position < scalars.count, scalars[position] == "e" || scalars[position] == "E" {
      position += 1
      if position < scalars.count, scalars[position] == "+" || scalars[position] == "-" { position += 1 }
      while position < scalars.count, isDigit(scalars[position]) { position += 1 }
    }
    if position < scalars.count, isNamePart(scalars[position]) {
      throw ExpressionError(
        "a number ends before this letter", position..<position + 1, hint: "quote dates and texts: '2013-01-31'")
    }
    if let value = Int64(text(start..<position)) { return .integer(value) }
    guard let value = Double(text(start..<position)), value.isFinite else {
      throw ExpressionError("this is no number", start..<position)
    }
    return .number(value)
  }

  /// What stands between two equal quotes; a doubled quote inside stands for one.
  private mutating func quoted(_ what: String) throws(ExpressionError) -> String {
    let start = position
    let quote = scalars[position]
    var content = String.UnicodeScalarView()
    position += 1
    while position < scalars.count {
      if scalars[position] == quote {
        position += 1
        guard position < scalars.count, scalars[position] == quote else { return String(content) }
      }
      content.append(scalars[position])
      position += 1
    }
    throw ExpressionError("\(what) begins here and is never closed", start..<start + 1)
  }

  private func starts(with symbol: String) -> Bool {
    scalars[position...].starts(with: symbol.unicodeScalars)
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || isDigit(scalar) || scalar == "_"
  }
}
