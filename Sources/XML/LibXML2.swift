internal import CLibXML2

/// What libxml2 calls back into, and its one-time preparation. Every C callback of this target stands here.
enum LibXML2 {
  private static let prepared: Void = {
    xmlInitParser()
    xmlSchemaInitTypes()
  }()

  /// Initialises libxml2's global tables once, before any thread uses them.
  static func prepare() { prepared }

  /// Makes a parser stop at a DOCTYPE, before anything in it is read.
  static func refuseDocumentType(in context: xmlParserCtxtPtr) {
    context.pointee.sax?.pointee.internalSubset = { context, _, _, _ in
      guard let context else { return }
      let parser = context.assumingMemoryBound(to: xmlParserCtxt.self)
      parser.pointee.hasExternalSubset = 1
      xmlStopParser(parser)
    }
  }

  /// Whether ``refuseDocumentType(in:)`` had to stop the parser.
  static func sawDocumentType(_ context: xmlParserCtxtPtr) -> Bool { context.pointee.hasExternalSubset == 1 }

  /// The complaint in a C error, on one line.
  static func problem(_ error: xmlError) -> XMLError.Problem {
    let message = error.message.map { String(cString: $0) } ?? "unknown error"
    let words = message.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    return XMLError.Problem(line: Int(error.line), message: XMLTextSanitizer.clean(words))
  }

  /// Collects what the schema parser and the validator complain about.
  //
  // Safe because C holds the collector's address only while `parse` or `validate` is on the stack, and calls back on the
  // same thread.
  final class Complaints {
    private(set) var problems: [XMLError.Problem] = []
    /// A document can be wrong in every line; nobody reads more than these.
    private static let limit = 100

    private func add(_ error: xmlError) {
      if problems.count < Self.limit { problems.append(LibXML2.problem(error)) }
    }

    private var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private static var callback: xmlStructuredErrorFunc {
      { collector, error in
        guard let collector, let error else { return }
        Unmanaged<Complaints>.fromOpaque(collector).takeUnretainedValue().add(error.pointee)
      }
    }

    /// Parses a schema while listening to the parser.
    func parse(_ context: xmlSchemaParserCtxtPtr) -> xmlSchemaPtr? {
      xmlSchemaSetParserStructuredErrors(context, Self.callback, address)
      return withExtendedLifetime(self) { xmlSchemaParse(context) }
    }

    /// Validates a document while listening to the validator; 0 when it is valid.
    func validate(_ document: xmlDocPtr, with context: xmlSchemaValidCtxtPtr) -> Int32 {
      xmlSchemaSetValidStructuredErrors(context, Self.callback, address)
      return withExtendedLifetime(self) { xmlSchemaValidateDoc(context, document) }
    }
  }
}
