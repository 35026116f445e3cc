import JSON
import Language
import Testing
import Verdict

private enum Mode: String, CaseIterable { case fail, warn, ignore }

/// Every scalar shape, without its type.
private struct AnyShape: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var schema: Schema
  var accepts: @Sendable (Node) -> Bool

  init<Value>(_ name: String, _ shape: @escaping @Sendable () -> Shape<Value>) {
    testDescription = name
    schema = shape().schema
    accepts = { decode(shape(), $0).value != nil }
  }
}

@Suite struct SchemaTests {
  private static let shapes = [
    AnyShape("string") { Shape<String>.string },
    AnyShape("bool") { Shape<Bool>.bool },
    AnyShape("integer") { Shape<Int>.integer() },
    AnyShape("integer in a range") { Shape<Int>.integer(in: -3...12) },
    AnyShape("number") { Shape<Double>.number },
    AnyShape("share") { Shape<Quantity>.share },
    AnyShape("duration") { Shape<Quantity>.duration },
    AnyShape("bytes") { Shape<Quantity>.bytes },
    AnyShape("plain") { Shape<Quantity>.plain },
    AnyShape("rows") { Shape<Quantity>.rows },
    AnyShape("tolerance") { Shape<Quantity>.tolerance },
    AnyShape("choice") { Shape<Mode>.choice },
    AnyShape("one or many") { Shape<Int>.integer().oneOrMany },
    AnyShape("named") { Shape<Quantity>.duration.named("duration") },
  ]

  /// Scalars made of the pieces that decide, in all orders up to three pieces, which includes every near miss.
  private static let scalars: [String] = {
    let pieces = [
      "", "0", "1", "12", "007", "3.5", ".5", "5.", ".", "-", "+", "e3", "E-2", "_", " ", "  ", "%", "ms", "s", "h",
      "d",
      "min", "m", "MB", "KiB", "B", "rows", "row", "true", "True", "NO", "null", "Null", "~", "fail", "inf", "nan",
      "é", "٣",
    ]
    var all = Set(pieces)
    for first in pieces {
      for second in pieces {
        all.insert(first + second)
        for third in ["%", "ms", " rows", "5", "e3"] { all.insert(first + second + third) }
      }
    }
    return all.sorted()
  }()

  @Test("The JSON Schema and the decoder agree on every scalar", arguments: shapes)
  private func schemaAgreesWithDecoder(shape: AnyShape) throws {
    let schema = SchemaInterpreter(shape.schema)
    var accepted = 0
    for text in Self.scalars {
      for isQuoted in [false, true] {
        let byDecoder = shape.accepts(isQuoted ? quoted(text) : plain(text))
        let value = coreSchemaValue(text, quoted: isQuoted)
        // Two limits are the decoder's alone: a tolerance ends at 100% and a whole number at 64 bits.
        if exceedsAll(text), shape.testDescription == "tolerance" { continue }
        if let number = value.doubleValue, number >= 0x1p63 { continue }
        let bySchema = try schema.accepts(value)
        #expect(bySchema == byDecoder, "\(isQuoted ? "quoted " : "")'\(text)'")
        if byDecoder { accepted += 1 }
      }
    }
    #expect(accepted > 0)
  }

  private func exceedsAll(_ text: String) -> Bool {
    guard let sign = text.firstIndex(of: "%") else { return false }
    return Double(text[..<sign].filter { $0 != " " }) ?? 0 > 100
  }

  @Test func listsAndObjectsAgreeAsWell() throws {
    let pair = Shape<[Int]>.pair(.integer())
    let schema = SchemaInterpreter(pair.schema)
    #expect(try schema.accepts([1, 2]))
    #expect(try !schema.accepts([1]))
    #expect(try !schema.accepts([1, 2, 3]))
    #expect(try !schema.accepts([1, "a"]))

    let limits = SchemaInterpreter(Shape<Limits>.limits(of: .plain).schema)
    #expect(try limits.accepts(["at_least": 1, "at_most": 2]))
    #expect(try limits.accepts(["between": [1, 2]]))
    #expect(try !limits.accepts(["between": [1, 2, 3]]))
    #expect(try !limits.accepts(["atleast": 1]))
    #expect(try !limits.accepts(["at_least": "1"]))
  }

  @Test func documentWritesEveryDefinitionOnce() throws {
    let size = Shape<Quantity>.bytes.named("size")
    let shape = Shape<[Quantity]>.object(
      [],
      [
        .each("smallest", size, "The smallest file.") { value, _, root in root.append(value) },
        .key("sizes", \.self, size.list, "All sizes.", required: true),
      ])
    let document = shape.schema.document(title: "Files", identifier: "https://example.org/files.json")

    #expect(document["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    #expect(document["$id"] == "https://example.org/files.json")
    #expect(document["title"] == "Files")
    #expect(document["type"] == "object")
    #expect(document["required"] == ["sizes"])
    #expect(document["additionalProperties"] == false)
    #expect(
      document["properties"]?["smallest"] == ["description": "The smallest file.", "$ref": "#/$defs/size"])
    #expect(document["properties"]?["sizes"]?["items"] == ["$ref": "#/$defs/size"])
    #expect(document["$defs"]?.objectValue?.members.map(\.key) == ["size"])
    #expect(document["$defs"]?["size"]?["type"] == "string")

    let schema = SchemaInterpreter(shape.schema)
    #expect(try schema.accepts(["smallest": "1KB", "sizes": ["2MB"]]))
    #expect(try !schema.accepts(["sizes": ["2 parsecs"]]))
    #expect(try !schema.accepts(["smallest": "1KB"]))
  }

  /// What nobody writes is never made, and its schema is that of the shape itself.
  @Test func aDeferredShapeIsMadeWhereItIsWritten() throws {
    let never = Shape<[String]>.object(
      [],
      [
        .key("used", \.self, .deferred { Shape<String>.string.list }, "A list."),
        .key("unused", \.self, .deferred { fatalError("nobody writes this key") }, "Nothing."),
      ])
    var problems = Problems()
    let entry = Node.Entry(
      key: "used", keyLocation: SourceLocation(file: "", line: 1, column: 1),
      value: Node(
        .sequence([Node(.scalar("a", quoted: false), at: SourceLocation(file: "", line: 1, column: 1))]),
        at: SourceLocation(file: "", line: 1, column: 1)))
    let node = Node(.mapping([entry]), at: SourceLocation(file: "", line: 1, column: 1))
    #expect(never.decode(node, &problems) == ["a"] && problems.isEmpty)
    let (plain, deferred) = (Shape<String>.string.list, Shape.deferred { Shape<String>.string.list })
    #expect(
      plain.schema.document(title: "", identifier: "") == deferred.schema.document(title: "", identifier: ""))
  }

  @Test func definitionsComeInAlphabeticalOrder() {
    let schema = Schema.anyOf([
      .definition("b", .type("string")), .definition("a", .definition("c", .type("boolean"))),
      .definition("b", .type("string")),
    ])
    let document = schema.document(title: "", identifier: "")
    #expect(document["$defs"]?.objectValue?.members.map(\.key) == ["a", "b", "c"])
    #expect(document["$defs"]?["a"] == ["$ref": "#/$defs/c"])
  }
}
