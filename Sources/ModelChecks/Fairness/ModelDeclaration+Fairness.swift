internal import Language
internal import Metrics

/// What is wrong with the groups that a model must treat alike.
extension ModelDeclaration {
  func validateFairness(_ task: Located<PredictionTask>, _ problems: inout Problems) {
    for groups in fairness {
      let place = groups.by?.columns.first?.name?.location ?? task.location
      switch task.value {
      case .binary: break
      case .multiclass where groups.favourable == nil:
        problems.report(
          "nothing says which class is good for whoever gets it", at: place, help: ["add favourable: and the class"])
      case .multiclass: break
      default:
        problems.report(
          "groups are compared by who gets what, and a \(task.value.rawValue) model says neither yes nor no", at: place)
      }
      for entry in groups.gates { validate(entry, &problems) }
    }
  }

  private func validate(_ entry: GateEntry, _ problems: inout Problems) {
    guard let reference = entry.reference else { return }
    if let custom = reference.custom {
      return problems.report(
        "groups are not compared by a metric that the gate makes", at: custom.location,
        help: ["cupel explain metrics tells of all that compare groups"])
    }
    do throws(MetricProblem) {
      entry.validate(against: try FairnessDeclaration.metric(reference), &problems)
    } catch {
      let near: String? = if case .unknownMetric(_, _, let nearest, _) = error { nearest } else { nil }
      return problems.report(
        "\(error)", at: reference.name.location, label: near.map { "did you mean \"\($0)\"?" },
        help: ["cupel explain metrics tells of all of them"])
    }
    if let slices = entry.slices {
      problems.report("groups are no slices: the gate compares them with each other", at: slices.location)
    }
    if let confidence = entry.confidence, reference.arguments["agg"] == .word("mean") {
      problems.report(
        "the mean of two worst contrasts has no interval", at: confidence.location,
        help: ["leave agg: out, so that the worse of both decides"])
    }
    if reference.name.value == "group_calibration_error", columns(of: candidate).score == nil {
      problems.report("\(reference.name.value) needs scores, and this model has none", at: reference.name.location)
    }
    if FairnessDeclaration.betterSide(of: entry) == nil, entry.claims.contains(where: \.needsBaseline) {
      problems.report(
        "the gate needs to know which side of \"\(reference.name.value)\" is better", at: reference.name.location,
        label: "no side of it is", help: ["add direction: higher or direction: lower"])
    }
  }
}
