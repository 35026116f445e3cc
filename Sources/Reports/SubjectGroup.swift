internal import Verdict

/// The findings about one subject, in the order of the config.
struct SubjectGroup {
  /// `data.flights`
  var title: String
  var findings: [Finding]

  /// The subjects in the order in which they first appear.
  static func groups(of findings: [Finding]) -> [SubjectGroup] {
    var groups: [SubjectGroup] = []
    var positions: [String: Int] = [:]
    for finding in findings {
      let scope = finding.id.subjectScope
      if let position = positions[scope] {
        groups[position].findings.append(finding)
      } else {
        positions[scope] = groups.count
        groups.append(SubjectGroup(title: scope, findings: [finding]))
      }
    }
    return groups
  }

  /// What is left of an identity when its subject stands in the title: `dep_delay.missing`.
  static func name(of id: CheckID) -> String {
    // By scalars: a name can begin with a combining mark, which would be one character with the dot.
    String(id.description.unicodeScalars.dropFirst(id.subjectScope.unicodeScalars.count + 1))
  }
}
