/// What `cupel explain` says of a kind of check. It stands in the file of the check.
package struct CheckDocumentation: Sendable, Hashable {
  package var suite: Suite
  /// The kind's name: the key in the config.
  package var kind: String
  /// What it claims, in one or two sentences.
  package var summary: String
  /// Why it matters.
  package var why: String
  /// A piece of config that uses it.
  package var example: String
  /// What to do when it fails.
  package var fix: String
  /// What can be chosen from, when that is much: the named formats.
  package var topics: [Topic]

  /// One thing to choose, and what it means.
  package struct Topic: Sendable, Hashable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package init(
    suite: Suite, kind: String, summary: String, why: String, example: String, fix: String, topics: [Topic] = []
  ) {
    self.suite = suite
    self.kind = kind
    self.summary = summary
    self.why = why
    self.example = example
    self.fix = fix
    self.topics = topics
  }
}
