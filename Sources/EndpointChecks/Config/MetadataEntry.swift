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
        .key("inputs", \.inputs, names, "Inputs that the model must declare, by name."),
        .key("outputs", \.outputs, names, "Outputs that the model must declare, by name."),
        .key("severity", \.severity, .choice, "Whether a failure blocks (the default) or warns."),
      ])
  }

  /// Names alone. A mapping, as the protocols declare a tensor, is told what it should be.
  private static var names: Shape<[Located<String>]> {
    let name = Shape<String>.name.located
    return Shape<Located<String>>(name.schema) { node, problems in
      guard node.isMapping else { return name.decode(node, &problems) }
      problems.report(
        "expected the name of a tensor, found a mapping", at: node.location,
        help: [
          "write the names alone: [dep_delay, carrier]", "datatypes are compared by contract: {inputs: RULES}",
        ])
      return nil
    }.list
  }
}
