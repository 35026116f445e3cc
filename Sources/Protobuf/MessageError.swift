/// Why bytes are no message, or a document cannot be written as one.
package struct MessageError: Error, Equatable, CustomStringConvertible {
  /// Where in the message: `inputs[0].shape`. Empty for the whole.
  package private(set) var path: String
  /// What is wrong there.
  package let text: String

  package init(_ text: String, at path: String = "") {
    self.text = text
    self.path = path
  }

  package var description: String { path.isEmpty ? text : "\(path): \(text)" }

  /// The same, seen from the message that has the field.
  func within(_ field: String) -> MessageError {
    MessageError(text, at: path.isEmpty || path.hasPrefix("[") ? field + path : "\(field).\(path)")
  }
}
