/// Why an XML document could not be written, read or accepted.
package enum XMLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// An element or attribute name that XML does not allow.
  case badName(String)
  /// libxml2 refused to write; the memory ran out.
  case writeFailed
  /// The document is larger than the reader accepts, in bytes.
  case tooLarge(bytes: Int, limit: Int)
  /// The document has a DOCTYPE. It is refused before any entity in it is declared.
  case documentType
  /// The text is not well-formed XML.
  case notWellFormed(Problem)
  /// The schema itself is broken.
  case badSchema([Problem])
  /// The document is well-formed, but not what the schema describes.
  case invalid([Problem])
  /// libxml2 gave up while validating.
  case validatorFailed(code: Int32)

  /// One complaint of libxml2, with the line (from 1) that it is about.
  package struct Problem: Sendable, Hashable, CustomStringConvertible {
    package var line: Int
    package var message: String

    package init(line: Int, message: String) {
      self.line = line
      self.message = message
    }

    package var description: String { line > 0 ? "line \(line): \(message)" : message }
  }

  package var description: String {
    switch self {
    case .badName(let name): "\"\(name)\" cannot be the name of an XML element or attribute."
    case .writeFailed: "libxml2 could not write the document: out of memory."
    case .tooLarge(let bytes, let limit): "The XML document has \(bytes) bytes; at most \(limit) are read."
    case .documentType: "The XML document has a DOCTYPE, which is refused because entities can be used for attacks."
    case .notWellFormed(let problem): "The document is not well-formed XML: \(problem)"
    case .badSchema(let problems): "The XML schema is broken: \(Self.list(problems))"
    case .invalid(let problems): "The document does not match its XML schema: \(Self.list(problems))"
    case .validatorFailed(let code): "libxml2 gave up validating the document (code \(code))."
    }
  }

  private static func list(_ problems: [Problem]) -> String {
    let shown = problems.prefix(5).map(\.description).joined(separator: " ")
    return problems.count > 5 ? shown + " … \(problems.count - 5) more." : shown
  }
}
