internal import Language
internal import Scan
internal import Verdict

extension Waiver {
  private struct Draft {
    var check: Located<String>?
    var reason = ""
    var owner = ""
    var expires: Located<String>?
  }

  /// How a waiver is written: an entry of `waivers:`.
  static var shape: Shape<Located<Waiver>> {
    let text = Shape<String>.string
    let said = text.map { text, node, problems -> String? in
      if text.contains(where: { !$0.isWhitespace }) { return text }
      problems.report("a waiver without a word here waives nothing", at: node.location)
      return nil
    }
    return Shape<Draft>.object(
      Draft(),
      [
        .key(
          "check", \.check, text.located.optional, "The identity of the check, as `cupel list` shows it.",
          required: true),
        .key("reason", \.reason, said, "Why it may fail.", required: true),
        .key("owner", \.owner, said, "Who answers for it.", required: true),
        .key("expires", \.expires, text.located.optional, "The last day on which it holds (UTC).", required: true),
      ]
    ).map { draft, node, problems in
      guard let check = draft.check, let expires = draft.expires else { return nil }
      guard let day = Literal.integer(expires.value, as: .date) else {
        problems.report("\"\(expires.value)\" is no date such as 2027-01-31", at: expires.location)
        return nil
      }
      let waiver = Waiver(
        check: check.value, reason: draft.reason, owner: draft.owner, expires: day, expiry: expires.value,
        location: node.location, expiryLocation: expires.location)
      return Located(waiver, at: check.location)
    }
  }

  /// Says which waivers name no check, or one that has a waiver already.
  static func reportUseless(_ waivers: [Located<Waiver>], among checks: [CheckID], _ problems: inout Problems) {
    let identities = checks.map(\.description)
    var seen: [String: SourceLocation] = [:]
    for waiver in waivers {
      let check = waiver.value.check
      if let first = seen[check] {
        problems.report("\(check) is waived already", at: waiver.location, help: ["the first time at \(first)"])
      } else if !Set(identities).contains(check) {
        let near = nearest(check, among: identities).map { "did you mean \"\($0)\"?" }
        problems.report(
          "there is no check \"\(check)\" to waive", at: waiver.location, label: near,
          help: ["`cupel list` shows the identities of all checks"])
      }
      seen[check] = waiver.location
    }
  }
}
