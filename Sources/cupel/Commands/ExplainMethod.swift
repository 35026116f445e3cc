internal import Statistics

/// What `cupel explain` says of the statistical methods.
enum ExplainMethod {
  /// All of them, with the first sentence on each.
  static var list: String {
    let width = MethodRegistry.all.map(\.name.count).max() ?? 0
    return MethodRegistry.all.map { method in
      let padding = String(repeating: " ", count: width - method.name.count)
      return "\(method.name)\(padding)  \(firstSentence(method.computes))\n"
    }.joined()
  }

  static func text(_ method: Method) -> String {
    let aliases = method.aliases.isEmpty ? "" : "  (also \(method.aliases.joined(separator: ", ")))"
    return """
      \(method.name)\(aliases)

      \(paragraph(method.computes, indent: 0))

      When to use it
      \(paragraph(method.use, indent: 2))

      Source
      \(paragraph(method.source, indent: 2))

      """
  }

  private static func firstSentence(_ text: String) -> Substring {
    let end = text.firstRange(of: ". ")?.lowerBound ?? text.endIndex
    return text[..<end]
  }

  /// The words in lines of at most 100 columns.
  private static func paragraph(_ text: String, indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > 100 - indent {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return (lines + [line]).map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
  }
}
