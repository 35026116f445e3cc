package import Language
package import Metrics
internal import Verdict

/// A metric as a gate names it: `roc_auc`, or `{name: fbeta, beta: 2}` with its parameters.
package struct MetricReference: Sendable {
  package var name: Located<String>
  package var arguments: [String: MetricArgument] = [:]

  /// The metric and its parameters, wherever they are written.
  struct Key: Hashable, Sendable {
    var name: String
    var arguments: [String: MetricArgument]
  }

  var key: Key { Key(name: name.value, arguments: arguments) }

  static var shape: Shape<MetricReference> {
    let text = Shape<String>.string.located.map { MetricReference(name: $0) }
    let mapping = Shape<MetricReference>(
      .object([.init(name: "name", schema: Shape<String>.string.schema, isRequired: true)], open: .keywords([]))
    ) { node, problems in
      guard case .mapping(let entries) = node.content else { return nil }
      guard let name = node[key: "name"].flatMap({ Shape<String>.string.located.decode($0.value, &problems) }) else {
        if node[key: "name"] == nil {
          problems.report(
            "the key \"name\" is missing here", at: node.location, help: ["write for example {name: fbeta, beta: 2}"])
        }
        return nil
      }
      var reference = MetricReference(name: name)
      for entry in entries where entry.key != "name" {
        guard let argument = argument(entry.value) else {
          problems.report(
            "a parameter is a number, a word, true or false, or a list of those", at: entry.value.location)
          return nil
        }
        reference.arguments[entry.key] = argument
      }
      return reference
    }
    return mapping.when({ $0.isMapping }, otherwise: text)
  }

  private static func argument(_ node: Node) -> MetricArgument? {
    switch node.content {
    case .scalar(let text, let quoted):
      if !quoted, let number = number(text) { return .number(number) }
      if !quoted, text == "true" || text == "false" { return .flag(text == "true") }
      return .word(text)
    case .sequence(let nodes):
      let texts = nodes.compactMap { node in if case .scalar(let text, _) = node.content { text } else { nil } }
      guard texts.count == nodes.count else { return nil }
      let numbers = texts.compactMap(number)
      return numbers.count == texts.count ? .numbers(numbers) : .words(texts)
    case .mapping: return nil
    }
  }

  /// A decimal number, and no other word that Swift takes for one.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
