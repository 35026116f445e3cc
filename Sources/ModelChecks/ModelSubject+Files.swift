internal import Baselines
internal import Language
internal import Scan
package import Verdict

extension ModelSubject {
  /// The files that the candidate is judged by, as they can be opened.
  package func candidateFiles(in workingDirectory: String) -> [String] {
    let side = declaration.candidate.findingRuns(in: workingDirectory)
    if let predictions = side.predictions {
      return ([predictions] + side.repeats).flatMap { FilePattern.files($0.path(in: workingDirectory)) }
    }
    guard let metrics = side.metrics, case .file(let path) = metrics.value else { return [] }
    return [Located(path, at: metrics.location).path(in: workingDirectory)]
  }

  /// The file that the baseline is, as it can be opened and as messages show it; nil for one that is elsewhere, and for
  /// several.
  package func baselineFile(in workingDirectory: String) -> (path: String, name: String)? {
    guard let side = declaration.baseline else { return nil }
    if let predictions = side.predictions {
      guard case .file(let path)? = try? BaselineReference(predictions.value), !FilePattern.isPattern(path),
        side.repeats.isEmpty
      else { return nil }
      return (Located(path, at: predictions.location).path(in: workingDirectory), path)
    }
    guard let metrics = side.metrics, case .file(let path) = metrics.value else { return nil }
    return (Located(path, at: metrics.location).path(in: workingDirectory), path)
  }

  /// What stands for the rows that the candidate is judged on, with the definitions of its metrics: what `cupel accept`
  /// writes beside a baseline. Throws why it cannot be told.
  package func contract(in context: RunContext) async -> Result<ComparabilityContract, ContractProblem> {
    let definitions = declaration.definitions(of: modelChecks)
    let set: Result<EvaluationSet, Obstacle>?
    if let predictions = declaration.candidate.findingRuns(in: context.workingDirectory).predictions {
      let columns = declaration.columns(of: declaration.candidate)
      set = await EvaluationSetDeclaration(
        data: predictions, id: declaration.predictions.id, label: columns.label,
        sensitive: declaration.predictions.sensitive
      ).load(context)
    } else {
      set = await declaration.evaluationSet?.load(context)
    }
    switch set {
    case nil: return .success(ComparabilityContract(model: name, set: nil, metrics: definitions))
    case .success(let set)?: return .success(ComparabilityContract(model: name, set: set, metrics: definitions))
    case .failure(let obstacle)?: return .failure(ContractProblem(message: obstacle.message))
    }
  }
}

/// Why nobody can say what a candidate was judged on.
package struct ContractProblem: Error, Sendable {
  package var message: String
}
