/// The columns whose values must not be shown: those that the rules call sensitive, what is nested in them, and what
/// they are nested in, which shows them too.
package struct SensitiveColumns: Sendable {
  private var named: Set<String> = []
  /// The columns in which one of them lies: `p` and `p.id` of `p.id.number`.
  private var outer: Set<String> = []

  package init(_ names: some Sequence<String> = []) {
    for name in names {
      named.insert(name)
      outer.formUnion(ColumnTypes.outerNames(of: name))
    }
  }

  package func contains(_ name: String) -> Bool {
    guard !named.isEmpty else { return false }
    return named.contains(name) || outer.contains(name)
      || ColumnTypes.outerNames(of: name).contains(where: named.contains)
  }

  package func isDisjoint(with names: some Sequence<String>) -> Bool { !names.contains(where: contains) }
}
