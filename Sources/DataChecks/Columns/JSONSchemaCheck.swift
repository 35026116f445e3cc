internal import JSON
package import Language
package import Scan
package import Verdict

/// `json_schema: payload.schema.json`: every value is JSON that satisfies a schema.
package struct JSONSchemaCheck: ValueCheck {
  /// The file of the schema, when it stands in one.
  private var file: Located<String>?
  /// The schema; nil as long as its file has not been read.
  private var schema: JSONSchema?
  /// The schema's text: what two equal checks share.
  private var text = ""

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "json_schema",
    summary:
      "Every present value satisfies the JSON Schema (draft 2020-12) in a file, named relative to this one, or written here: in JSON Lines the value as it is, elsewhere the JSON that its text is. References lead within the schema; format is not judged; patterns are RE2; a keyword that is not known is an error.",
    why: "A column of JSON is a table in a table: without a schema its missing members show only when they are used.",
    example:
      "columns:\n  payload: {json_schema: schemas/payload.json}\n  tags: {json_schema: {type: array, items: {type: string}, minItems: 1}}",
    fix:
      "Look at the listed rows, and run one of the values through the schema with any validator to see what is wrong.")

  package static var shape: Shape<JSONSchemaCheck> {
    let file = Shape<String>.string.located.map { JSONSchemaCheck(file: $0) }
    let inline = Shape<JSONSchemaCheck>(.type("object")) { node, problems in
      JSONSchemaCheck(node.json, named: "the schema", at: node.location, &problems)
    }
    return inline.when({ $0.isMapping }, otherwise: file)
  }

  private init(file: Located<String>) { self.file = file }

  private init?(_ document: JSONValue, named name: String, at location: SourceLocation, _ problems: inout Problems) {
    do throws(JSONSchemaError) {
      schema = try JSONSchema(document) { pattern in
        (try? Pattern(pattern)).map { pattern in { pattern.matches($0, full: false) } }
      }
      text = document.description
    } catch {
      problems.report("\(name) cannot be used at \(error.pointer): \(error.reason)", at: location)
      return nil
    }
  }

  package func loaded(_ read: FileReading, _ problems: inout Problems) -> JSONSchemaCheck? {
    guard let file else { return self }
    guard let bytes = read(file, &problems) else { return nil }
    do throws(JSONError) {
      let document = try JSONParser.parse(bytes)
      var check = JSONSchemaCheck(document, named: file.value, at: file.location, &problems)
      check?.file = file
      return check
    } catch {
      problems.report("\(file.value) is no JSON: \(error)", at: file.location)
      return nil
    }
  }

  private var name: String { file?.value ?? "the schema" }

  package var limit: Bound { .text("json_schema \(name)") }
  package var violation: String { "are no JSON that satisfies \(name)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    guard let schema else { throw Diagnostic("\(name) has not been read", at: column.planned.location) }
    @Sendable func bytes(_ text: Span<UInt8>) -> [UInt8] { text.indices.map { text[$0] } }
    return TextTest(
      column.name, "json_schema \(text)",
      ofStrings: { schema.accepts(.string(String(decoding: bytes($0), as: UTF8.self))) },
      { text in (try? JSONParser.parse(bytes(text), mode: .replacing)).map { schema.accepts($0) } ?? false })
  }
}
