/// Something wrong in what the user wrote: what, where, and what to do about it.
///
/// A diagnostic is about the config; what is wrong with a subject is a ``Finding``.
package struct Diagnostic: Error, Sendable, Hashable {
  /// One sentence that names the thing.
  package var headline: String
  /// Where it is written; nil when it stands in no file (a flag, the environment).
  package var location: SourceLocation?
  /// What stands under the caret: `did you mean "missing"?`.
  package var label: String?
  /// What to do next, one line each.
  package var help: [String]

  package init(_ headline: String, at location: SourceLocation? = nil, label: String? = nil, help: [String] = []) {
    self.headline = headline
    self.location = location
    self.label = label
    self.help = help
  }
  /// The same diagnostic with every text passed through `transform`.
  func mapText(_ transform: (String) -> String) -> Diagnostic {
    Diagnostic(
      transform(headline), at: location?.mapText(transform), label: label.map(transform), help: help.map(transform))
  }
}
