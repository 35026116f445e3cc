package import Language
package import Verdict

/// The readers of formats that belong to other parts of the house, handed in by the command.
package struct MetricsSources: Sendable {
  /// Reads a document; the name is for messages. What is wrong with the document comes back as a diagnostic.
  package typealias Reader<Value> = @Sendable (_ bytes: [UInt8], _ name: String) -> Result<Value, Diagnostic>

  /// Reads a YAML document into a tree.
  package var yaml: Reader<Node>
  /// Reads all records of a CSV document, the header included, as the texts of their fields.
  package var csv: Reader<[[String]]>

  package init(yaml: @escaping Reader<Node>, csv: @escaping Reader<[[String]]>) {
    self.yaml = yaml
    self.csv = csv
  }
}
