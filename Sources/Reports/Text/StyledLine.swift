/// One line of text for people. What it means is kept apart from how it looks, so that the terminal can colour what
/// JUnit and Markdown show plainly.
///
/// Every text passes ``TextSafety`` on its way in: a line cannot hold anything that a terminal or a CI system obeys.
package struct StyledLine: Sendable, Hashable {
  /// What a piece of text is.
  package enum Role: Sendable, Hashable {
    case plain, strong, muted, place, good, bad, doubtful
  }

  /// A piece of text and what it is.
  struct Span: Sendable, Hashable {
    var text: String
    var role: Role
  }

  private(set) var spans: [Span] = []

  init() {}

  init(_ text: String, _ role: Role = .plain) { add(text, role) }

  /// Appends a piece of text.
  mutating func add(_ text: String, _ role: Role = .plain) {
    spans.append(Span(text: TextSafety.inline(text), role: role))
  }

  /// The same line, moved to the right.
  func indented(by columns: Int) -> StyledLine {
    var line = StyledLine(String(repeating: " ", count: columns))
    line.spans += spans
    return line
  }

  /// The text alone.
  package var plain: String { spans.map(\.text).joined() }
}
