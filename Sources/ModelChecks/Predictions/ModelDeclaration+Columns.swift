internal import Language
internal import Verdict

/// What is wrong with the columns of a model's predictions, and with what is told of them.
extension ModelDeclaration {
  /// Each side has the columns that its task needs, and no others.
  func validateRoles(_ task: Located<PredictionTask>, _ problems: inout Problems) {
    let name = task.value.rawValue
    for (role, columns) in sides {
      for alternatives in task.value.required where !alternatives.contains(where: { columns[$0] != nil }) {
        let words = alternatives.map(\.rawValue).joined(separator: " or ")
        problems.report(
          "the \(role.rawValue) has no \(words), which a \(name) model needs", at: task.location,
          help: ["add \(alternatives[0].rawValue): and the name of the column"])
      }
      for key in columns.roles {
        guard let choice = columns[key] else { continue }
        if !task.value.roles.contains(key) {
          let other: ColumnRole? = key == .score ? .scores : key == .scores ? .score : nil
          let help = other.flatMap { task.value.roles.contains($0) ? "it has \($0.rawValue): \($0.meaning)" : nil }
          problems.report("a \(name) model has no \(key.rawValue)", at: choice.location, help: help.map { [$0] } ?? [])
        } else if choice.single == nil, !task.value.severals.contains(key) {
          problems.report("the \(key.rawValue) of a \(name) model is one column", at: choice.location)
        }
      }
      if task.value == .forecast, (columns[.lower] == nil) != (columns[.upper] == nil) {
        problems.report(
          "an interval has a lower and an upper end", at: (columns[.lower] ?? columns[.upper])?.location,
          help: ["name both columns: lower: and upper:"])
      }
      validateNames(task, columns, &problems)
    }
  }

  /// Of every score it is told which class or label it is of.
  private func validateNames(
    _ task: Located<PredictionTask>, _ columns: PredictionColumns, _ problems: inout Problems
  ) {
    func isNamed(_ role: ColumnRole) -> Bool {
      switch columns[role] {
      case .named?, .pattern?: true
      case .one?, .several?, nil: false
      }
    }
    guard predictions.classes.isEmpty else {
      if let scores = columns[.scores], case .several(let several) = scores,
        several.count != predictions.classes.count
      {
        problems.report(
          "there are \(several.count) columns of scores, and \(predictions.classes.count) classes", at: scores.location)
      }
      return
    }
    switch task.value {
    case .multiclass:
      guard let scores = columns[.scores], !isNamed(.scores) else { return }
      problems.report(
        "nothing says which class each score is of", at: scores.location,
        help: ["add classes: in the order of the scores, or write scores: {class: column}"])
    case .multilabel:
      guard let label = columns[.label], label.single != nil, !isNamed(.scores) else { return }
      problems.report(
        "nothing says which labels there are", at: label.location,
        help: ["add classes: and all labels: one that no row has still counts"])
    default: return
    }
  }

  /// What is told of the columns belongs to the task.
  func validateTerms(_ task: Located<PredictionTask>, _ problems: inout Problems) {
    let terms = predictions
    let keys: [(key: String, place: SourceLocation?, tasks: Set<PredictionTask>)] = [
      ("threshold", terms.threshold?.location, [.binary, .multilabel]),
      ("positive", terms.positive?.location, [.binary]),
      ("classes", terms.classes.first?.location, [.multiclass, .multilabel]),
      ("delimiter", terms.delimiter?.location, [.multilabel]),
      ("history", terms.history?.file?.location, [.forecast]),
    ]
    for (key, place, tasks) in keys where !tasks.contains(task.value) {
      if let place { problems.report("a \(task.value.rawValue) model has no \(key)", at: place) }
    }
    var known: Set<String> = []
    for name in terms.classes where !known.insert(name.value).inserted {
      problems.report("the class \"\(name.value)\" stands twice", at: name.location)
    }
    if let delimiter = terms.delimiter, delimiter.value.count != 1 {
      problems.report("the delimiter is one character", at: delimiter.location)
    }
  }
}

extension PredictionTask {
  /// The keys of its columns.
  var words: String {
    ColumnRole.allCases.filter { roles.contains($0) }.map(\.rawValue).joined(separator: ", ")
  }
}

extension ColumnRole {
  /// What a model says, and no other one of the same rows.
  static let outputs: [ColumnRole] = [
    .score, .scores, .prediction, .rank, .lower, .upper, .deviation, .members, .samples, .passed, .logLikelihood,
  ]
}
