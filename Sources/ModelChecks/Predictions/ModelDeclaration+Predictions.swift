internal import Language
internal import Metrics
internal import Verdict

/// What is wrong with a model that is judged by predictions.
extension ModelDeclaration {
  func validatePredictions(_ node: Node, _ problems: inout Problems) {
    if let metrics = baseline?.metrics {
      problems.report(
        "the candidate has predictions and the baseline metrics", at: metrics.location,
        help: ["both sides have predictions, or both have metrics files"])
    }
    guard let task = predictions.task else {
      return problems.report(
        "predictions need to know what is predicted", at: node.location,
        help: ["add task: \(PredictionTask.allCases.map(\.rawValue).joined(separator: " or "))"])
    }
    for (role, columns) in sides {
      for (what, key) in task.value.missing(in: columns) {
        problems.report(
          "the \(role.rawValue) has no \(what), which a \(task.value.rawValue) model needs", at: task.location,
          help: ["add \(key): and the name of the column"])
      }
      for (key, column) in task.value.superfluous(in: columns) {
        problems.report("a \(task.value.rawValue) model has no \(key)", at: column.location)
      }
    }
    if task.value != .binary {
      for (key, place) in [
        ("threshold", predictions.threshold?.location), ("positive", predictions.positive?.location),
      ] {
        if let place { problems.report("a \(task.value.rawValue) model has no \(key)", at: place) }
      }
    }
    validateColumns(&problems)
    validateJoin(&problems)
    validateSlices(&problems)
    validateFairness(task, &problems)
    for entry in gates {
      guard let reference = entry.reference else { continue }
      do throws(MetricProblem) {
        _ = try task.value.metric(reference)
      } catch {
        let near: String? = if case .unknownMetric(_, _, let nearest, _) = error { nearest } else { nil }
        problems.report(
          "\(error)", at: reference.name.location, label: near.map { "did you mean \"\($0)\"?" },
          help: ["cupel explain metrics tells of all of them"])
      }
    }
  }

  /// The sides that are declared, with the columns that each of them has.
  private var sides: [(role: SideRole, columns: PredictionColumns)] {
    [(.candidate, columns(of: candidate))] + (baseline.map { [(.baseline, columns(of: $0))] } ?? [])
  }

  /// The columns of a side: its own, and those of the model.
  func columns(of side: ModelSide) -> PredictionColumns { side.columns.merged(over: predictions.columns) }

  /// Whether the baseline's predictions are other columns of the candidate's file.
  var sharesFile: Bool { baseline != nil && baseline?.predictions == nil && baseline?.metrics == nil }

  /// A label predicts itself perfectly, and a model is as good as itself: both would pass whatever the data.
  private func validateColumns(_ problems: inout Problems) {
    for (role, columns) in sides {
      for (key, column) in [("score", columns.score), ("prediction", columns.prediction)] {
        guard let column, column.value == columns.label?.value else { continue }
        problems.report(
          "the \(role.rawValue)'s \(key) is its label, \"\(column.value)\"", at: column.location,
          help: ["name the column with what the model says"])
      }
    }
    guard let baseline, sharesFile || baseline.predictions?.value == candidate.predictions?.value else { return }
    let (mine, theirs) = (columns(of: candidate), columns(of: baseline))
    guard mine.score?.value == theirs.score?.value, mine.prediction?.value == theirs.prediction?.value else { return }
    problems.report(
      "the candidate and the baseline are the same columns of one file",
      at: baseline.predictions?.location ?? candidate.predictions?.location,
      help: ["give the baseline a file of its own, or its own score: or prediction:"])
  }

  private func validateSlices(_ problems: inout Problems) {
    if slices.isEmpty, let choice = gates.lazy.compactMap(\.slices).first {
      problems.report(
        "this model has no slices", at: choice.location, help: ["add slices: and the columns that divide the rows"])
    }
    if let slice = slices.first, !gates.contains(where: { $0.slices != nil }) {
      problems.report(
        "no gate judges the slices, so they check nothing", at: slice.location, help: ["add slices: all to a gate"])
    }
    var known: Set<String> = []
    for slice in slices where !known.insert(slice.name).inserted {
      problems.report(
        "the slices by \(slice.name) are declared twice",
        at: slice.location ?? candidate.predictions?.location)
    }
    validateDiscovery(&problems)
  }

  /// The worst slices are bad on the rows that they were found on, whatever the model is like.
  private func validateDiscovery(_ problems: inout Problems) {
    let discoveries = slices.compactMap(\.discovery)
    guard !discoveries.isEmpty else { return }
    for entry in gates where entry.confidence == nil {
      guard let place = entry.slices?.location else { continue }
      problems.report(
        "a discovered slice says nothing without an interval", at: place, help: ["add confidence: 95% to the gate"])
    }
    let known = sides.flatMap { $0.columns.named }
    for column in discoveries.flatMap(\.columns) {
      guard let (key, _) = known.first(where: { $0.column.value == column.value }) else { continue }
      problems.report("\"\(column.value)\" is the \(key): every slice by it is extreme", at: column.location)
    }
  }

  private func validateJoin(_ problems: inout Problems) {
    if let join = predictions.join, !predictions.id.isEmpty {
      problems.report("rows meet by their id or by their order, not by both", at: join.location)
    }
    guard let baseline, let path = baseline.predictions else { return }
    if predictions.id.isEmpty, predictions.join == nil {
      problems.report(
        "nothing says which rows of both files belong together", at: path.location,
        help: [
          "add id: and the column that names a row", "or join: by_row_order when the order is known to be the same",
        ])
    }
  }
}

extension PredictionTask {
  /// What a side lacks, in words and as keys.
  fileprivate func missing(in columns: PredictionColumns) -> [(what: String, key: String)] {
    var missing: [(String, String)] = columns.label == nil ? [("label", "label")] : []
    switch self {
    case .binary:
      if columns.score == nil, columns.prediction == nil { missing.append(("score or prediction", "score")) }
    case .multiclass, .regression:
      if columns.prediction == nil { missing.append(("prediction", "prediction")) }
    }
    return missing
  }

  fileprivate func superfluous(in columns: PredictionColumns) -> [(key: String, column: Located<String>)] {
    switch self {
    case .binary: []
    case .multiclass, .regression: columns.score.map { [("score", $0)] } ?? []
    }
  }
}
