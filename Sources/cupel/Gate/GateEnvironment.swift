internal import Language
internal import Verdict

/// Where a gate runs, as the config names it: `ci`, `training`, `serving`.
struct GateEnvironment: Sendable {
  /// The severities of checks there, by patterns of their identities as `--only` takes them. Of several that match the one that says most counts.
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

  /// The severity of a check here; nil when it is the check's own. Of several patterns the one that says most decides,
  /// whatever the order: a mapping has none.
  func severity(of check: CheckID) -> Severity? {
    severities.filter { Selection([$0.pattern.value]).includes(check) }
      .max { Self.isVaguer($0.pattern.value, $1.pattern.value) }?.severity
  }

  /// By the characters that are said; of as many, the one that has fewer stars, and then the later one in the alphabet.
  private static func isVaguer(_ a: String, _ b: String) -> Bool {
    func said(_ pattern: String) -> (Int, Int, String) {
      let stars = pattern.utf8.count { $0 == UInt8(ascii: "*") }
      return (pattern.utf8.count - stars, -stars, pattern)
    }
    return said(a) < said(b)
  }
}
