package import Verdict

/// Draws what is wrong in the config: headline, place, carets, help.
package struct DiagnosticRenderer: Sendable {
  private let width: Int

  /// A renderer for lines of that many columns.
  package init(width: Int = 100) { self.width = width }

  /// The picture of one diagnostic.
  package func lines(_ diagnostic: Diagnostic) -> [StyledLine] {
    var headline = StyledLine("error", .bad)
    headline.add(": ", .strong)
    headline.add(diagnostic.headline, .strong)
    let snippet = SourceSnippet(diagnostic.location, label: diagnostic.label, width: width)
    var lines = [headline] + snippet.lines
    if diagnostic.location?.lineText.isEmpty ?? true, let label = diagnostic.label {
      lines.append(snippet.remark("note", label))
    }
    for help in diagnostic.help.flatMap(TextSafety.lines) { lines.append(snippet.remark("help", String(help))) }
    return lines
  }

  /// The pictures of several, with a blank line between them.
  package func lines(_ diagnostics: [Diagnostic]) -> [StyledLine] {
    diagnostics.enumerated().flatMap { index, diagnostic in (index > 0 ? [StyledLine()] : []) + lines(diagnostic) }
  }
}
