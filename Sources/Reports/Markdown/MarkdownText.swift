/// Text from outside in Markdown, where it must not become a table, a link, HTML, a mention or a reference.
package enum MarkdownText {
  /// The text for a paragraph or a table cell, but not for the beginning of a line.
  ///
  /// Backslashes keep punctuation literal (CommonMark 2.4). GitHub looks for mentions, issue numbers and addresses in
  /// the finished text, so those are broken by a zero-width space.
  package static func escape(_ text: String, limit: Int = 512) -> String {
    let scalars = Array(TextSafety.inline(text, limit: limit).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "@", "#": result += "\(scalar)&#8203;"
      case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": result += ":&#8203;"
      case "." where index > 0 && "wW".unicodeScalars.contains(scalars[index - 1]): result += "&#8203;."
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text as code on one line, where nothing is a mention or a link.
  package static func code(_ text: String, limit: Int = 200) -> String {
    let safe = TextSafety.inline(text, limit: limit)
    let fence = String(repeating: "`", count: longestRun(of: "`", in: safe) + 1)
    // One blank on either side is taken away again, and keeps a backtick at the end apart from the fence.
    let padding = safe.hasPrefix("`") || safe.hasSuffix("`") || safe.allSatisfy { $0 == " " } ? " " : ""
    return fence + padding + safe + padding + fence
  }

  /// Lines as a block of code whose fence is longer than anything in it.
  static func block(_ lines: [String]) -> String {
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return fence + "text\n" + lines.joined(separator: "\n") + "\n" + fence
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
      run = next == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
