package import Language
package import Verdict

/// What a gate judges of a model that has slices: all rows and every slice, or the slices that it names alone, which
/// then have a bound of their own.
package struct SliceChoice: Sendable {
  /// What the slices are called together; nil for all that the model declares.
  package var names: [Located<String>]?
  /// Whether all rows are judged, too.
  package var includesAllRows: Bool
  package var location: SourceLocation

  package func includes(_ slice: SliceDeclaration) -> Bool {
    names?.contains { $0.value == slice.name } ?? true
  }

  /// The slices that either of two gates judges.
  func union(_ other: SliceChoice?) -> SliceChoice {
    guard let other else { return self }
    var union = self
    union.names = names.flatMap { names in other.names.map { names + $0 } }
    union.includesAllRows = includesAllRows || other.includesAllRows
    return union
  }

  static let every = "all"

  static var shape: Shape<SliceChoice> {
    Shape<String>.string.located.oneOrMany.map { names, node, problems -> SliceChoice? in
      guard let first = names.first else {
        problems.report("no slice is judged", at: node.location, help: ["write slices: all, or the names of some"])
        return nil
      }
      guard names.contains(where: { $0.value == every }) else {
        return SliceChoice(names: names, includesAllRows: false, location: first.location)
      }
      guard names.count == 1 else {
        problems.report("all are all, so no other is named beside them", at: node.location, help: ["write slices: all"])
        return nil
      }
      return SliceChoice(names: nil, includesAllRows: true, location: first.location)
    }
  }
}
