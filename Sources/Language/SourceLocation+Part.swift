package import Verdict

extension SourceLocation {
  /// The place of a part of a scalar that stands here. The scalar's text may differ from the line (quotes, escapes,
  /// interpolation): then the place is the whole scalar.
  package func part(_ range: Range<Int>, of text: String) -> SourceLocation {
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
