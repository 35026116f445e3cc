/// What `cupel explain METHOD` says of a statistical method. It stands in the method's file.
package struct Method: Sendable, Hashable {
  /// The name in the field's standard term, in lower case with hyphens: `mann-whitney`.
  package var name: String
  /// What else people call it.
  package var aliases: [String]
  /// What it computes, with its formula where that is short.
  package var computes: String
  /// When to use it, and when not.
  package var use: String
  /// The paper or book of the formula.
  package var source: String

  package init(_ name: String, aliases: [String] = [], computes: String, use: String, source: String) {
    self.name = name
    self.aliases = aliases
    self.computes = computes
    self.use = use
    self.source = source
  }
}
