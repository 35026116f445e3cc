internal import CLibXML2

/// Holds documents against an XML schema (XSD 1.0).
///
/// The schema is trusted: it comes with Cupel. It is compiled for every document, which takes half a millisecond and
/// leaves nothing to share between threads.
package struct XMLSchemaValidator: Sendable {
  private let schema: [UInt8]

  package init(xsd: [UInt8]) { schema = xsd }

  /// Returns when the document matches; otherwise throws ``XMLError/invalid(_:)`` with every complaint and its line.
  package func validate(_ document: [UInt8]) throws(XMLError) {
    let parsed = try ParsedDocument(document)
    let source = try schemaSource()
    let complaints = LibXML2.Complaints()
    let compiled = try compile(source, complaints)
    // The compiled schema points into its source.
    defer { withExtendedLifetime(source) { xmlSchemaFree(compiled) } }
    guard let context = xmlSchemaNewValidCtxt(compiled) else { throw .validatorFailed(code: -1) }
    defer { xmlSchemaFreeValidCtxt(context) }
    let code = complaints.validate(parsed.pointer, with: context)
    if !complaints.problems.isEmpty { throw .invalid(complaints.problems) }
    if code != 0 { throw .validatorFailed(code: code) }
  }

  private func schemaSource() throws(XMLError) -> ParsedDocument {
    do {
      return try ParsedDocument(schema)
    } catch {
      throw .badSchema([XMLError.Problem(line: 0, message: error.description)])
    }
  }

  private func compile(_ source: ParsedDocument, _ complaints: LibXML2.Complaints) throws(XMLError) -> xmlSchemaPtr {
    guard let context = xmlSchemaNewDocParserCtxt(source.pointer) else { throw .validatorFailed(code: -1) }
    defer { xmlSchemaFreeParserCtxt(context) }
    let compiled = complaints.parse(context)
    guard let compiled, complaints.problems.isEmpty else {
      xmlSchemaFree(compiled)
      throw .badSchema(complaints.problems)
    }
    return compiled
  }
}
