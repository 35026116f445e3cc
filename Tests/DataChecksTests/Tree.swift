import Language
import Verdict

/// A config written as Swift literals. Each key and each element stands on a line of its own, so that every place in
/// it is a different one; the line of a scalar holds its text.
indirect enum Tree: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, Sendable {
  case scalar(String)
  /// A scalar in quotes: text, whatever it looks like.
  case quoted(String)
  case mapping([(String, Tree)])
  case sequence([Tree])

  init(stringLiteral value: String) { self = .scalar(value) }
  init(dictionaryLiteral elements: (String, Tree)...) { self = .mapping(elements) }
  init(arrayLiteral elements: Tree...) { self = .sequence(elements) }

  func node(file: String = "rules.yaml") -> Node {
    var line = 0
    return node(file, &line, prefix: "")
  }

  private func node(_ file: String, _ line: inout Int, prefix: String) -> Node {
    switch self {
    case .scalar(let text), .quoted(let text):
      let place = SourceLocation(
        file: file, line: max(1, line), column: prefix.unicodeScalars.count + 1, length: text.unicodeScalars.count,
        lineText: prefix + text)
      if case .quoted = self { return Node(.scalar(text, quoted: true), at: place) }
      return Node(.scalar(text, quoted: false), at: place)
    case .mapping(let members):
      let start = SourceLocation(file: file, line: line + 1, column: 1)
      let entries = members.map { key, value in
        line += 1
        let keyPlace = SourceLocation(file: file, line: line, column: 1, lineText: key + ":")
        return Node.Entry(key: key, keyLocation: keyPlace, value: value.node(file, &line, prefix: key + ": "))
      }
      return Node(.mapping(entries), at: start)
    case .sequence(let elements):
      let start = SourceLocation(file: file, line: line + 1, column: 1)
      let nodes = elements.map { element in
        switch element {
        case .scalar, .quoted: line += 1
        case .mapping, .sequence: break
        }
        return element.node(file, &line, prefix: "- ")
      }
      return Node(.sequence(nodes), at: start)
    }
  }
}
