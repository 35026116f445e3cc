internal import Expressions
internal import Language
internal import Scan
internal import Verdict

/// The part of a table that a check speaks of: its `where`, and its `group_by`.
struct CheckScope: Sendable {
  var condition: Expression?
  var groups: [String] = []

  /// The scope that the settings say; nil when there is something wrong with it, and the problems say what.
  init?(_ settings: CheckSettings, _ rules: RulesContext, _ problems: inout Problems) {
    if let text = settings.condition {
      guard let condition = text.expression(over: rules.types, &problems) else { return nil }
      self.condition = condition
    }
    guard let groups = settings.groups else { return }
    if let column = groups.value.first(where: rules.sensitive.contains) {
      problems.report(
        "\"\(column)\" is sensitive, and groups are told by their values", at: groups.location)
      return nil
    }
    guard !groups.value.isEmpty, Set(groups.value).count == groups.value.count else {
      problems.report("groups are made by different columns", at: groups.location)
      return nil
    }
    self.groups = groups.value
  }

  /// Every column that decides which rows these are.
  var columns: [String] { (condition?.columns ?? []) + groups }

  /// The scope for the scan; nil when it is the whole table.
  var rows: RowScope? {
    condition == nil && groups.isEmpty ? nil : RowScope(where: condition?.compiled, by: groups)
  }
}
