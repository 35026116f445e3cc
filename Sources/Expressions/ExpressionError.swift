/// What is wrong with the text of an expression, and which part of it: offsets in Unicode scalars.
package struct ExpressionError: Error, Sendable, Hashable {
  package var message: String
  package var range: Range<Int>
  package var hint: String?

  init(_ message: String, _ range: Range<Int>, hint: String? = nil) {
    self.message = message
    self.range = range
    self.hint = hint
  }
}
