internal import Statistics

/// Edits of words that turn the texts into their references.
package enum WordErrorRate {
  package static let page = MetricPage(
    "wer", aliases: ["word_error_rate"], better: .lower, range: 0...(.infinity),
    what: "All inserted, left out and wrong words over all words of the references. It can exceed 1.",
    why: "The usual figure of speech recognition.",
    fix: "Look at the texts with the most edits; check case and punctuation first.")

  static let text = MetricDefinition<TextRows>.edits(page) { _ in
    { text, reference throws(Undefined) in
      let other = Words.split(reference)
      return (EditDistance.between(Words.split(text), other), other.count)
    }
  }
}
