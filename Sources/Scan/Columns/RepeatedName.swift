/// A name that two columns of a table have, so that nobody can say which of them is meant.
package struct RepeatedName: Sendable {
  /// The second of them.
  package let name: String
  /// Whether the two are the same bytes; else they differ in their Unicode normalization alone, which nobody sees.
  package let isSame: Bool

  /// Nil when all names differ.
  package init?(in names: [String]) {
    // Texts are equal when they differ in their normalization alone.
    var seen: [String: String] = [:]
    seen.reserveCapacity(names.count)
    for name in names {
      guard let first = seen.updateValue(name, forKey: name) else { continue }
      self.name = name
      isSame = Array(first.utf8) == Array(name.utf8)
      return
    }
    return nil
  }

  /// What is wrong with the table.
  package func words(of table: String) -> String {
    isSame
      ? "\(table) names the column \"\(name)\" more than once"
      : "\(table) names two columns \"\(name)\", which differ in their Unicode normalization alone"
  }
}
