/// A JSONPath query as RFC 9535 defines it, checked and ready to run.
///
///     let prices = try JSONPath("$.store.book[?@.price < 10].title", patterns: patterns)
///     let nodes = try prices.nodes(in: document)
package struct JSONPath: Sendable {
  /// The query as written.
  package let text: String
  /// How many values a query may visit, unless told otherwise.
  package static let defaultVisitLimit = 5_000_000

  private let query: JSONPathQuery
  private let patterns: any JSONPathPatterns

  /// Reads a query; `patterns` decides its `match` and `search` functions. Throws when it is not well-formed or not well-typed.
  package init(_ text: String, patterns: any JSONPathPatterns) throws(JSONPathError) {
    var parser = JSONPathParser(text)
    do {
      query = try parser.query()
    } catch {
      throw JSONPathError(error, in: text)
    }
    self.text = text
    self.patterns = patterns
  }

  /// Whether the query can select at most one node, whatever the document (RFC 9535 section 2.3.5.1).
  package var isSingular: Bool {
    query.isSingular
  }

  /// The selected nodes, in the order of RFC 9535; of members with the same name only the last one exists.
  ///
  /// Throws when the query visits more than `visitLimit` values, those that filters test included.
  package func nodes(
    in document: JSONValue, visitLimit: Int = defaultVisitLimit
  ) throws(JSONPathEvaluationError) -> [JSONPathNode] {
    var evaluator = JSONPathEvaluator(root: document, patterns: patterns, visitLimit: visitLimit)
    return try evaluator.locatedNodes(of: query)
  }
}
