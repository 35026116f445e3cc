internal import Language

/// Two columns of a table that a check looks at together.
package struct ColumnPair: Sendable, Hashable {
  package var x = ""
  package var y = ""

  package var names: [String] { [x, y] }

  static var shape: Shape<ColumnPair> {
    Shape<[String]>.pair(.string).map { names, node, problems in
      if names[0] != names[1] { return ColumnPair(x: names[0], y: names[1]) }
      problems.report("a column is not compared with itself", at: node.location)
      return nil
    }
  }
}
