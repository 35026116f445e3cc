internal import Verdict

/// A place in a config file, drawn the way compilers do: an arrow, the line with its number, carets below.
///
/// ```
///   --> cupel.yaml:12:20
///    |
/// 12 |   dep_delay: {missing: {at_most: 3%}}
///    |                                  ^^ limit
/// ```
struct SourceSnippet {
  private let location: SourceLocation?
  private let label: String?
  private let width: Int

  init(_ location: SourceLocation?, label: String? = nil, width: Int) {
    self.location = location
    self.label = label
    self.width = width
  }

  /// How many columns the line number takes.
  private var gutter: Int { location.map { String(max(0, $0.line)).utf8.count } ?? 1 }

  var lines: [StyledLine] {
    guard let location else { return [] }
    var arrow = StyledLine(String(repeating: " ", count: gutter) + "--> ", .place)
    arrow.add(location.description)
    guard !location.lineText.isEmpty else { return [arrow] }
    let line = CutLine(location, room: max(20, width - gutter - 3))
    var source = StyledLine(String(max(0, location.line)) + " | ", .place)
    source.add(line.text)
    var carets = margin("| ")
    carets.add(String(repeating: " ", count: line.caret) + String(repeating: "^", count: line.caretWidth), .bad)
    if let label { carets.add(" " + label, .bad) }
    return [arrow, margin("|"), source, carets]
  }

  /// A remark below the picture: `   = help: …`.
  func remark(_ name: String, _ text: String) -> StyledLine {
    var line = margin("= ")
    line.add(name + ": ", .strong)
    line.add(text)
    return line
  }

  /// How far the text of a remark is moved to the right.
  var indentation: Int { gutter + 3 }

  private func margin(_ sign: String) -> StyledLine {
    StyledLine(String(repeating: " ", count: gutter + 1) + sign, .place)
  }
}

/// A source line that fits into the room there is, and where the carets stand below it, in terminal columns.
private struct CutLine {
  var text = ""
  var caret = 0
  var caretWidth = 1

  private static let tabStop = 4

  init(_ location: SourceLocation, room: Int) {
    // A line of megabytes is looked at only around the caret.
    let start = max(0, min(location.column - 1, location.lineText.unicodeScalars.count))
    let dropped = max(0, start - room)
    let length = min(location.length, room)
    let scalars = location.lineText.unicodeScalars.dropFirst(dropped)
    let near = Array(scalars.prefix(start - dropped + length + room))
    let cells = Self.expandingTabs(TextSafety.cells(near))
    let first = start - dropped
    let columns = cells.map(\.width)
    let caretColumn = columns[..<first].reduce(0, +)
    let underlined = columns[first...].prefix(length).reduce(0, +)

    let cutsEnd = near.count < scalars.count
    if dropped == 0, !cutsEnd, columns.reduce(0, +) <= room {
      text = cells.map(\.text).joined()
      caret = caretColumn
      caretWidth = max(1, underlined)
      return
    }
    // Keep a third of the room before the caret.
    var from = 0
    var skipped = 0
    while caretColumn - skipped > room / 3 {
      skipped += columns[from]
      from += 1
    }
    let cutsStart = dropped + from > 0
    var left = room - (cutsStart ? 1 : 0)
    var end = from
    while end < cells.count, columns[end] <= left - (end + 1 == cells.count && !cutsEnd ? 0 : 1) {
      left -= columns[end]
      end += 1
    }
    let cut = end < cells.count || cutsEnd
    text = (cutsStart ? "…" : "") + cells[from..<end].map(\.text).joined() + (cut ? "…" : "")
    caret = caretColumn - skipped + (cutsStart ? 1 : 0)
    caretWidth = max(1, min(underlined, room - caret))
  }

  private static func expandingTabs(_ cells: [TextSafety.Cell]) -> [TextSafety.Cell] {
    var column = 0
    return cells.map { cell in
      let width = cell.isTab ? tabStop - column % tabStop : cell.width
      column += width
      return cell.isTab ? TextSafety.Cell(text: String(repeating: " ", count: width), width: width) : cell
    }
  }
}
