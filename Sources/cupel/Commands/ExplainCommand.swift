internal import ArgumentParser
internal import DataChecks
internal import EndpointChecks
internal import Expressions
internal import Language
internal import Metrics
internal import ModelChecks
internal import Statistics
internal import Verdict

/// `cupel explain KIND`: what a check claims, why it matters, an example, and how to fix it; `cupel explain waivers`: what
/// a word of the language means; `cupel explain expressions`: what can be written in an expression.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a kind of check, a word of the config, a statistical method, or a check by its identity.",
    discussion: """
      `cupel list --kinds` shows the kinds of checks, `cupel explain methods` the statistical methods, `cupel explain
      metrics` the metrics of predictions. The other words are:
      \(topics.joined(separator: ", ")).

      EXAMPLES
        cupel explain between
        cupel explain waivers
        cupel explain data.flights.carrier.in
        cupel explain expressions
        cupel explain mann-whitney
        cupel explain roc_auc
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(
    help: "A kind of check such as between, a word such as waivers, or an identity such as data.flights.carrier.in.")
  var topic: String

  static var everything: [CheckDocumentation] {
    DataCheckRegistry.documentation + GateRegistry.documentation + PredictionsCheck.all + [Budget.documentation]
      + EndpointRegistry.documentation
  }

  private static let expressions = "expressions"
  private static let methods = "methods"
  private static let metrics = "metrics"

  /// The topics that are no checks.
  static var topics: [String] {
    (ExplainTopic.all.map { $0.names[0] } + [expressions, "formats", methods, metrics]).sorted()
  }

  func run() throws {
    guard topic != Self.expressions else { return Console.write(Self.expressionReference) }
    if let word = ExplainTopic.named(topic) { return Console.write(Self.text(word)) }
    let kind = topic == "formats" ? FormatCheck.kind : topic
    let direct = Self.everything.filter { $0.kind == kind }
    guard direct.isEmpty else { return Console.write(Self.text(direct)) }
    if topic == Self.methods { return Console.write(ExplainMethod.list) }
    if topic == Self.metrics { return Console.write(ExplainMetric.list) }
    // A word may name both: ks is one of ROC curves, and one of drift.
    let pages = [
      MetricRegistry.page(topic).map(ExplainMetric.text), MethodRegistry.named(topic).map(ExplainMethod.text),
    ].compactMap { $0 }
    guard pages.isEmpty else { return Console.write(pages.joined(separator: "\n")) }
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
    let methods = MethodRegistry.all.flatMap { [$0.name] + $0.aliases }
    let words =
      Self.everything.map(\.kind) + ExplainTopic.all.flatMap(\.names) + Self.topics + methods
      + MetricRegistry.pages.map(\.name) + identities
    let hint =
      nearest(topic, among: words).map { "Did you mean \"\($0)\"?" }
      ?? "`cupel list --kinds` shows the checks; the other words are \(Self.topics.joined(separator: ", "))."
    return ValidationError("there is nothing called \"\(topic)\" to explain. \(hint)")
  }

  private static func text(_ topic: ExplainTopic) -> String {
    let example = topic.example.map { "\n\nExample\n" + indented($0) } ?? ""
    return "\(topic.names[0])\n\n\(topic.text)\(example)\n"
  }

  private static func indented(_ example: String) -> String {
    example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
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
      let topics = check.topics.map { "\n  \($0.name)\n    \($0.text)\n" }
      return """
        \(check.kind)  (\(check.suite.rawValue))

        \(check.summary)

        Why
          \(check.why)

        Example
        \(indented(check.example))

        When it fails
          \(check.fix)

        """ + (topics.isEmpty ? "" : "\nTo choose from\n" + topics.joined())
    }.joined(separator: "\n")
  }
}
