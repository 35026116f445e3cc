import Language
import Verdict

// Trees written by hand, so that these tests need no YAML. The line of a node tells it from the others.

func place(_ line: Int, _ column: Int = 1) -> SourceLocation {
  SourceLocation(file: "cupel.yaml", line: line, column: column)
}

func plain(_ text: String, line: Int = 1) -> Node { Node(.scalar(text, quoted: false), at: place(line, 10)) }

func quoted(_ text: String, line: Int = 1) -> Node { Node(.scalar(text, quoted: true), at: place(line, 10)) }

func list(_ nodes: Node..., line: Int = 1) -> Node { Node(.sequence(nodes), at: place(line)) }

/// A mapping whose entries stand one below the other, from `line` on.
func mapping(_ entries: KeyValuePairs<String, Node>, line: Int = 1) -> Node {
  let located = entries.enumerated().map { index, entry in
    Node.Entry(key: entry.key, keyLocation: place(line + index), value: entry.value)
  }
  return Node(.mapping(located), at: place(line))
}

/// What a shape makes of a node: the value, and the problems as `line:column headline`.
func decode<Value>(_ shape: Shape<Value>, _ node: Node) -> (value: Value?, problems: [String]) {
  var problems = Problems()
  let value = shape.decode(node, &problems)
  return (
    value,
    problems.diagnostics.map { diagnostic in
      let place = diagnostic.location.map { "\($0.line):\($0.column) " } ?? ""
      return place + diagnostic.headline + (diagnostic.label.map { " [\($0)]" } ?? "")
    }
  )
}
