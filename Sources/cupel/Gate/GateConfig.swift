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

  /// The shape of the file: the language of the config and its JSON Schema in one.
  static func shape(_ parts: SuiteParts) -> Shape<GateConfig> {
    let version = Shape<Int>.integer(in: 1...1)
    return .object(
      GateConfig(),
      [
        .key("version", \.version, version, "The version of this language: 1.", required: true),
        .key("project", \.project, .string, "The project's name in reports."),
        .key("data", \.data, DatasetDeclaration.shape.dictionary, "The datasets, by name."),
        .key("models", \.models, ModelSubject.shape(parts.metrics), "The model comparisons, by name."),
        .key("endpoints", \.endpoints, EndpointSubject.shape(parts.folders), "The endpoints, by name."),
      ], keepsGoing: true)
  }
}
