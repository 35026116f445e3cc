internal import DataChecks
internal import EndpointChecks
internal import Language
internal import ModelChecks
internal import Verdict

/// The whole of a `cupel.yaml`, decoded.
struct GateConfig {
  var version = 1
  var project = ""
  var data: [(name: Located<String>, value: DatasetDeclaration)] = []
  var models: [ModelSubject] = []
  var endpoints: [EndpointSubject] = []
  var environments: [(name: Located<String>, value: GateEnvironment)] = []
  var waivers: [Located<Waiver>] = []
  var history: HistoryDeclaration?

  /// The shape of the file: the language of the config and its JSON Schema in one.
  static func shape(_ parts: SuiteParts) -> Shape<GateConfig> {
    let version = Shape<Int>.integer(in: 1...1)
    let (metrics, folders) = (parts.metrics, parts.folders)
    return .object(
      GateConfig(),
      [
        .key("version", \.version, version, "The version of this language: 1.", required: true),
        .key("project", \.project, .string, "The project's name in reports."),
        .key("data", \.data, DatasetDeclaration.shape.subjects, "The datasets, by name."),
        .key("models", \.models, .deferred { ModelSubject.shape(metrics) }, "The model comparisons, by name."),
        .key("endpoints", \.endpoints, .deferred { EndpointSubject.shape(folders) }, "The endpoints, by name."),
        .key(
          "environments", \.environments, .deferred { GateEnvironment.shape.dictionary },
          "Where the gate runs, by name: what --env takes, and what differs there."),
        .optional(
          "history", \.history, HistoryDeclaration.shape,
          "The file in which accepted runs leave what they measured: what anomaly compares with."),
        .key(
          "waivers", \.waivers, .deferred { Waiver.shape.list },
          "Checks that may fail until a day: who says so, and why."),
      ], keepsGoing: true)
  }

  /// The environment of a name; a name that the config does not have is a problem.
  func environment(_ name: String?, _ problems: inout Problems) -> GateEnvironment? {
    guard let name else { return nil }
    if let found = environments.first(where: { $0.name.value == name }) { return found.value }
    let names = environments.map(\.name.value)
    let near = nearest(name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
    problems.report(
      "--env \(name): the config has no such environment\(near)", at: nil,
      help: [names.isEmpty ? "name it under environments:" : "it has \(names.joined(separator: ", "))"])
    return nil
  }

  /// Says which models are to be compared with a history that the config does not have.
  func reportMissingHistory(_ problems: inout Problems) {
    guard history == nil else { return }
    for model in models {
      guard let baseline = model.declaration.baseline, baseline.isHistory else { continue }
      problems.report(
        "the config names no history that could be the baseline", at: baseline.metrics?.location,
        help: ["write history: .cupel/history.db at its top level"])
    }
  }

  /// Says which waivers and severities speak of no check.
  func reportUseless(among checks: [CheckID], _ problems: inout Problems) {
    Waiver.reportUseless(waivers, among: checks, &problems)
    for environment in environments { environment.value.reportUseless(among: checks, &problems) }
  }
}
