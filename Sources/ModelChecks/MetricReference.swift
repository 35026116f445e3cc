package import Language
package import Metrics
internal import Verdict

/// A metric as a gate names it: `roc_auc`, `{name: fbeta, beta: 2}` with its parameters, or one that the gate makes:
/// `{name: cost, loss: column}`, `{name: cost, expression: "abs(score - label) * price"}`.
package struct MetricReference: Sendable {
  package var name: Located<String>
  package var arguments: [String: MetricArgument] = [:]
  /// What it is the mean of, when the gate makes it.
  package var custom: CustomMetric?

  package init(name: Located<String>, arguments: [String: MetricArgument] = [:]) {
    self.name = name
    self.arguments = arguments
  }

  /// The metric and its parameters, wherever they are written.
  struct Key: Hashable, Sendable {
    var name: String
    var arguments: [String: MetricArgument]
    var custom: CustomMetric?
  }

  var key: Key { Key(name: name.value, arguments: arguments, custom: custom) }

  /// The metric as messages name it: `fbeta (beta 2)`.
  var title: String {
    guard !arguments.isEmpty else { return name.value }
    let words = arguments.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" }
    return "\(name.value) (\(words.joined(separator: ", ")))"
  }

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
      let before = problems.failures
      reference.custom = custom(node, &problems)
      guard problems.failures == before else { return nil }
      for entry in entries where !reserved.contains(entry.key) {
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

  private static let reserved: Set<String> = ["name", "loss", "expression", "own"]

  /// The metric that the mapping makes, if it makes one.
  private static func custom(_ node: Node, _ problems: inout Problems) -> CustomMetric? {
    if let own = node[key: "own"], node[key: "expression"] == nil {
      problems.report("own: names columns of an expression, and there is none", at: own.keyLocation)
      return nil
    }
    switch (node[key: "loss"], node[key: "expression"]) {
    case (nil, nil): return nil
    case (let loss?, nil):
      return CustomMetric.lossShape.decode(loss.value, &problems).map { CustomMetric(source: $0) }
    case (nil, let expression?):
      let text = Shape<String>.string.located.decode(expression.value, &problems)
      let own = node[key: "own"].map { Shape<String>.column.oneOrMany.decode($0.value, &problems) }
      guard let text, let columns = own ?? [] else { return nil }
      return CustomMetric(source: .expression(text), own: columns.map(\.value))
    case (_?, let expression?):
      problems.report("a metric is the mean of a loss or of an expression, not of both", at: expression.keyLocation)
      return nil
    }
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

extension MetricArgument {
  /// The value as messages show it.
  fileprivate var words: String {
    switch self {
    case .number(let value): Quantity.text(value)
    case .word(let word): word
    case .flag(let flag): flag ? "true" : "false"
    case .numbers(let values): values.map(Quantity.text).joined(separator: " ")
    case .words(let words): words.joined(separator: " ")
    }
  }
}
