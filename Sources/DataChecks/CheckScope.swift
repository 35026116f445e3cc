internal import Expressions
internal import Language
internal import Scan
internal import Verdict

/// The part of a table that a check speaks of: its `where`, and its `group_by`.
struct CheckScope: Sendable {
  var condition: Expression?
  var groups: [String] = []
  private var types: [String: ValueType] = [:]

  /// The scope that the settings say; nil when there is something wrong with it, and the problems say what.
  init?(_ settings: CheckSettings, _ rules: RulesContext, _ problems: inout Problems) {
    if let text = settings.condition {
      guard let condition = text.expression(over: rules, &problems) else { return nil }
      self.condition = condition
    }
    guard let groups = settings.groups else { return }
    if let column = groups.value.first(where: rules.sensitive.contains) {
      problems.report(
        "\"\(column)\" is sensitive, and groups are told by their values", at: groups.location)
      return nil
    }
    (self.groups, types) = (groups.value, rules.types)
  }

  /// What a rule needs of other datasets to be evaluated in the scope; nil when there is something wrong with it, and
  /// the problems say what.
  func peers(
    of rule: any TableRule, _ rules: RulesContext, at location: SourceLocation?, _ problems: inout Problems
  ) -> [PeerReference]? {
    let settings = type(of: rule).peerSettings
    let groups = settings.contains(.groups) ? groups : []
    let columns = groups + (settings.contains(.condition) ? condition?.columns ?? [] : [])
    for reference in rule.peers {
      let peer = rules.peers?.first { $0.name == reference.dataset.value }
      if let column = groups.first(where: { peer?.rules.sensitive.contains($0) == true }) {
        problems.report(
          "\"\(column)\" is sensitive in \(reference.dataset.value), and groups are told by their values", at: location)
        return nil
      }
    }
    return rule.peers.map { reference in
      PeerReference(reference.dataset, columns: reference.columns + columns.filter { !reference.columns.contains($0) })
    }
  }

  /// Every column that decides which rows these are.
  var columns: [String] { (condition?.columns ?? []) + groups }

  /// The scope for the scan; nil when it is the whole table.
  var rows: RowScope? {
    condition == nil && groups.isEmpty ? nil : RowScope(where: condition?.compiled, by: groups, as: types)
  }
}
