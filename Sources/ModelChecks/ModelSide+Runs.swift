internal import Baselines
internal import Language
internal import Scan
internal import Verdict

extension ModelDeclaration {
  /// The same with every training run that a pattern names.
  func findingRuns(in workingDirectory: String) -> ModelDeclaration {
    var declaration = self
    declaration.candidate = candidate.findingRuns(in: workingDirectory)
    declaration.baseline = baseline?.findingRuns(in: workingDirectory)
    return declaration
  }
}

extension ModelSide {
  /// The same with each file of a pattern in its list as a training run of its own. A pattern that stands alone is one
  /// table in several files.
  func findingRuns(in workingDirectory: String) -> ModelSide {
    guard areRuns, let predictions else { return self }
    let runs = ([predictions] + repeats).flatMap { Self.runs($0, workingDirectory) }
    var side = self
    side.predictions = runs[0]
    side.repeats = Array(runs.dropFirst())
    return side
  }

  /// In the order of their paths; what matches nothing stays, so that it is told of.
  private static func runs(_ run: Located<String>, _ workingDirectory: String) -> [Located<String>] {
    guard FilePattern.isPattern(run.value), case .file? = try? BaselineReference(run.value) else { return [run] }
    let pattern = run.path(in: workingDirectory)
    // As the config writes them, which is what messages show.
    let before = pattern.dropLast(run.value.count)
    let files = FilePattern.files(pattern).map { file in
      Located(file.hasPrefix(before) ? String(file.dropFirst(before.count)) : file, at: run.location)
    }
    return files.isEmpty ? [run] : files
  }
}

extension Located<String> {
  /// A path that the config names, which counts from the file that names it, as it can be opened.
  func path(in workingDirectory: String) -> String {
    let folder = location.file.lastIndex(of: "/").map { String(location.file[...$0]) } ?? ""
    return BaselineReference.resolve(BaselineReference.resolve(value, in: folder), in: workingDirectory)
  }
}
