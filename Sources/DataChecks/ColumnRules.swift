package import Language
package import Scan
package import Verdict

/// What the rules say of one column.
package struct ColumnRules {
  package var type: Located<ValueType>?
  /// Whether something is said of the type that could not be read: it is not the same as no type.
  package var isTypeUnreadable = false
  package var isOptional = false
  package var isSensitive = false
  /// The environments whose tables have the column; nil for all.
  package var environments: Located<[String]>?
  /// What stands in the column where there is no value.
  package var missingCodes: MissingCodes?
  package var allow: Located<Quantity>?
  package var severity: Severity?
  package var checks: [DeclaredColumnCheck] = []

  /// A check with the place of its limit, and what it says differently from its column.
  package struct DeclaredColumnCheck {
    package var check: any ColumnCheck
    package var location: SourceLocation
    package var settings = CheckSettings()
  }

  package static var shape: Language.Shape<ColumnRules> {
    let keys: [Key<ColumnRules>] =
      checkKeys + [
        .key("optional", \.isOptional, .bool, "Whether the column may be absent."),
        .optional(
          "environments", \.environments, environments,
          "The environments whose tables have the column; with --env of another name it must be absent."),
        .optional(
          "missing_values", \.missingCodes, .missingCodes,
          "What stands in the column where there is no value: codes such as -999 and N/A."),
        .key("sensitive", \.isSensitive, .bool, "Whether its values must never be shown."),
        .optional(
          "allow", \.allow, Shape<Quantity>.tolerance.located, "How much may violate the value checks: 1% or 10 rows."),
        .optional("severity", \.severity, .choice, "block or warn, for every check of the column."),
        .each("checks", .deferred { further.list }, "Further checks, each with a tolerance, severity or id of its own.")
        {
          groups, _, root in
          root.checks += groups.flatMap { $0 }
        },
      ]
    // A mistake in one rule of a column must not make mistakes of what other rules say of it.
    let object = Language.Shape<ColumnRules>.object(ColumnRules(), keys, keepsGoing: true)
    // `carrier:` alone names a column that must be there and says nothing more of it.
    return Language.Shape(.anyOf([object.schema, .type("null")])) { node, problems in
      if node.isNull { return ColumnRules() }
      let failures = problems.failures
      var rules = object.decode(node, &problems) ?? ColumnRules()
      rules.isTypeUnreadable = rules.type == nil && (!node.isMapping || node[key: TypeCheck.kind] != nil)
      if problems.failures == failures { rules.reportUselessTolerance(&problems) }
      return rules
    }.named("column")
  }

  /// A tolerance that no check has.
  private func reportUselessTolerance(_ problems: inout Problems) {
    guard let allow, !checks.contains(where: { Swift.type(of: $0.check).settings.contains(.tolerance) }) else { return }
    let isRequired = checks.contains { $0.check.isClaim && $0.check is RequiredCheck }
    problems.report(
      "no check of the column judges values with a tolerance, so there is nothing to allow", at: allow.location,
      help: isRequired ? ["write missing: {at_most: \(allow.value)} in place of required to allow missing values"] : [])
  }

  private static var environments: Language.Shape<Located<[String]>> {
    Language.Shape<String>.string.oneOrMany.map { names, node, problems -> [String]? in
      if !names.isEmpty { return names }
      problems.report("a column of no environment has no place in the rules", at: node.location)
      return nil
    }.located
  }

  /// Whether tables of an environment have the column; when none is given, it does not matter.
  func belongs(to environment: String?) -> Bool {
    guard let environments, let environment else { return true }
    return environments.value.contains(environment)
  }

  /// Whether a table of an environment may lack the column.
  func mayBeAbsent(in environment: String?) -> Bool {
    let concernsPresence = checks.contains { $0.check.isClaim && Swift.type(of: $0.check).concernsPresence }
    return isOptional || concernsPresence || !belongs(to: environment)
  }

  /// One key for every check in the registry.
  private static var checkKeys: [Key<ColumnRules>] {
    DataCheckRegistry.columnChecks.map { type in key(type) }
  }

  private static func key<Check: ColumnCheck>(_ type: Check.Type) -> Key<ColumnRules> {
    .each(Check.kind, .deferred { Check.entries }, Check.documentation.summary) { checks, _, root in
      for check in checks {
        if let check = check.value as? TypeCheck { root.type = check.type }
        root.checks.append(DeclaredColumnCheck(check: check.value, location: check.location))
      }
    }
  }

  /// An entry of `checks:`: one or more checks that share a tolerance, a severity and an id.
  private static var further: Language.Shape<[DeclaredColumnCheck]> {
    struct Group {
      var rules = ColumnRules()
      var settings = CheckSettings()
    }
    let keys = DataCheckRegistry.columnChecks.filter { $0 != TypeCheck.self }.map { type in
      func key<Check: ColumnCheck>(_ type: Check.Type) -> Key<Group> {
        .each(Check.kind, .deferred { Check.shape }, Check.documentation.summary) { check, entry, root in
          root.rules.checks.append(DeclaredColumnCheck(check: check, location: entry.value.location))
        }
      }
      return key(type)
    }
    let settings = CheckSettings.keys(\Group.settings, .all)
    return Language.Shape<Group>.object(Group(), keys + settings) { group, node, problems in
      if group.rules.checks.count != 1 {
        problems.report("an entry of \"checks\" holds exactly one check", at: node.location)
      }
    }.map { group in
      group.rules.checks.map { declared in
        var declared = declared
        declared.settings = group.settings
        return declared
      }
    }
  }
}
