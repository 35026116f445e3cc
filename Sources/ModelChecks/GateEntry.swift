package import Language
package import Verdict

/// One entry of `gates:`: a metric and the bounds that it must keep. Each bound is a check of its own.
package struct GateEntry: Sendable {
  /// The metric; nil until the key is read, never afterwards.
  package var reference: MetricReference?
  package var id: Located<String>?
  package var direction: MetricDirection?
  package var severity = Severity.block
  /// The level of the interval by which the gate decides about the population; nil for one about these rows alone.
  package var confidence: Located<Double>?
  package var whenInconclusive: Located<InconclusivePolicy>?
  package var slices: SliceChoice?
  package var claims: [Claim] = []

  package init() {}

  /// What a gate does that could not be decided.
  package enum InconclusivePolicy: String, Sendable, CaseIterable { case block, warn }

  package static var shape: Shape<GateEntry> {
    let text = Shape<String>.string.located.optional
    let keys: [Key<GateEntry>] = [
      .key(
        "metric", \.reference, MetricReference.shape.optional,
        "The metric: its name, or {name: NAME} with its parameters. In a metrics file its path, or the end of it.",
        required: true),
      .key("id", \.id, text, "A name of its own for the check, when the same bound stands twice on one metric."),
      .optional(
        "direction", \.direction, Shape<MetricDirection>.choice,
        "Which side is better, for metrics whose name does not say it."),
      .key("severity", \.severity, Shape<Severity>.choice, "Whether a failure blocks (the default) or warns."),
      .optional(
        "confidence", \.confidence, Shape<Double>.confidence.located,
        "The gate claims something about the population, by an interval of this level: 95%. Needs predictions."),
      .optional(
        "when_inconclusive", \.whenInconclusive, Shape<InconclusivePolicy>.choice.located,
        "What a gate does whose interval holds the limit: block or warn. All rows block, slices warn."),
      .optional(
        "slices", \.slices, SliceChoice.shape,
        "all: all rows, and each of the model's slices. Names of slices: these alone, not all rows. Needs predictions."),
    ]
    return Shape<GateEntry>.object(GateEntry(), keys + GateRegistry.all.map { $0.key }, check: validate).named("gate")
  }

  private static func validate(_ entry: GateEntry, _ node: Node, _ problems: inout Problems) {
    guard let metric = entry.metric else { return }
    if metric.value.isEmpty { problems.report("the metric's name is empty", at: metric.location) }
    if entry.claims.isEmpty {
      problems.report(
        "this gate has no bound, so it would check nothing", at: node.location,
        help: ["write one of \(GateRegistry.documentation.map(\.kind).joined(separator: ", "))"])
    }
    if let id = entry.id, id.value.isEmpty { problems.report("the id is empty", at: id.location) }
    if let id = entry.id, entry.claims.count > 1 {
      problems.report(
        "the id \"\(id.value)\" cannot name \(entry.claims.count) checks", at: id.location,
        help: ["each bound is a check of its own: write a gate for each bound that needs an id"])
    }
    if let policy = entry.whenInconclusive, entry.confidence == nil {
      problems.report(
        "a gate without confidence is never inconclusive", at: policy.location, help: ["add confidence: 95%"])
    }
  }

  package var metric: Located<String>? { reference?.name }
}

extension Shape<Double> {
  /// A level of confidence.
  static var confidence: Shape<Double> {
    Shape<Quantity>.share.map { level, node, problems -> Double? in
      if level.value >= 0.5, level.value < 1 { return level.value }
      problems.report("a level of confidence lies between 50% and 100%, and is not 100%", at: node.location)
      return nil
    }
  }
}
