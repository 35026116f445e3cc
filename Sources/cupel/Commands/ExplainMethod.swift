internal import Statistics

/// What `cupel explain` says of the statistical methods.
enum ExplainMethod {
  /// All of them, a line of at most 100 columns each, with the beginning of what they compute.
  static var list: String {
    let width = MethodRegistry.all.map(\.name.count).max() ?? 0
    return MethodRegistry.all.map { method in
      let padding = String(repeating: " ", count: width - method.name.count)
      return "\(method.name)\(padding)  \(beginning(method.computes, columns: 98 - width))\n"
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

  /// The first sentence, or as much of it as there is room for.
  static func beginning(_ text: String, columns: Int) -> String {
    let end = text.firstRange(of: ". ")?.lowerBound ?? text.endIndex
    let sentence = text[..<end]
    return sentence.count <= columns ? String(sentence) : sentence.prefix(columns - 1) + "…"
  }

  /// The words in lines of at most 100 columns.
  static func paragraph(_ text: String, indent: Int) -> String {
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
