internal import Language
internal import Metrics
internal import Verdict

/// What a metric of a gate means, as a text that equal metrics share: its name, its parameters, and what else of the model
/// it depends on.
struct MetricDefinition: Sendable, Hashable, CustomStringConvertible {
  /// The name of its series: the metric with its parameters, and with the groups that it compares.
  let name: String
  let description: String

  init(_ check: ModelCheck, of declaration: ModelDeclaration) {
    let arguments = (check.entry.reference?.arguments ?? [:]).sorted { $0.key < $1.key }
    let parameters = arguments.map { "\($0.key)=\(Self.text($0.value))" }
    name =
      (parameters.isEmpty ? check.metric : "\(check.metric)(\(parameters.joined(separator: ", ")))")
      + (check.fairness.map { " by \($0.name)" } ?? "")
    var words = [name]
    let terms = declaration.predictions
    if let task = terms.task { words.append(task.value.rawValue) }
    let columns = declaration.columns(of: declaration.candidate)
    if let threshold = terms.threshold { words.append("threshold \(Quantity.text(threshold.value))") }
    if let positive = terms.positive { words.append("positive \(positive.value)") }
    if let weight = columns.weight { words.append("weighted by \(weight.value)") }
    if let custom = check.entry.reference?.custom { words.append("the mean of \(custom.title(.candidate))") }
    for column in check.fairness?.by?.columns ?? [] {
      guard let name = column.name?.value, let bins = column.bins else { continue }
      words.append("\(name) from \(bins.map { Quantity.text($0) }.joined(separator: " to "))")
    }
    if let label = check.fairness?.favourable { words.append("favourable \(label.value)") }
    if let fewest = check.fairness?.minRows { words.append("groups of \(fewest.value) rows") }
    description = words.joined(separator: ", ")
  }

  private static func text(_ argument: MetricArgument) -> String {
    switch argument {
    case .number(let number): Quantity.text(number)
    case .word(let word): word
    case .flag(let flag): flag ? "true" : "false"
    case .numbers(let numbers): "[" + numbers.map { Quantity.text($0) }.joined(separator: ", ") + "]"
    case .words(let words): "[" + words.joined(separator: ", ") + "]"
    }
  }
}

extension ModelDeclaration {
  /// What the metrics of these checks mean, by the names of their series.
  func definitions(of checks: [ModelCheck]) -> [String: String] {
    let definitions = checks.map { MetricDefinition($0, of: self) }
    return Dictionary(definitions.map { ($0.name, $0.description) }) { first, _ in first }
  }
}
