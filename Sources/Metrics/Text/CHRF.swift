internal import Statistics

/// How many runs of one to six characters the texts share with their references.
package enum CHRF {
  package static let page = MetricPage(
    "chrf", better: .higher, range: 0...100,
    what: """
      The F-score, recall counting beta times, of the mean shares of runs of one to six characters without white space \
      (and of one to word_order words: 2 is chrF++), of the whole corpus; from 0 to 100. As sacrebleu computes it.
      """,
    why:
      "Unlike BLEU it credits other endings of a word, so it suits languages with rich endings, and single sentences.",
    example: "{metric: chrf, max_regression: 0.5 absolute, confidence: 95%}", fix: "Look at the texts that lost most.")

  static let beta = MetricParameter("beta", .positive, or: .number(2), "How much recall counts against precision.")
  static let characterOrder = MetricParameter(
    "char_order", .count(least: 1), or: .number(6), "The longest runs of characters.")
  static let wordOrder = MetricParameter("word_order", .count(least: 0), or: .number(0), "The longest runs of words.")

  static let text = MetricDefinition<TextRows>(page, [beta, characterOrder, wordOrder]) {
    arguments throws(MetricProblem) in
    let (beta, characters) = (try arguments.number(beta), try arguments.count(characterOrder))
    let words = try arguments.count(wordOrder)
    return .init(.resample) { rows throws(Undefined) in
      let orders = characters + words
      let sums = rows.totals("chrf \(beta) \(characters) \(words)", width: 3 * orders) { text, references in
        let own = grams(text, characters, words)
        let candidates = references.map { reference in zip(own, grams(reference, characters, words)).map(Counts.init) }
        // The reference with the best score; of equals, the first.
        var best = (score: -1.0, counts: [Counts]())
        for counts in candidates where score(counts, beta) > best.score { best = (score(counts, beta), counts) }
        return best.counts.flatMap { [$0.own, $0.reference, $0.matches] }
      }
      return score((0..<orders).map { Counts(sums[3 * $0..<3 * $0 + 3]) }, beta)
    }
  }

  private struct Counts {
    var own = 0.0
    var reference = 0.0
    var matches = 0.0

    /// What was counted of many texts, summed.
    init(_ sums: ArraySlice<Double>) {
      (own, reference, matches) = (
        sums[sums.startIndex], sums[sums.startIndex + 1], sums[sums.startIndex + 2]
      )
    }

    init(_ own: [String: Int], _ reference: [String: Int]) {
      // Runs that no reference can have are no misses.
      self.own = reference.isEmpty ? 0 : Double(own.values.reduce(0, +))
      self.reference = Double(reference.values.reduce(0, +))
      matches = Double(own.map { min($0.value, reference[$0.key] ?? 0) }.reduce(0, +))
    }
  }

  private static func score(_ counts: [Counts], _ beta: Double) -> Double {
    let orders = counts.filter { $0.own > 0 && $0.reference > 0 }
    guard !orders.isEmpty else { return 0 }
    let precision = orders.map { $0.matches / $0.own }.reduce(0, +) / Double(orders.count)
    let recall = orders.map { $0.matches / $0.reference }.reduce(0, +) / Double(orders.count)
    guard precision + recall > 0 else { return 0 }
    return 100 * (1 + beta * beta) * precision * recall / (beta * beta * precision + recall)
  }

  private static func grams(_ text: String, _ characters: Int, _ words: Int) -> [[String: Int]] {
    let letters = text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { String($0) }
    let cut = words > 0 ? Words.split(text).flatMap(withoutPunctuation) : []
    return (1...characters).map { joined(Words.runs(letters, $0), "") }
      + (0..<words).map { joined(Words.runs(cut, $0 + 1), " ") }
  }

  private static func joined(_ runs: [ArraySlice<String>: Int], _ separator: String) -> [String: Int] {
    runs.reduce(into: [:]) { $0[$1.key.joined(separator: separator), default: 0] += $1.value }
  }

  /// A sign at the end of a word, or else at its beginning, is a word of its own.
  private static func withoutPunctuation(_ word: String) -> [String] {
    let scalars = Array(word.unicodeScalars)
    guard scalars.count > 1, let first = scalars.first, let last = scalars.last else { return [word] }
    if Words.isPunctuation(last) { return [String(String.UnicodeScalarView(scalars.dropLast())), String(last)] }
    if Words.isPunctuation(first) { return [String(first), String(String.UnicodeScalarView(scalars.dropFirst()))] }
    return [word]
  }
}
