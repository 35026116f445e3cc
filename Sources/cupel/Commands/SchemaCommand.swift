internal import ArgumentParser

/// `cupel schema`: the schemas that ship with Cupel.
struct SchemaCommand: ParsableCommand {
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case config, rules, junit, grpc
    case grpcHealth = "grpc-health"
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of cupel.yaml or of a rules file, the XSD of the JUnit report, or a .proto file.",
    discussion: """
      EXAMPLES
        cupel schema > rules/cupel.schema.json
        cupel schema junit > junit.xsd
        cupel schema grpc > inference.proto
      """)

  @Argument(help: "Which one: config, rules, junit, grpc or grpc-health.")
  var name = Name.config

  func run() { Console.write(Schemas.text(of: name)) }
}
