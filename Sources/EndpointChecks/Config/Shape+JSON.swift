internal import JSON
internal import Language
internal import Verdict

extension Shape<JSONValue> {
  /// A JSON value written as YAML (the core schema of YAML 1.2): whatever stands in quotes is a text.
  static var json: Shape {
    Shape(.keywords([])) { node, problems in
      let before = problems.failures
      let value = node.json(&problems)
      return problems.failures == before ? value : nil
    }
  }
}

extension Shape<JSONPath> {
  /// A JSONPath query (RFC 9535).
  static var jsonPath: Shape {
    Shape<String>.string.map { text, node, problems in
      do throws(JSONPathError) {
        return try JSONPath(text, patterns: RE2Patterns.shared)
      } catch {
        problems.report(
          "the JSONPath cannot be read", at: node.place(ofColumn: error.column, in: text), label: error.message,
          help: ["paths follow RFC 9535: $.outputs[0].name"])
        return nil
      }
    }
  }
}

extension Node {
  fileprivate func json(_ problems: inout Problems) -> JSONValue {
    guard origin != .unavailable else {
      problems.noteFailure()
      return .null
    }
    switch content {
    case .sequence(let nodes):
      return .array(nodes.map { $0.json(&problems) })
    case .mapping(let entries):
      return .object(JSONObject(entries.map { JSONObject.Member($0.key, $0.value.json(&problems)) }))
    case .scalar(let text, let quoted):
      if quoted { return .string(text) }
      if isNull { return .null }
      return Self.plain(text)
    }
  }

  /// The value of an unquoted scalar. A number keeps its digits, so that none is lost on the way.
  private static func plain(_ text: String) -> JSONValue {
    switch text {
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if let value = try? JSONParser.parse(text), case .number(let number) = value { return .number(number) }
    let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    if isDecimal, let number = Double(text), number.isFinite { return .number(JSONNumber(number)) }
    return .string(text)
  }
}

extension Node {
  /// The place of one column of a scalar's text, when the text stands in the file as it is; else that of the scalar.
  fileprivate func place(ofColumn column: Int, in text: String) -> SourceLocation {
    guard origin == .file, case .scalar(_, let quoted) = content else { return location }
    let start = location.column - 1 + (quoted ? 1 : 0)
    let line = location.lineText.unicodeScalars.dropFirst(start)
    guard line.starts(with: text.unicodeScalars) else { return location }
    return SourceLocation(
      file: location.file, line: location.line, column: start + column, lineText: location.lineText)
  }
}
