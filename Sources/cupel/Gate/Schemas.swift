internal import DataChecks
internal import EndpointChecks
internal import JSON
internal import Language
internal import Reports

/// The schemas that Cupel ships in `rules/`, from the declarations that the decoders are made of.
enum Schemas {
  static func text(of name: SchemaCommand.Name) -> String {
    switch name {
    case .config:
      let parts = SuiteParts(configDirectory: "", .current)
      return document(GateConfig.shape(parts).schema.document(title: "cupel.yaml", identifier: "cupel.schema.json"))
    case .rules:
      return document(Rules.shape.schema.document(title: "A rules file of Cupel", identifier: "rules.schema.json"))
    case .junit: return JUnitSchema.text
    case .grpc: return GRPCFile.inference.text
    case .grpcHealth: return GRPCFile.health.text
    }
  }

  private static func document(_ value: JSONValue) -> String { JSONWriter.pretty.string(value) + "\n" }
}
