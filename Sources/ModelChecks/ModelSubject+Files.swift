internal import Baselines
internal import Language
internal import Scan
package import Verdict

extension ModelSubject {
  /// The files that the candidate is judged by, as they can be opened.
  package func candidateFiles(in workingDirectory: String) -> [String] {
    if let predictions = declaration.candidate.predictions {
      return FilePattern.files(Self.path(of: predictions.value, at: predictions.location, workingDirectory))
    }
    guard let metrics = declaration.candidate.metrics, case .file(let path) = metrics.value else { return [] }
    return [Self.path(of: path, at: metrics.location, workingDirectory)]
  }

  /// The file that the baseline is, as it can be opened and as messages show it; nil for one that is elsewhere, and for
  /// several.
  package func baselineFile(in workingDirectory: String) -> (path: String, name: String)? {
    guard let side = declaration.baseline else { return nil }
    if let predictions = side.predictions {
      guard case .file(let path)? = try? BaselineReference(predictions.value), !FilePattern.isPattern(path) else {
        return nil
      }
      return (Self.path(of: path, at: predictions.location, workingDirectory), path)
    }
    guard let metrics = side.metrics, case .file(let path) = metrics.value else { return nil }
    return (Self.path(of: path, at: metrics.location, workingDirectory), path)
  }

  /// A path that the config names, which counts from the file that names it.
  private static func path(of path: String, at place: SourceLocation, _ workingDirectory: String) -> String {
    let folder = place.file.lastIndex(of: "/").map { String(place.file[...$0]) } ?? ""
    return BaselineReference.resolve(BaselineReference.resolve(path, in: folder), in: workingDirectory)
  }

  /// What stands for the rows that the candidate is judged on, with the definitions of its metrics: what `cupel accept`
  /// writes beside a baseline. Throws why it cannot be told.
  package func contract(in context: RunContext) async -> Result<ComparabilityContract, ContractProblem> {
    let definitions = declaration.definitions(of: modelChecks)
    let set: Result<EvaluationSet, Obstacle>?
    if let predictions = declaration.candidate.predictions {
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
