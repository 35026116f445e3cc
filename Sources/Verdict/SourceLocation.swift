/// A place in a file of the config language, with the line it points into.
package struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file as the user named it: relative to the working folder when it lies below it.
  package var file: String
  /// The line, counted from 1.
  package var line: Int
  /// The column, counted in Unicode scalars from 1.
  package var column: Int
  /// How many scalars the caret underlines; at least 1.
  package var length: Int
  /// The text of that line as it stands in the file, before any interpolation.
  package var lineText: String

  package init(file: String, line: Int, column: Int, length: Int = 1, lineText: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
    self.lineText = lineText
  }

  /// The same place with its file and the text of its line passed through `transform`.
  func mapText(_ transform: (String) -> String) -> SourceLocation {
    SourceLocation(
      file: transform(file), line: line, column: column, length: length, lineText: transform(lineText))
  }

  /// `file:line:column`, the form that editors and CI systems turn into a link.
  package var description: String { "\(file):\(line):\(column)" }
}
