internal import Expressions
internal import Language
internal import Scan
internal import Verdict

extension Located<String> {
  /// The text as an expression over the columns of a table; nil when it is none, and the problems say why, with carets.
  func expression(over types: [String: ValueType], _ problems: inout Problems) -> Expression? {
    do {
      return try Expression(value, types: types)
    } catch {
      problems.report(
        error.message, at: location.part(error.range, of: value), help: error.hint.map { [$0] } ?? [])
      return nil
    }
  }
}

extension SourceLocation {
  /// The place of a part of a scalar that stands here. The scalar's text may differ from the line (quotes, escapes,
  /// interpolation): then the place is the whole scalar.
  fileprivate func part(_ range: Range<Int>, of text: String) -> SourceLocation {
    let line = Array(lineText.unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    let start = [column - 1, column].first { start in
      start >= 0 && start + scalars.count <= line.count && Array(line[start..<start + scalars.count]) == scalars
    }
    guard let start else { return self }
    var part = self
    part.column = start + range.lowerBound + 1
    part.length = max(1, range.count)
    return part
  }
}
