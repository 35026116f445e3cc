internal import JSON

/// The model that a reply says to be of. Servers with several models, and proxies before them, answer 200 for a name that
/// they do not know, by another model.
struct AnsweringModel: Sendable, Equatable {
  /// Where the reply says it: `model`, `model_name`.
  let place: String
  let name: String
  let asked: String

  /// Nil where the reply does not say it.
  init?(_ value: JSONValue?, at place: String, asked: String) {
    guard let name = value?.stringValue, !name.isEmpty else { return nil }
    (self.place, self.name, self.asked) = (place, name, asked)
  }

  /// Whether it is the one that was asked. A name without a version stands for one with: `gpt-4o-2024-08-06`,
  /// `llama3:8b`.
  var isAsked: Bool { name == asked || ["-", ":", "@"].contains { name.hasPrefix(asked + $0) } }
}
