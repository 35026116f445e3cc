internal import Language

/// The columns whose values stand beside the rows that a finding shows, so that a person finds them elsewhere too.
///
/// `row_key:` says them. Without it they are those of `primary_key:`, or else the first column that is both `required`
/// and `unique`, or else those of the first of `keys:`, as long as these rules are about all rows. A sensitive column
/// tells no row.
struct RowKey {
  let columns: [String]

  init(of rules: Rules, _ context: RulesContext, _ problems: inout Problems) {
    columns = Self.said(rules, context, &problems) ?? Self.inferred(rules, context) ?? []
  }

  private static func said(_ rules: Rules, _ context: RulesContext, _ problems: inout Problems) -> [String]? {
    guard let key = rules.rowKey else { return nil }
    if let column = key.value.first(where: context.sensitive.contains) {
      problems.report("\"\(column)\" is sensitive, and the values of a row's key are shown", at: key.location)
    }
    if key.value.isEmpty || Set(key.value).count < key.value.count {
      problems.report("a row's key is a list of different columns", at: key.location)
    }
    return key.value
  }

  private static func inferred(_ rules: Rules, _ context: RulesContext) -> [String]? {
    let table = rules.table.filter { $0.settings.condition == nil }.map(\.rule)
    let (primary, keys) = (table.filter { $0 is PrimaryKeyCheck }, table.filter { $0 is KeysCheck })
    let columns = rules.columns.filter { column in
      let claims = column.value.checks.filter { $0.check.isClaim && $0.settings.condition == nil }
      return claims.contains { $0.check is UniqueCheck } && claims.contains { $0.check is RequiredCheck }
    }
    let candidates = primary.map(\.columns) + columns.map { [$0.name.value] } + keys.map(\.columns)
    return candidates.first { context.sensitive.isDisjoint(with: $0) }
  }
}
