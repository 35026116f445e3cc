package import Scan

/// An expression of the rule language, parsed, checked against the declared types, and ready to be scanned.
package struct Expression: Sendable, Hashable {
  /// What was written.
  package var text: String
  package var compiled: RowExpression
  /// The columns it reads, each once, in the order of their appearance.
  package var columns: [String]

  /// Parses and checks the text of a claim.
  ///
  /// - Parameters:
  ///   - types: the declared types of the columns, by name.
  ///   - names: columns by what the text calls them, where that is another name.
  package init(_ text: String, types: [String: ValueType], names: [String: String] = [:]) throws(ExpressionError) {
    try self.init(text) { syntax throws(ExpressionError) in
      try ExpressionChecker(types: types, names: names).claim(syntax)
    }
  }

  /// The same of an expression whose value is a number.
  package init(number text: String, names: [String: String] = [:]) throws(ExpressionError) {
    try self.init(text) { syntax throws(ExpressionError) in
      try ExpressionChecker(types: [:], names: names).number(syntax)
    }
  }

  private init(
    _ text: String, _ check: (ExpressionSyntax) throws(ExpressionError) -> RowExpression
  ) throws(ExpressionError) {
    let syntax = try ExpressionParser.parse(text)
    self.text = text
    do throws(ExpressionError) {
      compiled = try check(syntax)
    } catch {
      throw error.ofTypes
    }
    columns = []
    for reading in compiled.readings where !columns.contains(reading.column) { columns.append(reading.column) }
    guard !columns.isEmpty else {
      throw ExpressionError(
        "the expression reads no column, so it says nothing of a row", syntax.range,
        hint: "texts stand in quotes, columns do not")
    }
  }
}
