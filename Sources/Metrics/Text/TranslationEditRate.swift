internal import Statistics

/// Edits of words, and shifts of runs of words, that turn the texts into their references.
package enum TranslationEditRate {
  package static let page = MetricPage(
    "ter", aliases: ["translation_edit_rate"], better: .lower,
    what: """
      All inserted, left out and wrong words, and shifts of runs of words, over all words of the references, in percent \
      and in lower case (Snover et al. 2006). As sacrebleu computes it.
      """,
    why: "About the work of whoever corrects the text: moving a clause is one step.",
    example: "{metric: ter, max_regression: 1 absolute, confidence: 95%}",
    fix: "Look at the texts with the most edits.")

  static let caseSensitive = MetricParameter("case_sensitive", .flag, or: .flag(false), "Tell cases apart.")

  static let text = MetricDefinition<TextRows>.edits(page, [caseSensitive], form: .scaled(100)) { arguments in
    let tellsCases = arguments.flag(caseSensitive)
    return { text, reference in
      func words(_ text: String) -> [String] { Words.split(tellsCases ? text : text.lowercased()) }
      let other = words(reference)
      return (ShiftedEdits.count(words(text), other), other.count)
    }
  }
}
