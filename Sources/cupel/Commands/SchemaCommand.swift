internal import ArgumentParser

/// `cupel schema`: the schemas that ship with Cupel.
struct SchemaCommand: ParsableCommand {
  enum Name: String, ExpressibleByArgument, CaseIterable { case config, rules, junit }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of cupel.yaml (config) or of a rules file, or the XSD of the JUnit report.",
    discussion: """
      EXAMPLES
        cupel schema > rules/cupel.schema.json
        cupel schema junit > junit.xsd
      """)

  @Argument(help: "Which one: config, rules or junit.")
  var name = Name.config

  func run() { Console.write(Schemas.text(of: name)) }
}
