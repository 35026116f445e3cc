internal import Statistics

/// How many words a text and its reference share.
package enum TokenF1 {
  package static let page = MetricPage(
    "token_f1", aliases: ["squad_f1"], better: .higher, range: 0...1,
    what: "The mean over rows of 2 shared words / (words of the text + words of the best reference), as SQuAD has it.",
    why: "Answers that are right in other words get their share, where exact_match gives nothing.",
    fix: "Look at the answers that lost words.")

  static let text = MetricDefinition<TextRows>.best(page, [Words.normalise]) { arguments in
    let words = arguments.flag(Words.normalise) ? Words.normalised : Words.split
    return { text, reference in
      let (own, other) = (words(text), words(reference))
      guard !own.isEmpty, !other.isEmpty else { return own.isEmpty && other.isEmpty ? 1 : 0 }
      let counts = Words.runs(other, 1)
      let shared = Words.runs(own, 1).map { min($0.value, counts[$0.key] ?? 0) }.reduce(0, +)
      return 2 * Double(shared) / Double(own.count + other.count)
    }
  }
}
