internal import Statistics

/// Edits of characters that turn the texts into their references.
package enum CharacterErrorRate {
  package static let page = MetricPage(
    "cer", aliases: ["character_error_rate"], better: .lower, range: 0...(.infinity),
    what: "All inserted, left out and wrong characters over all characters of the references. It can exceed 1.",
    why: "For text recognition, and for languages without spaces.",
    fix: "Look at the texts with the most edits; check case and white space first.")

  static let text = MetricDefinition<TextRows>.edits(page) { _ in
    { text, reference throws(Undefined) in
      let other = Array(reference.unicodeScalars)
      return (EditDistance.between(Array(text.unicodeScalars), other), other.count)
    }
  }
}
