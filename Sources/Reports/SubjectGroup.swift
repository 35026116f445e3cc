internal import Verdict

/// The findings about one subject, in the order of the config.
struct SubjectGroup {
  var suite: Suite
  var subject: String
  var findings: [Finding]

  /// The subjects in the order in which they first appear.
  static func groups(of findings: [Finding]) -> [SubjectGroup] {
    var groups: [SubjectGroup] = []
    var positions: [String: Int] = [:]
    for finding in findings {
      let scope = title(finding.id)
      if let position = positions[scope] {
        groups[position].findings.append(finding)
      } else {
        positions[scope] = groups.count
        groups.append(SubjectGroup(suite: finding.id.suite, subject: finding.id.subject, findings: [finding]))
      }
    }
    return groups
  }

  /// `data.flights`
  var title: String { CheckID(suite: suite, subject: subject, check: "").scope }

  /// What is left of an identity when its subject stands in the title: `dep_delay.missing`.
  static func name(of id: CheckID) -> String {
    // By scalars: a name can begin with a combining mark, which would be one character with the dot.
    String(id.description.unicodeScalars.dropFirst(title(id).unicodeScalars.count + 1))
  }

  private static func title(_ id: CheckID) -> String {
    CheckID(suite: id.suite, subject: id.subject, check: "").scope
  }
}
