package import Scan

/// An expression of the rule language, parsed, checked against the declared types, and ready to be scanned.
package struct Expression: Sendable, Hashable {
  /// What was written.
  package var text: String
  package var compiled: RowExpression
  /// The columns it reads, each once, in the order of their appearance.
  package var columns: [String]

  /// Parses and checks the text.
  ///
  /// - Parameter types: the declared types of the columns, by name.
  package init(_ text: String, types: [String: ValueType]) throws(ExpressionError) {
    let syntax = try ExpressionParser.parse(text)
    self.text = text
    do {
      compiled = try ExpressionChecker(types: types).claim(syntax)
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
