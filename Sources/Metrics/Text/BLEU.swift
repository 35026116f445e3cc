internal import Glibc
internal import Statistics

/// How many runs of one to four words the texts share with their references.
package struct BLEU: Sendable {
  /// The share of runs of one to four words that a reference has, in percent and smoothed.
  package let precisions: [Double]
  /// What is taken off texts that are shorter than their references.
  package let brevityPenalty: Double
  /// From 0 to 100.
  package let score: Double

  package enum Smoothing: String, Sendable, CaseIterable {
    case none, floor
    case addK = "add-k"
    case exponential = "exp"
  }

  private static let order = 4

  /// What the texts' runs add up to.
  fileprivate struct Counts {
    var matches = [Double](repeating: 0, count: BLEU.order)
    var runs = [Double](repeating: 0, count: BLEU.order)
    var length = 0.0
    var referenceLength = 0.0

    init() {}

    /// From what ``values`` are, summed over texts.
    init(_ sums: [Double]) {
      matches = Array(sums[..<BLEU.order])
      runs = Array(sums[BLEU.order..<2 * BLEU.order])
      (length, referenceLength) = (sums[2 * BLEU.order], sums[2 * BLEU.order + 1])
    }

    var values: [Double] { matches + runs + [length, referenceLength] }
  }

  /// The figures of a whole corpus, as sacrebleu 2 computes them.
  package init(_ rows: TextRows, smoothing: Smoothing = .exponential, tokenized: Bool = false, lowercase: Bool = false)
  {
    func words(_ text: String) -> [String] {
      let text = lowercase ? text.lowercased() : text
      return tokenized ? Words.split(text) : MTEvalTokenizer.words(text)
    }
    let counts = Counts(
      rows.totals("bleu \(tokenized) \(lowercase)", width: 2 * Self.order + 2) { text, references in
        var counts = Counts()
        counts.add(words(text), references.map(words))
        return counts.values
      })
    brevityPenalty =
      counts.length >= counts.referenceLength
      ? 1 : counts.length == 0 ? 0 : exp(1 - counts.referenceLength / counts.length)
    guard counts.matches.contains(where: { $0 > 0 }) else {
      precisions = [Double](repeating: 0, count: Self.order)
      score = 0
      return
    }
    precisions = Self.smoothed(counts, smoothing)
    let mean = precisions.map { $0 > 0 ? log($0) : -9_999_999_999 }.reduce(0, +) / Double(Self.order)
    // Rounding must not make a perfect text better than perfect.
    score = min(brevityPenalty * exp(mean), 100)
  }

  private static func smoothed(_ counts: Counts, _ smoothing: Smoothing) -> [Double] {
    var precisions = [Double](repeating: 0, count: order)
    var factor = 1.0
    for place in 0..<order {
      let added: Double = smoothing == .addK && place > 0 ? 1 : 0
      let (matches, runs) = (counts.matches[place] + added, counts.runs[place] + added)
      if runs == 0 { break }
      if matches > 0 {
        precisions[place] = 100 * matches / runs
      } else if smoothing == .exponential {
        factor *= 2
        precisions[place] = 100 / (factor * runs)
      } else if smoothing == .floor {
        precisions[place] = 100 * 0.1 / runs
      }
    }
    return precisions
  }
}

extension BLEU.Counts {
  fileprivate mutating func add(_ words: [String], _ references: [[String]]) {
    length += Double(words.count)
    // The reference whose length is nearest; of two, the shorter.
    let nearest = references.map(\.count).min {
      (($0 - words.count).magnitude, $0) < (($1 - words.count).magnitude, $1)
    }
    referenceLength += Double(nearest ?? 0)
    for place in matches.indices {
      let others = references.map { Words.runs($0, place + 1) }
      for (run, count) in Words.runs(words, place + 1) {
        runs[place] += Double(count)
        matches[place] += Double(min(count, others.map { $0[run] ?? 0 }.max() ?? 0))
      }
    }
  }
}

extension BLEU {
  private static let smooth = MetricParameter(
    "smooth", .choice(Smoothing.allCases.map(\.rawValue)), or: .word("exp"), "What a run without any match counts.")
  private static let tokenize = MetricParameter(
    "tokenize", .choice(["13a", "none"]), or: .word("13a"), "How words are cut: as mteval-v13a, or at white space.")
  private static let lowercase = MetricParameter("lowercase", .flag, or: .flag(false), "Compare in lower case.")
  private static let length = MetricParameter("n", .count(least: 1), or: .number(1), "The length of the runs, up to 4.")

  static let definitions: [MetricDefinition<TextRows>] = [
    definition(
      "bleu", aliases: ["sacrebleu"],
      "The geometric mean of the shares of runs of one to four words that a reference has, times the brevity penalty, of the whole corpus; from 0 to 100."
    ) { bleu, _ in bleu.score },
    definition(
      "bleu_precision", "The share of runs of n words that a reference has, in percent.", [length]
    ) { bleu, n in bleu.precisions[min(n, order) - 1] },
    definition(
      "brevity_penalty", aliases: ["bp"],
      "What BLEU takes off texts that are shorter than their references: 1 is nothing."
    ) { bleu, _ in bleu.brevityPenalty },
  ]

  private static func definition(
    _ name: String, aliases: [String] = [], _ what: String, _ more: [MetricParameter] = [],
    _ figure: @escaping @Sendable (BLEU, Int) -> Double
  ) -> MetricDefinition<TextRows> {
    let page = MetricPage(
      name, aliases: aliases, better: .higher, what: what + " As sacrebleu computes it.",
      why: "The usual figure of translation; compare only with the same tokenizer and references.",
      fix: "Look at the texts that lost most; see whether they became shorter (brevity_penalty) or worse.")
    return MetricDefinition(page, [smooth, tokenize, lowercase] + more) { arguments throws(MetricProblem) in
      let smoothing = Smoothing(rawValue: try arguments.word(smooth)) ?? .exponential
      let isTokenized = try arguments.word(tokenize) == "none"
      let isLower = arguments.flag(lowercase)
      let n = more.isEmpty ? 1 : try arguments.count(length)
      return .init(.resample) { rows throws(Undefined) in
        figure(BLEU(rows, smoothing: smoothing, tokenized: isTokenized, lowercase: isLower), n)
      }
    }
  }
}
