internal import Language
internal import Verdict

/// Where a gate runs, as the config names it: `ci`, `training`, `serving`.
struct GateEnvironment: Sendable {
  /// The severities of checks there, by patterns of their identities as `--only` takes them. The last match counts.
  var severities: [(pattern: Located<String>, severity: Severity)] = []

  /// How an environment is written: an entry of `environments:`.
  static var shape: Shape<GateEnvironment> {
    let severities = Shape<Severity>.choice.dictionary.map { entries in
      entries.map { (pattern: $0.name, severity: $0.value) }
    }
    let object = Shape<GateEnvironment>.object(
      GateEnvironment(),
      [
        .key(
          "severity", \.severities, severities,
          "Checks by identity, or its beginning, * for anything: block or warn instead of what stands at the check.")
      ])
    // `training:` alone is an environment of which there is nothing more to say.
    return Shape(.anyOf([object.schema, .type("null")])) { node, problems in
      node.isNull ? GateEnvironment() : object.decode(node, &problems)
    }
  }

  /// Says which patterns match no check.
  func reportUseless(among checks: [CheckID], _ problems: inout Problems) {
    let words = checks.map(\.description) + checks.map(\.scope)
    for (pattern, _) in severities where !checks.contains(where: Selection([pattern.value]).includes) {
      let near = nearest(pattern.value, among: words).map { "did you mean \"\($0)\"?" }
      problems.report(
        "no check is called \"\(pattern.value)\"", at: pattern.location, label: near,
        help: ["`cupel list` shows the identities of all checks"])
    }
  }

  /// The severity of a check here; nil when it is the check's own.
  func severity(of check: CheckID) -> Severity? {
    severities.last { Selection([$0.pattern.value]).includes(check) }?.severity
  }
}
