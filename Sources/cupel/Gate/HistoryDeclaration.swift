internal import Config
internal import Language
internal import Verdict

/// The history of accepted runs, as the config names it.
struct HistoryDeclaration: Sendable {
  var file = Located<String>("", at: SourceLocation(file: "", line: 1, column: 1))
  /// The branch whose runs enter and are compared with; nil for any.
  var branch: String?
  /// How many runs of a dataset and a branch stay.
  var keep = 1000

  /// A path, or a mapping with more to say.
  static var shape: Shape<HistoryDeclaration> {
    let path = Shape<String>.string.located.map { file, node, problems -> Located<String>? in
      if !file.value.isEmpty, file.value != "-" { return file }
      problems.report("a history is a file", at: node.location)
      return nil
    }
    let long = Shape<HistoryDeclaration>.object(
      HistoryDeclaration(),
      [
        .key(
          "file", \.file, path, "The database, relative to this config; it is made when it is missing.", required: true),
        .optional(
          "branch", \.branch, .string, "The branch whose runs enter and are compared with; any when it is left out."),
        .key(
          "keep", \.keep, .integer(in: 1...100_000), "How many runs of a dataset and a branch stay, the newest: 1000."),
      ])
    return long.when(\.isMapping, otherwise: path.map { HistoryDeclaration(file: $0) })
  }
}

/// Where the history of a gate is, and which runs it speaks of.
struct HistoryPlace: Sendable {
  /// The path as it can be opened.
  var path: String
  /// The path as messages show it.
  var name: String
  var branch: String?
  var keep: Int

  init(_ declaration: HistoryDeclaration, configPath: String, configName: String) {
    path = ConfigPath.resolve(declaration.file.value, against: configPath)
    name = ConfigPath.resolve(declaration.file.value, against: configName)
    (branch, keep) = (declaration.branch, declaration.keep)
  }
}
