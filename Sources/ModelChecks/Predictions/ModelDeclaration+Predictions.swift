internal import Language
internal import Metrics
internal import Verdict

/// What is wrong with a model that is judged by predictions.
extension ModelDeclaration {
  func validatePredictions(_ node: Node, _ problems: inout Problems) {
    if let set = evaluationSet {
      problems.report(
        "the rows of the predictions are the evaluation set", at: set.data.location, help: ["leave it out"])
    }
    if usesHistory {
      for entry in gates + fairness.flatMap(\.gates) where entry.confidence != nil || entry.slices != nil {
        guard let place = entry.confidence?.location ?? entry.slices?.location,
          entry.claims.contains(where: \.needsBaseline)
        else { continue }
        problems.report(
          "the history has the numbers of all rows, and nothing to pair rows or slices with", at: place,
          help: ["leave it out, or keep the baseline's predictions: baseline: {predictions: …}"])
      }
    } else if let metrics = baseline?.metrics {
      problems.report(
        "the candidate has predictions and the baseline metrics", at: metrics.location,
        help: ["both sides have predictions, or both have metrics files"])
    }
    guard let task = predictions.task else {
      return problems.report(
        "predictions need to know what is predicted", at: node.location,
        help: ["add task: \(PredictionTask.allCases.map(\.rawValue).joined(separator: " or "))"])
    }
    let before = problems.failures
    validateRoles(task, &problems)
    validateTerms(task, &problems)
    validateColumns(&problems)
    validateJoin(&problems)
    validateSlices(&problems)
    validateDiscovery(task.value, &problems)
    let areColumnsRight = problems.failures == before
    validateFairness(task, &problems)
    for entry in gates {
      guard let reference = entry.reference else { continue }
      if let custom = reference.custom {
        validate(custom, reference, task.value, entry, &problems)
        continue
      }
      if task.value == .losses {
        problems.report(
          "a model of losses has no metric \"\(reference.name.value)\" but those that its gates make",
          at: reference.name.location, help: ["write {name: \(reference.name.value), loss: column}"])
        continue
      }
      do throws(MetricProblem) {
        let metric = try task.value.metric(reference)
        entry.validate(against: metric.page, &problems)
        if !metric.page.isExtreme { validateInterval(metric, task.value, entry, &problems) }
        if areColumnsRight { validateNeeds(task.value, reference, &problems) }
      } catch {
        let near: String? = if case .unknownMetric(_, _, let nearest, _) = error { nearest } else { nil }
        problems.report(
          "\(error)", at: reference.name.location, label: near.map { "did you mean \"\($0)\"?" },
          help: ["cupel explain metrics tells of all of them"])
      }
    }
  }

  /// The sides that are declared, with the columns that each of them has.
  var sides: [(role: SideRole, columns: PredictionColumns)] {
    let other = usesHistory ? nil : baseline
    return [(.candidate, columns(of: candidate))] + (other.map { [(.baseline, columns(of: $0))] } ?? [])
  }

  /// The columns of a side: its own, and those of the model.
  func columns(of side: ModelSide) -> PredictionColumns { side.columns.merged(over: predictions.columns) }

  /// The column of what rows have in common that depend on each other: forecasts of a series do.
  var grouping: Located<String>? {
    predictions.group ?? (predictions.task?.value == .forecast ? columns(of: candidate).column(.series) : nil)
  }

  /// Whether the baseline's predictions are other columns of the candidate's file.
  var sharesFile: Bool { baseline != nil && baseline?.predictions == nil && baseline?.metrics == nil }

  /// Whether both sides' predictions stand in one file.
  var isOneFile: Bool { sharesFile || baseline.map { $0.predictions?.value == candidate.predictions?.value } ?? false }

  /// A label predicts itself perfectly, and a model is as good as itself: both would pass whatever the data.
  private func validateColumns(_ problems: inout Problems) {
    for (role, columns) in sides {
      guard let label = columns[.label] else { continue }
      for output in ColumnRole.outputs {
        guard let choice = columns[output], choice.isSame(as: label) else { continue }
        problems.report(
          "the \(role.rawValue)'s \(output.rawValue) is its label, \"\(label.single?.value ?? "the same columns")\"",
          at: choice.location, help: ["name the column with what the model says"])
      }
    }
    // Of losses each gate tells by itself which columns are whose.
    guard let baseline, isOneFile, predictions.task?.value != .losses else { return }
    let (mine, theirs) = (columns(of: candidate), columns(of: baseline))
    let areSame = ColumnRole.outputs.allSatisfy { role in
      switch (mine[role], theirs[role]) {
      case (let mine?, let theirs?): mine.isSame(as: theirs)
      case (nil, nil): true
      default: false
      }
    }
    guard areSame else { return }
    problems.report(
      "the candidate and the baseline are the same columns of one file",
      at: baseline.predictions?.location ?? candidate.predictions?.location,
      help: ["give the baseline a file of its own, or its own score: or prediction:"])
  }

  /// What nothing can be inferred from must not be asked for an interval.
  private func validateInterval(
    _ metric: MetricTraits, _ task: PredictionTask, _ entry: GateEntry, _ problems: inout Problems
  ) {
    guard let confidence = entry.confidence else { return }
    if let reason = metric.lackOfInterval {
      problems.report(
        "\(metric.page.name) has no interval: \(reason)", at: confidence.location,
        help: ["leave out confidence: to judge these rows alone"])
    } else if task == .forecast, grouping == nil {
      problems.report(
        "forecasts of one series depend on each other, so an interval cannot count them as rows",
        at: confidence.location,
        help: ["add series: and the column of the series, or group: and that of what is independent"])
    }
  }

  /// A metric that the columns of a side cannot give would be an error in every run.
  private func validateNeeds(_ task: PredictionTask, _ reference: MetricReference, _ problems: inout Problems) {
    for (role, columns) in sides {
      guard let lack = task.lack(reference, columns, predictions) else { continue }
      problems.report(
        "\(reference.name.value) cannot be computed from the columns of the \(role.rawValue): \(lack)",
        at: reference.name.location,
        help: ["a \(task.rawValue) model may have \(task.words)"])
      return
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
