internal import Language
internal import Verdict

extension Shape<[String]> {
  /// A list of different columns by their names, at least so many.
  static func columns(atLeast count: Int = 1) -> Shape {
    let names = Shape<String>.string.list
    let list = Shape<[String]>(names.schema) { node, problems in
      if node.isSequence { return names.decode(node, &problems) }
      problems.report(
        "expected a list of columns, found \(node.kind)", at: node.location,
        help: ["columns stand in brackets, [a, b], and several such lists once more: [[a, b], [c]]"])
      return nil
    }
    return list.map { names, node, problems -> [String]? in
      guard names.count >= count, Set(names).count == names.count else {
        let words = count > 1 ? "at least \(count) different columns" : "different columns"
        problems.report("expected a list of \(words)", at: node.location)
        return nil
      }
      return names
    }
  }

  /// One column, or a list of different ones.
  static var oneOrMoreColumns: Shape { columns().when(\.isSequence, otherwise: Shape<String>.string.map { [$0] }) }
}

extension Shape<Quantity> {
  /// A number of columns.
  static var columns: Shape { Shape<Int>.integer(in: 0...1_000_000_000).map { Quantity(Double($0), .columns) } }
}
