internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// A JSON Schema that a value has to satisfy, written in the config or in a file beside it.
struct SchemaClaim: Sendable {
  /// The file of the schema, when it stands in one.
  private(set) var file: Located<String>?
  /// Nil until the file has been read.
  private var schema: JSONSchema?

  var name: String { file.map { "the schema \($0.value)" } ?? "the schema" }

  /// Where and why the value does not satisfy the schema; nil when it does.
  func violation(of value: JSONValue) -> String? {
    guard let schema else { return "cannot be judged: \(name) has not been read" }
    return schema.violation(of: value).map { violation in
      violation.path == "$" ? violation.reason : "at \(violation.path) \(violation.reason)"
    }
  }

  /// The claim with its file read.
  func loaded(_ read: (String) -> Result<[UInt8], EndpointFolders.Unreadable>, _ problems: inout Problems)
    -> SchemaClaim
  {
    guard let file, schema == nil else { return self }
    var copy = self
    switch read(file.value) {
    case .failure(let error): problems.report(error.reason, at: file.location)
    case .success(let bytes):
      do throws(JSONError) {
        copy.schema = Self.schema(try JSONParser.parse(bytes), named: file.value, at: file.location, &problems)
      } catch {
        problems.report("\(file.value) is no JSON: \(error)", at: file.location)
      }
    }
    return copy
  }

  static var shape: Shape<SchemaClaim> {
    let file = Shape<String>.name.located.map { SchemaClaim(file: $0) }
    let inline = Shape<SchemaClaim>(.type("object")) { node, problems in
      guard let document = Shape<JSONValue>.json.decode(node, &problems) else { return nil }
      return schema(document, named: "the schema", at: node.location, &problems).map { SchemaClaim(schema: $0) }
    }
    // Draft 2020-12, 4.3: true and false are schemas. A file of such a name is written in quotes.
    let word = Shape<SchemaClaim>(.type("boolean")) { node, problems in inline.decode(node, &problems) }
    return inline.when(\.isMapping, otherwise: word.when(\.isBoolean, otherwise: file))
  }

  private static func schema(
    _ document: JSONValue, named name: String, at location: SourceLocation, _ problems: inout Problems
  ) -> JSONSchema? {
    if document == .bool(true) || document.objectValue?.count == 0 {
      problems.report("\(name) allows everything, so nothing could fail it", at: location)
      return nil
    }
    do throws(JSONSchemaError) {
      return try JSONSchema(document, judgesFormats: true) { pattern in
        (try? Pattern(pattern)).map { pattern in { pattern.matches($0, full: false) } }
      }
    } catch {
      problems.report("\(name) cannot be used at \(error.pointer): \(error.reason)", at: location)
      return nil
    }
  }
}

extension Node {
  fileprivate var isBoolean: Bool {
    if case .scalar(let text, quoted: false) = content { ["true", "false"].contains(text.lowercased()) } else { false }
  }
}
