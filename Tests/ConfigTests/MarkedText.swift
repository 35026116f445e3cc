import Config
import Language
import Testing
import Verdict

/// A text with marks ①②③… in it. The marks show where something is expected and are not part of the text.
struct MarkedText {
  private(set) var text = ""
  /// `line:column` of each mark, counted by hand: lines end with LF, CR LF or CR, columns are Unicode scalars.
  private(set) var places: [Character: String] = [:]

  init(_ marked: String) {
    var line = 1
    var column = 1
    var previous: Unicode.Scalar?
    for scalar in marked.unicodeScalars {
      if (0x2460...0x2473).contains(scalar.value) {
        places[Character(scalar)] = "\(line):\(column)"
        continue
      }
      text.unicodeScalars.append(scalar)
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r":
        line += 1
        column = 1
      case "\u{FEFF}": break
      default: column += 1
      }
      previous = scalar
    }
  }
}

/// Reads a text as `cupel.yaml`.
func read(_ text: String, environment: [String: String] = [:]) -> (file: ConfigFile?, diagnostics: [Diagnostic]) {
  read(bytes: Array(text.utf8), environment: environment)
}

func read(bytes: [UInt8], environment: [String: String] = [:]) -> (file: ConfigFile?, diagnostics: [Diagnostic]) {
  var problems = Problems()
  let file = ConfigReader.read(
    bytes: bytes, path: "project/cupel.yaml", displayedAs: "cupel.yaml", environment: environment, problems: &problems)
  return (file, problems.diagnostics)
}

/// Expects exactly these problems in a marked text, each as `mark headline`, in that order.
func expectProblems(
  _ marked: String, _ expected: String..., environment: [String: String] = [:],
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let marked = MarkedText(marked)
  let marks = Dictionary(marked.places.map { ($0.value, String($0.key)) }, uniquingKeysWith: { first, _ in first })
  let found = read(marked.text, environment: environment).diagnostics.map { diagnostic in
    let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "nowhere"
    return "\(marks[place] ?? place) \(diagnostic.headline)"
  }
  #expect(found == expected, sourceLocation: sourceLocation)
}

/// A tree as text, quoted scalars in quotes: `{a: [1, "2"]}`.
func outline(_ node: Node?) -> String {
  guard let node else { return "none" }
  return switch node.content {
  case .scalar(let text, let quoted): quoted ? "\"\(text)\"" : text
  case .sequence(let nodes): "[" + nodes.map(outline).joined(separator: ", ") + "]"
  case .mapping(let entries): "{" + entries.map { "\($0.key): \(outline($0.value))" }.joined(separator: ", ") + "}"
  }
}

/// The tree of a text that has nothing wrong with it.
func tree(
  _ text: String, environment: [String: String] = [:], sourceLocation: Testing.SourceLocation = #_sourceLocation
) -> String {
  let (file, diagnostics) = read(text, environment: environment)
  #expect(diagnostics.map(\.headline) == [], sourceLocation: sourceLocation)
  return outline(file?.root)
}

/// Every node of a tree, aliases written out.
func allNodes(_ node: Node) -> [Node] {
  switch node.content {
  case .scalar: [node]
  case .sequence(let nodes): [node] + nodes.flatMap(allNodes)
  case .mapping(let entries): [node] + entries.flatMap { allNodes($0.value) }
  }
}
