package import Language
package import Scan
internal import Verdict

/// A dataset as the config declares it.
package struct DatasetDeclaration {
  /// The files, as the config names them.
  package var sources: [Located<String>] = []
  package var format: TableFormat?
  package var rulesFile: Located<String>?
  package var baseline: BaselineDeclaration?
  package var dialect = DialectDeclaration()
  package var rules = Rules()

  package init() {}

  /// The shape of an entry under `data:`.
  package static var shape: Shape<DatasetDeclaration> {
    let path = Shape<String>.path.located
    let source = path.list.when({ $0.isSequence }, otherwise: path.map { [$0] })
    let keys: [Key<DatasetDeclaration>] = [
      .key(
        "source", \.sources, source,
        "The file, relative to this config; a pattern, a folder or a list makes one dataset of many; - is standard input.",
        required: true),
      .optional("format", \.format, .choice, "The format, when the first bytes of the files shall not decide."),
      .optional("rules", \.rulesFile, Shape<String>.string.located, "A file with the rules; they may also stand here."),
      .optional(
        "baseline", \.baseline, BaselineDeclaration.shape,
        "What the data are compared with: a saved profile, another file, or {dataset: NAME}."),
    ]
    return Shape<DatasetDeclaration>.object(
      DatasetDeclaration(), keys + DialectDeclaration.keys(\.dialect) + Rules.keys(\.rules), keepsGoing: true)
  }
}

/// How a delimited file is written, as the config says it.
package struct DialectDeclaration: Sendable {
  package var delimiter: UInt8?
  package var hasHeader = true
  package var names: [String] = []
  package var nullValues: [String] = []
  package var encoding = TextEncoding.utf8

  package init() {}

  static func keys<Root>(_ path: WritableKeyPath<Root, DialectDeclaration>) -> [Key<Root>] {
    let delimiter = Shape<String>.string.map { text, node, problems -> UInt8? in
      if text == "tab" || text == "\\t" { return UInt8(ascii: "\t") }
      if let byte = text.utf8.first, text.utf8.count == 1, !"\"\r\n".utf8.contains(byte) { return byte }
      problems.report("a delimiter is one byte such as \";\", or tab", at: node.location)
      return nil
    }
    return [
      .optional(
        "delimiter", path.appending(path: \.delimiter), delimiter, "The byte between fields: \";\", \"|\", tab."),
      .key("header", path.appending(path: \.hasHeader), .bool, "Whether the first line names the columns."),
      .key("names", path.appending(path: \.names), Shape<String>.string.list, "The columns of a file without header."),
      .key(
        "null_values", path.appending(path: \.nullValues), Shape<String>.string.list,
        "Unquoted texts that mean no value, besides the empty field."),
      .key("encoding", path.appending(path: \.encoding), .choice, "How the text is encoded."),
    ]
  }

  /// The dialect for a file; a name that ends in `.tsv` means tabs unless the config says otherwise.
  package func dialect(for path: String) -> CSVDialect {
    let isTabbed = TableFile(path: path, displayedAs: path).isNamed(".tsv")
    let byName = isTabbed ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    return CSVDialect(
      delimiter: delimiter ?? byName, hasHeader: hasHeader, names: names, nullValues: nullValues, encoding: encoding)
  }
}
