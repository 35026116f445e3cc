internal import Statistics

/// The longest common subsequence of a text and its reference.
package enum RougeL {
  package static let page = MetricPage(
    "rouge_l", aliases: ["rougel"], better: .higher, range: 0...1,
    what: """
      The mean over rows of the F1 of the longest common subsequence of words (Lin 2004), cut at white space, without \
      stemming. Of several references the best counts.
      """,
    why: "Summaries that say the same in the same order score, also with words between.",
    fix: "Look at the texts that lost most.")

  static let score = MetricParameter(
    "score", .choice(["f1", "precision", "recall"]), or: .word("f1"),
    "The share of the text's words (precision), of the reference's (recall), or their harmonic mean.")

  static let text = MetricDefinition<TextRows>.best(page, [score]) { arguments throws(MetricProblem) in
    let score = try arguments.word(score)
    return { text, reference in
      let (own, other) = (Words.split(text), Words.split(reference))
      let common = Double(longestCommon(own, other))
      switch score {
      case "precision": return own.isEmpty ? 0 : common / Double(own.count)
      case "recall": return other.isEmpty ? 0 : common / Double(other.count)
      default: return own.isEmpty && other.isEmpty ? 0 : 2 * common / Double(own.count + other.count)
      }
    }
  }

  /// O(first * second) time, O(second) memory.
  private static func longestCommon(_ first: [String], _ second: [String]) -> Int {
    var row = [Int](repeating: 0, count: second.count + 1)
    for word in first {
      var diagonal = 0
      for (place, other) in second.enumerated() {
        let above = row[place + 1]
        row[place + 1] = word == other ? diagonal + 1 : max(above, row[place])
        diagonal = above
      }
    }
    return row[second.count]
  }
}
