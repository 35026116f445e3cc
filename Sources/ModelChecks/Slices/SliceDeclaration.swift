package import Language
internal import Verdict

/// How rows are divided into parts that a gate judges one by one: by the values of a column, by bins of its numbers, by a
/// condition that selects some, or by several of these at once.
package struct SliceDeclaration: Sendable {
  package var columns: [Column] = []
  /// What is searched for slices that nobody names; nil where they are named.
  package var discovery: DiscoveryDeclaration?

  /// A column, its bins, and the values that must occur; or the rows that a condition selects.
  package struct Column: Sendable {
    /// The column; with a condition, what its rows are called.
    package var name: Located<String>?
    /// What its slices are called; nil for the column's name.
    package var title: Located<String>?
    /// What is true of the rows of the slice: an expression over the columns.
    package var condition: Located<String>?
    /// The borders between bins, in ascending order; nil where each value is a slice.
    package var bins: [Double]?
    package var values: [Located<String>] = []

    package init() {}
  }

  package init() {}

  /// What the slices are called together: `carrier`, `carrier+distance`.
  package var name: String {
    discovery?.name ?? columns.compactMap { ($0.title ?? $0.name)?.value }.joined(separator: "+")
  }

  static var shape: Shape<SliceDeclaration> {
    let cross = Shape<[Column]>(.list(column.schema)) { node, problems in column.list.decode(node, &problems) }
    let discovered = DiscoveryDeclaration.shape.map { discovery in
      var declaration = SliceDeclaration()
      declaration.discovery = discovery
      return declaration
    }
    let named = cross.when({ $0.isSequence }, otherwise: column.map { [$0] }).map {
      columns, node, problems -> SliceDeclaration? in
      guard !columns.isEmpty else {
        problems.report("a slice is by one column at least", at: node.location)
        return nil
      }
      var declaration = SliceDeclaration()
      declaration.columns = columns
      return declaration
    }
    return discovered.when({ $0[key: "discover"] != nil }, otherwise: named)
  }

  /// Where it stands.
  var location: SourceLocation? { discovery?.location ?? columns.first?.name?.location }

  private static var column: Shape<Column> {
    let plain = Shape<String>.column.map { name in
      var column = Column()
      column.name = name
      return column
    }
    let bins = Shape<Double>.number.list.map { borders, node, problems -> [Double]? in
      if borders.count >= 2, zip(borders, borders.dropFirst()).allSatisfy({ $0 < $1 }) { return borders }
      problems.report("bins are two borders at least, each above the one before", at: node.location)
      return nil
    }
    let full = Shape<Column>.object(
      Column(),
      [
        .optional("column", \.name, Shape<String>.column, "The column."),
        .optional(
          "name", \.title, Shape<String>.column,
          "What its slices are called, when a column is divided in more than one way; with where: what its rows are."),
        .optional(
          "where", \.condition, Shape<String>.string.located,
          "The slice is the rows of which this expression is true: \"distance > 1500\"."),
        .optional("bins", \.bins, bins, "The borders between bins of its numbers: [0, 500, 1500]."),
        .key(
          "values", \.values, Shape<String>.string.located.list, "Values that must occur: without them the gate fails."),
      ]
    ) { column, node, problems in
      let (hasColumn, isNamed) = (node[key: "column"] != nil, node[key: "name"] != nil)
      if column.condition != nil, hasColumn || !isNamed || column.bins != nil || !column.values.isEmpty {
        problems.report(
          "a slice by a condition has a name and nothing else", at: node.location,
          help: ["write {name: long-haul, where: \"distance > 1500\"}"])
      } else if column.condition == nil, !hasColumn {
        problems.report(
          isNamed ? "a name is for a slice by a condition or a column" : "the key \"column\" is missing here",
          at: node.location,
          help: ["write {column: carrier}, or {name: long-haul, where: \"distance > 1500\"}"])
      }
      if column.bins != nil, let value = column.values.first {
        problems.report("bins have no values that must occur", at: value.location)
      }
    }.map { column in
      guard column.condition != nil else { return column }
      var condition = column
      (condition.name, condition.title) = (column.title, nil)
      return condition
    }
    return full.when({ $0.isMapping }, otherwise: plain)
  }
}
