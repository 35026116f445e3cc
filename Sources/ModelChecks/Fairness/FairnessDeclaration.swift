package import Language
internal import Metrics
internal import Verdict

/// Groups of people that a model must treat alike: by which columns they are told, and the gates that compare them.
package struct FairnessDeclaration: Sendable {
  /// How rows are divided into groups; nil until the key is read, never afterwards.
  package var by: SliceDeclaration?
  /// The label that is good for whoever gets it; nil for the positive one.
  package var favourable: Located<String>?
  /// Groups with fewer rows are pooled, and left out if they have no more together.
  package var minRows: Located<Int>?
  package var gates: [GateEntry] = []

  package init() {}

  /// What the groups are called together: `gender`, `gender+age`.
  package var name: String { by?.name ?? "" }

  static var shape: Shape<FairnessDeclaration> {
    let groups = SliceDeclaration.shape.map { groups, node, problems -> SliceDeclaration? in
      if let condition = groups.columns.compactMap(\.condition).first {
        problems.report(
          "groups are told by columns, not by a condition", at: condition.location,
          help: ["write {column: age, bins: [0, 40, 120]}"])
        return nil
      }
      if groups.discovery == nil { return groups }
      problems.report("groups are named, not discovered", at: node.location)
      return nil
    }
    return .object(
      FairnessDeclaration(),
      [
        .key(
          "by", \.by, groups.optional,
          "The column that tells the groups, one with bins, or a list of columns whose crosses are the groups.",
          required: true),
        .optional(
          "favourable", \.favourable, Shape<String>.string.located,
          "The label that is good for whoever gets it, when it is not the positive one."),
        .optional(
          "min_rows", \.minRows, Shape<Int>.integer(in: 1...Int.max).located,
          "Groups with fewer rows are pooled as other, and not compared if that has fewer as well: those of the model, or 100."
        ),
        .key(
          "gates", \.gates, GateEntry.shape.list,
          "The bounds on how far groups are apart: demographic_parity_difference, equalized_odds_ratio.", required: true
        ),
      ]
    ) { fairness, node, problems in
      if fairness.gates.isEmpty {
        problems.report("no gate compares these groups, so nothing would be checked", at: node.location)
      }
    }
  }

  /// The checks in the order of the config.
  func checks(named model: String) -> [ModelCheck] {
    gates.flatMap { entry -> [ModelCheck] in
      guard let metric = entry.metric?.value else { return [] }
      return entry.claims.map { claim in
        let name = "\(entry.id?.value ?? claim.kind)@\(self.name)"
        let id = CheckID(suite: .models, subject: model, column: metric, check: name)
        return ModelCheck(
          planned: PlannedCheck(id: id, kind: claim.kind, severity: entry.severity, location: claim.gate.location),
          metric: metric, direction: Self.betterSide(of: entry), claim: claim, entry: entry, fairness: self)
      }
    }
  }

  /// The direction as stated, or else as the metric itself has it.
  static func betterSide(of entry: GateEntry) -> MetricDirection? {
    if let direction = entry.direction { return direction }
    switch entry.reference.flatMap({ try? metric($0).better }) {
    case .higher?: return .higher
    case .lower?: return .lower
    case .near(_)?, .neither?, nil: return nil
    }
  }

  static func metric(_ reference: MetricReference) throws(MetricProblem) -> MetricPage {
    try MetricRegistry.definition(reference.name.value, of: FairnessRows.self).metric(reference.arguments).page
  }
}
