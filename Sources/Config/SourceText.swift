internal import Verdict

/// The text of one file, cut into lines, so that every offset in it has a place to show.
///
/// Offsets count Unicode scalars from the beginning of the text, after a byte order mark.
struct SourceText {
  /// The file as messages name it.
  let name: String
  let scalars: [Unicode.Scalar]
  private var lines: [String] = []
  private var lineStarts: [Int] = []

  init(_ text: String, named name: String) {
    self.name = name
    scalars = Array(text.unicodeScalars)
    var start = 0
    var index = 0
    while index < scalars.count {
      let isBreak = scalars[index] == "\n" || scalars[index] == "\r"
      let width = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n" ? 2 : 1
      if isBreak {
        append(start..<index)
        start = index + width
      }
      index += isBreak ? width : 1
    }
    append(start..<index)
  }

  private mutating func append(_ range: Range<Int>) {
    lines.append(String(scalars[range]))
    lineStarts.append(range.lowerBound)
  }

  /// The place of a range; the caret stays in the line where the range begins and underlines no trailing blanks.
  func location(_ range: Range<Int>) -> SourceLocation {
    let start = min(max(range.lowerBound, 0), scalars.count)
    let line = lineIndex(of: start)
    var end = min(range.upperBound, line + 1 < lineStarts.count ? lineStarts[line + 1] : scalars.count)
    while end > start + 1, scalars[end - 1].properties.isWhitespace { end -= 1 }
    return SourceLocation(
      file: name, line: line + 1, column: start - lineStarts[line] + 1, length: end - start, lineText: lines[line])
  }

  func location(_ offset: Int) -> SourceLocation { location(offset..<offset + 1) }

  /// The number of the line, from 0, that holds the offset.
  func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

extension String {
  /// The text that these scalars make.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
