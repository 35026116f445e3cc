package import Language
package import Verdict

/// Slices that nobody names: which columns are searched for the worst of them.
package struct DiscoveryDeclaration: Sendable {
  /// The columns; none for all that say neither what is true nor what is predicted.
  package var columns: [Located<String>] = []
  /// Up to how many columns are crossed.
  package var depth = 3
  /// Slices with fewer rows, in the half that is searched or in the one that is judged, are not looked at; nil for the
  /// model's.
  package var minRows: Int?
  /// How many of the worst are judged.
  package var worst = 5
  package var location: SourceLocation?

  package init() {}

  /// What its slices are called together.
  var name: String { (["discovered"] + columns.map(\.value)).joined(separator: "+") }

  static var shape: Shape<DiscoveryDeclaration> {
    let all = Shape<Bool>.bool.map { isAll, node, problems -> [Located<String>]? in
      if isAll { return [] }
      problems.report("discover: false discovers nothing", at: node.location, help: ["leave it out"])
      return nil
    }
    let named = Shape<String>.column.list.map { columns, node, problems -> [Located<String>]? in
      var known: Set<String> = []
      for column in columns where !known.insert(column.value).inserted {
        problems.report("\"\(column.value)\" stands here twice", at: column.location)
      }
      if columns.isEmpty {
        problems.report("no column is searched", at: node.location, help: ["write discover: true to search all"])
      }
      return columns.isEmpty || known.count < columns.count ? nil : columns
    }
    return Shape<DiscoveryDeclaration>.object(
      DiscoveryDeclaration(),
      [
        .key(
          "discover", \.columns, named.when({ $0.isSequence }, otherwise: all),
          "The columns to search for the worst slices; true for all.", required: true),
        .key("depth", \.depth, Shape<Int>.integer(in: 1...3), "Up to how many columns are crossed: 3."),
        .optional(
          "min_rows", \.minRows, Shape<Int>.integer(in: 30...Int.max),
          "A slice has so many rows in each half: those of the model, or 100."),
        .key("worst", \.worst, Shape<Int>.integer(in: 1...50), "How many of the worst slices are judged: 5."),
      ]
    ).map { discovery, node, _ in
      var discovery = discovery
      discovery.location = node.location
      return discovery
    }
  }
}
