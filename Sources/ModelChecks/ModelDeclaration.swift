package import Baselines
package import Language
internal import Verdict

/// One model as the config declares it: a candidate, a baseline, and the gates between them.
package struct ModelDeclaration: Sendable {
  /// The candidate's metrics file; nil until the key is read, never afterwards.
  package var candidate: Located<String>?
  package var baseline: Reference?
  package var gates: [GateEntry] = []

  package init() {}

  /// A baseline and what to do when it is not there.
  package struct Reference: Sendable {
    package var metrics: Located<BaselineReference>?
    package var whenMissing = WhenMissing.error

    package init() {}
  }

  package static var shape: Shape<ModelDeclaration> {
    Shape<ModelDeclaration>.object(
      ModelDeclaration(),
      [
        .key("candidate", \.candidate, candidate, "The model that wants to be released.", required: true),
        .key("baseline", \.baseline, reference.optional, "The model it is compared with."),
        .key("gates", \.gates, GateEntry.shape.list, "The bounds that the candidate must keep.", required: true),
      ], check: validate
    ).named("model")
  }

  private static var candidate: Shape<Located<String>?> {
    let path = Shape<String>.string.map { path, node, problems -> Located<String>? in
      guard path.isEmpty else { return Located(path, at: node.location) }
      problems.report("the path is empty", at: node.location, help: ["name the candidate's metrics file"])
      return nil
    }
    return Shape<Located<String>?>.object(
      nil,
      [
        .key(
          "metrics", \.self, path.optional, "The candidate's metrics: a JSON, YAML or CSV file.", required: true)
      ])
  }

  private static var reference: Shape<Reference> {
    let metrics = Shape<String>.string.map { text, node, problems -> Located<BaselineReference>? in
      do throws(BaselineError) {
        return Located(try BaselineReference(text), at: node.location)
      } catch {
        problems.report(error.message(for: text), at: node.location, help: [error.advice])
        return nil
      }
    }
    return Shape<Reference>.object(
      Reference(),
      [
        .key(
          "metrics", \.metrics, metrics.optional, "The baseline's metrics: a file, or git:REVISION:PATH.",
          required: true),
        .key(
          "when_missing", \.whenMissing, Shape<WhenMissing>.choice,
          "When there is no baseline: error (the default), accept the candidate, or judge absolute bounds only."),
      ])
  }

  private static func validate(_ model: ModelDeclaration, _ node: Node, _ problems: inout Problems) {
    if model.gates.isEmpty {
      problems.report(
        "this model has no gates, so nothing would be checked", at: node[key: "gates"]?.keyLocation ?? node.location)
    }
    let checks = model.checks(named: "")
    if model.baseline == nil {
      for check in checks where check.claim.needsBaseline {
        problems.report(
          "\(check.claim.kind) compares with a baseline, and this model has none", at: check.claim.gate.location,
          help: ["add baseline: {metrics: …} to the model"])
      }
    }
    // By metric, so that a config of many gates takes no quadratic time.
    var earlier: [String: [ModelCheck]] = [:]
    for check in checks {
      report(check, after: earlier[check.metric, default: []], &problems)
      earlier[check.metric, default: []].append(check)
    }
  }

  /// What is wrong with a check beside the earlier ones of its metric.
  private static func report(_ check: ModelCheck, after earlier: [ModelCheck], _ problems: inout Problems) {
    let place = check.claim.gate.location
    if let first = earlier.first(where: { $0.planned.id == check.planned.id }) {
      problems.report(
        "\(check.planned.id.name) stands twice on \"\(check.metric)\", first at \(first.claim.gate.location)",
        at: place,
        label: "the same name again", help: ["give one of them an id: of its own"])
    }
    if let other = earlier.first(where: { excludes($0, check) }), case .value(let gate) = other.claim {
      problems.report(
        "no value of \"\(check.metric)\" keeps this bound and the one at \(gate.location): \(gate.bound)", at: place,
        label: "impossible together")
    }
  }

  /// Whether no value could pass both checks.
  private static func excludes(_ one: ModelCheck, _ other: ModelCheck) -> Bool {
    guard case .value(let first) = one.claim, case .value(let second) = other.claim else {
      return false
    }
    return !first.range.overlaps(second.range)
  }
}

/// What becomes of a comparison without a baseline.
package enum WhenMissing: String, Sendable, Hashable, CaseIterable {
  /// Comparing gates are errors.
  case error
  /// The candidate is accepted as the first of its kind: all gates are skipped, visibly.
  case accept
  /// Comparing gates are skipped, visibly; the others are evaluated.
  case absoluteOnly = "absolute-only"
}
