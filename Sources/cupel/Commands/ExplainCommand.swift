internal import ArgumentParser
internal import DataChecks
internal import EndpointChecks
internal import Expressions
internal import Language
internal import ModelChecks
internal import Verdict

/// `cupel explain KIND`: what a check claims, why it matters, an example, and how to fix it; `cupel explain expressions`:
/// what can be written in an expression.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a kind of check, or a check of the config by its identity.",
    discussion: """
      EXAMPLES
        cupel explain between
        cupel explain data.flights.carrier.in
        cupel explain expressions
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(help: "A kind of check such as between, or an identity such as data.flights.carrier.in.")
  var topic: String

  static var everything: [CheckDocumentation] {
    DataCheckRegistry.documentation + GateRegistry.documentation + EndpointRegistry.documentation
  }

  /// The topic that is no check.
  private static let expressions = "expressions"

  func run() throws {
    guard topic != Self.expressions else { return Console.write(Self.expressionReference) }
    let direct = Self.everything.filter { $0.kind == topic }
    guard direct.isEmpty else { return Console.write(Self.text(direct)) }
    guard topic.contains(".") else { throw unknown() }
    let gate = try config.loadGate()
    guard let check = gate.subjects.lazy.flatMap(\.checks).first(where: { $0.id.description == topic }) else {
      throw unknown(among: gate.subjects.flatMap(\.checks).map(\.id.description))
    }
    if let location = check.location { Console.say("\(check.id) is written at \(location)") }
    let kinds = Self.everything.filter { $0.kind == check.kind && $0.suite == check.id.suite }
    Console.write("\n" + Self.text(kinds))
  }

  private func unknown(among identities: [String] = []) -> ValidationError {
    let near = nearest(topic, among: Self.everything.map(\.kind) + identities + [Self.expressions])
    let hint = near.map { "Did you mean \"\($0)\"?" } ?? "`cupel list --kinds` shows them all."
    return ValidationError("there is no check \"\(topic)\". \(hint)")
  }

  private static var expressionReference: String {
    ExpressionReference.sections.map { title, entries in
      let texts = entries.map { entry in
        entry.forms.map { "  \($0)\n" }.joined() + "      \(entry.summary)\n      \(entry.example)\n"
      }
      return "\(title)\n\n" + texts.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func text(_ documentation: [CheckDocumentation]) -> String {
    documentation.map { check in
      let example = check.example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      let topics = check.topics.map { "\n  \($0.name)\n    \($0.text)\n" }
      return """
        \(check.kind)  (\(check.suite.rawValue))

        \(check.summary)

        Why
          \(check.why)

        Example
        \(example.joined(separator: "\n"))

        When it fails
          \(check.fix)

        """ + (topics.isEmpty ? "" : "\nTo choose from\n" + topics.joined())
    }.joined(separator: "\n")
  }
}
