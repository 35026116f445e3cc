/// What is wrong with the text of an expression, and which part of it: offsets in Unicode scalars.
package struct ExpressionError: Error, Sendable, Hashable {
  package var message: String
  package var range: Range<Int>
  package var hint: String?
  /// Whether it is about the types of what was written, and not about how it was written.
  package private(set) var isOfTypes = false

  init(_ message: String, _ range: Range<Int>, hint: String? = nil) {
    self.message = message
    self.range = range
    self.hint = hint
  }

  /// The same error as one about types.
  var ofTypes: ExpressionError {
    var error = self
    error.isOfTypes = true
    return error
  }
}
