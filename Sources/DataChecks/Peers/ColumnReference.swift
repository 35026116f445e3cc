package import Language
internal import Verdict

/// A column of another dataset: `airports.code`, or `{dataset: airports, column: code}`.
package struct ColumnReference: Sendable, CustomStringConvertible {
  package var dataset = Located<String>.unwritten
  package var column = ""

  package init() {}

  /// A part that holds a dot stands in double quotes; behind the dataset's name dots need none.
  package var description: String {
    "\(dataset.value.contains(".") ? "\"\(dataset.value)\"" : dataset.value).\(column)"
  }

  package static var shape: Shape<ColumnReference> {
    let long = Shape<ColumnReference>.object(
      ColumnReference(),
      [
        PeerReference.key(\.dataset), .key("column", \.column, .string, "The column of that dataset.", required: true),
      ])
    let short = Shape<String>.string.map { text, node, problems -> ColumnReference? in
      guard let (dataset, column) = parts(text) else {
        problems.report(
          "expected a dataset and its column such as airports.code, found \"\(text)\"", at: node.location,
          help: ["a dataset with a dot in its name stands in quotes: '\"a.b\".code'"])
        return nil
      }
      var reference = ColumnReference()
      reference.dataset = Located(dataset, at: node.location)
      reference.column = column
      return reference
    }
    return long.when(\.isMapping, otherwise: short)
  }

  private static func parts(_ text: String) -> (dataset: String, column: String)? {
    guard let (dataset, rest) = part(text[...]), rest.first == "." else { return nil }
    let behind = rest.dropFirst()
    if behind.first == "\"" {
      guard let (column, end) = part(behind), end.isEmpty else { return nil }
      return (dataset, column)
    }
    return behind.isEmpty ? nil : (dataset, String(behind))
  }

  /// The part that the text begins with, and what follows it.
  private static func part(_ text: Substring) -> (part: String, rest: Substring)? {
    guard text.first == "\"" else {
      let part = text.prefix { $0 != "." }
      return part.isEmpty ? nil : (String(part), text[part.endIndex...])
    }
    let part = text.dropFirst().prefix { $0 != "\"" }
    guard !part.isEmpty, part.endIndex < text.endIndex else { return nil }
    return (String(part), text[part.endIndex...].dropFirst())
  }
}
