internal import Statistics

/// Edits of words, and shifts of runs of words, that turn the texts into their references.
package enum TranslationEditRate {
  package static let page = MetricPage(
    "ter", aliases: ["translation_edit_rate"], better: .lower, range: 0...(.infinity),
    what: """
      All inserted, left out and wrong words, and shifts of runs of words, over all words of the references, in percent \
      and in lower case (Snover et al. 2006). As sacrebleu computes it.
      """,
    why: "About the work of whoever corrects the text: moving a clause is one step.",
    example: "{metric: ter, max_regression: 1 absolute, confidence: 95%}",
    fix: "Look at the texts with the most edits.")

  static let caseSensitive = MetricParameter("case_sensitive", .flag, or: .flag(false), "Tell cases apart.")

  /// The search keeps a table of all pairs of words.
  private static let longest = 2000

  static let text = MetricDefinition<TextRows>.edits(page, [caseSensitive], form: .scaled(100)) { arguments in
    let tellsCases = arguments.flag(caseSensitive)
    return { text, reference throws(Undefined) in
      func words(_ text: String) -> [String] { Words.split(tellsCases ? text : text.lowercased()) }
      let (own, other) = (words(text), words(reference))
      guard own.count <= longest, other.count <= longest else {
        throw Undefined.outsideDomain("ter takes texts of at most \(longest) words")
      }
      return (ShiftedEdits.count(own, other), other.count)
    }
  }
}
