import Language
import Verdict

@testable import EndpointChecks

/// Reads the flow style of YAML (`{key: [a, "b"]}`) into located nodes: enough to write a config in a test.
struct FlowText {
  private let scalars: [Unicode.Scalar]
  private let lines: [String]
  private let secrets: Set<String>
  private var offset = 0
  private var line = 1
  private var column = 1

  /// - Parameter secrets: scalars that count as coming from `${secret:…}`.
  static func node(_ text: String, secrets: Set<String> = []) -> Node {
    var reader = FlowText(text, secrets)
    return reader.value()
  }

  private init(_ text: String, _ secrets: Set<String>) {
    scalars = Array(text.unicodeScalars)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.secrets = secrets
  }

  private var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

  private mutating func advance() {
    if next == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    offset += 1
  }

  private mutating func skip(_ others: Unicode.Scalar...) {
    while let next, " \n".unicodeScalars.contains(next) || others.contains(next) { advance() }
  }

  private var place: SourceLocation {
    SourceLocation(file: "cupel.yaml", line: line, column: column, lineText: lines[line - 1])
  }

  private mutating func value() -> Node {
    skip()
    let location = place
    if next == "{" {
      var entries: [Node.Entry] = []
      advance()
      while true {
        skip(",")
        if next == "}" { break }
        let keyLocation = place
        let key = scalar(until: ":").text
        advance()
        entries.append(Node.Entry(key: key, keyLocation: keyLocation, value: value()))
      }
      advance()
      return Node(.mapping(entries), at: location)
    }
    if next == "[" {
      var nodes: [Node] = []
      advance()
      while true {
        skip(",")
        if next == "]" { break }
        nodes.append(value())
      }
      advance()
      return Node(.sequence(nodes), at: location)
    }
    let (text, quoted) = scalar(until: ",", "]", "}", "\n")
    return Node(.scalar(text, quoted: quoted), at: location, origin: secrets.contains(text) ? .secret : .file)
  }

  private mutating func scalar(until ends: Unicode.Scalar...) -> (text: String, quoted: Bool) {
    var text = String.UnicodeScalarView()
    if next == "'" {
      advance()
      while let scalar = next, scalar != "'" {
        text.append(scalar)
        advance()
      }
      advance()
      return (String(text), true)
    }
    while let scalar = next, !ends.contains(scalar) {
      text.append(scalar)
      advance()
    }
    return (String(text), false)
  }
}

/// One endpoint from the text of its mapping.
func endpoint(
  _ text: String, named name: String = "api", secrets: Set<String> = [],
  folders: EndpointFolders = EndpointFolders(config: "")
) -> (subject: EndpointSubject?, problems: Problems) {
  var problems = Problems()
  let node = FlowText.node("{\(name): \(text)}", secrets: secrets)
  let subjects = EndpointSubject.shape(folders).decode(node, &problems)
  return (problems.isEmpty ? subjects?.first : nil, problems)
}

extension RunContext {
  static let testing = RunContext(workingDirectory: "/", environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], now: 0)
}

extension [Finding] {
  /// `ready=passed`, without the suite and the subject.
  var outcomes: [String] {
    map { finding in
      let scope = finding.id.column.map { $0 + "." } ?? ""
      return "\(scope)\(finding.id.check)=\(finding.outcome.rawValue)"
    }
  }

  subscript(check: String) -> Finding? { first { ($0.id.column.map { $0 + "." } ?? "") + $0.id.check == check } }

  /// Every text of every finding.
  var allText: String {
    var texts: [String] = []
    _ = RunResult(version: "", startedAt: 0, findings: self).mapText {
      texts.append($0)
      return $0
    }
    return texts.joined(separator: "\n")
  }
}
