import Language
import Verdict

/// Config written as Swift literals. Every key and every element stands on a line of its own, as a YAML file in block
/// style would have it, so that each place in it is a different one.
indirect enum ConfigTree: Sendable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByArrayLiteral,
  ExpressibleByFloatLiteral
{
  case scalar(String)
  case quoted(String)
  case mapping([(String, ConfigTree)])
  case sequence([ConfigTree])

  init(stringLiteral value: String) { self = .scalar(value) }
  init(floatLiteral value: Double) { self = .scalar(Quantity.text(value)) }
  init(dictionaryLiteral elements: (String, ConfigTree)...) { self = .mapping(elements) }
  init(arrayLiteral elements: ConfigTree...) { self = .sequence(elements) }

  /// The tree as a document of that file.
  func node(file: String = "cupel.yaml") -> Node {
    var line = 0
    return node(file, &line, column: 1)
  }

  private func node(_ file: String, _ line: inout Int, column: Int) -> Node {
    func place(_ column: Int) -> SourceLocation { SourceLocation(file: file, line: max(1, line), column: column) }
    switch self {
    case .scalar(let text): return Node(.scalar(text, quoted: false), at: place(column))
    case .quoted(let text): return Node(.scalar(text, quoted: true), at: place(column))
    case .mapping(let members):
      var entries: [Node.Entry] = []
      let start = SourceLocation(file: file, line: line + 1, column: column)
      for (key, value) in members {
        line += 1
        let keyLocation = place(column)
        let node = value.node(file, &line, column: column + key.count + 2)
        entries.append(Node.Entry(key: key, keyLocation: keyLocation, value: node))
      }
      return Node(.mapping(entries), at: start)
    case .sequence(let elements):
      var nodes: [Node] = []
      let start = SourceLocation(file: file, line: line + 1, column: column)
      for element in elements {
        if case .mapping = element {} else { line += 1 }
        nodes.append(element.node(file, &line, column: column + 2))
      }
      return Node(.sequence(nodes), at: start)
    }
  }
}
