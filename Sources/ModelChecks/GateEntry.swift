package import Language
package import Verdict

/// One entry of `gates:`: a metric and the bounds that it must keep. Each bound is a check of its own.
package struct GateEntry: Sendable {
  /// The metric's name; nil until the key is read, never afterwards.
  package var metric: Located<String>?
  package var id: Located<String>?
  package var direction: MetricDirection?
  package var severity = Severity.block
  package var claims: [Claim] = []

  package init() {}

  package static var shape: Shape<GateEntry> {
    let text = Shape<String>.string.located.optional
    let keys: [Key<GateEntry>] = [
      .key(
        "metric", \.metric, text, "The metric's name in the metrics file: its path, or the end of it.", required: true),
      .key("id", \.id, text, "A name of its own for the check, when the same bound stands twice on one metric."),
      .optional(
        "direction", \.direction, Shape<MetricDirection>.choice,
        "Which side is better, for metrics whose name does not say it."),
      .key("severity", \.severity, Shape<Severity>.choice, "Whether a failure blocks (the default) or warns."),
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
    if let claim = entry.claims.first(where: \.needsBaseline), entry.betterSide == nil {
      problems.report(
        "\(claim.kind) needs to know which side of \"\(metric.value)\" is better", at: metric.location,
        label: "not a metric that is known by its name", help: ["add direction: higher or direction: lower"])
    }
  }

  /// The direction as stated, or else as the metric's name says it.
  var betterSide: MetricDirection? {
    direction ?? metric.flatMap { MetricDirection.known(for: $0.value) }
  }
}
