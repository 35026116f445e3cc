internal import Language
internal import Verdict

/// `metadata:`: what the model declares about itself.
struct MetadataEntry: Sendable {
  var inputs: [Located<String>] = []
  var outputs: [Located<String>] = []
  var severity = Severity.block

  static var shape: Shape<MetadataEntry> {
    Shape<MetadataEntry>.object(
      MetadataEntry(),
      [
        .key("inputs", \.inputs, Shape<String>.name.located.list, "Inputs that the model must declare, by name."),
        .key("outputs", \.outputs, Shape<String>.name.located.list, "Outputs that the model must declare, by name."),
        .key("severity", \.severity, .choice, "Whether a failure blocks (the default) or warns."),
      ])
  }
}
