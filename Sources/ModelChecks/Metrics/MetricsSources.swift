package import Language
package import Verdict

/// What belongs to other parts of the house, handed in by the command: readers of formats, and what writes a file.
package struct MetricsSources: Sendable {
  /// Reads a document; the name is for messages. What is wrong with the document comes back as a diagnostic.
  package typealias Reader<Value> = @Sendable (_ bytes: [UInt8], _ name: String) -> Result<Value, Diagnostic>

  /// Reads a YAML document into a tree.
  package var yaml: Reader<Node>
  /// Reads all records of a CSV document, the header included, as the texts of their fields.
  package var csv: Reader<[[String]]>
  /// Writes a file at once, or not at all; returns what went wrong.
  package var write: @Sendable (_ bytes: [UInt8], _ path: String) -> String?

  package init(
    yaml: @escaping Reader<Node>, csv: @escaping Reader<[[String]]>,
    write: @escaping @Sendable (_ bytes: [UInt8], _ path: String) -> String?
  ) {
    self.yaml = yaml
    self.csv = csv
    self.write = write
  }
}
