internal import Glibc
internal import Statistics

/// The gain of a ranking, discounted by place.
package enum DCG {
  package static let page = MetricPage(
    "dcg", aliases: ["dcg_score"], better: .higher,
    what: """
      The sum over places of gain / log2(place + 1), on average over queries. The gain is the relevance, or with gain \
      exponential 2^relevance - 1. \(RankedList.ofTies)
      """,
    why: "What a ranking is worth to somebody who reads from the top. It grows with the number of relevant documents.",
    fix: "Look at queries whose best documents sank.")

  static let gain = MetricParameter(
    "gain", .choice(["linear", "exponential"]), or: .word("linear"),
    "The relevance itself, as in scikit-learn, or 2^relevance - 1, as many rankers have it.")
  static let ignoreTies = MetricParameter(
    "ignore_ties", .flag, or: .flag(false),
    "Take equal scores in the reverse of the order given, instead of on average.")
  static var parameters: [MetricParameter] { [MetricDefinition<RankingRows>.k, gain, ignoreTies] }

  static let ranking = MetricDefinition<RankingRows>.queries(page, parameters) { arguments throws(MetricProblem) in
    let settings = try Settings(arguments)
    return { list in settings.dcg(list) }
  }

  struct Settings: Sendable {
    let limit: Int
    let isExponential: Bool
    let ignoresTies: Bool

    init(_ arguments: MetricArguments) throws(MetricProblem) {
      limit = try MetricDefinition<RankingRows>.limit(arguments)
      isExponential = try arguments.word(gain) == "exponential"
      ignoresTies = arguments.flag(ignoreTies)
    }

    private func gains(_ relevances: [Double]) -> [Double] {
      isExponential ? relevances.map { exp2($0) - 1 } : relevances
    }

    private func discount(_ place: Int) -> Double { place < limit ? 1 / log2(Double(place) + 2) : 0 }

    func dcg(_ list: RankedList) -> Double {
      let gains = gains(list.relevances)
      var sum = CompensatedSum()
      for tie in list.ties {
        let places = tie.start..<(tie.start + tie.count)
        if ignoresTies {
          for (place, gain) in zip(places, gains[places].reversed()) { sum.add(gain * discount(place)) }
        } else {
          sum.add(gains[places].compensatedSum / Double(tie.count) * places.map(discount).compensatedSum)
        }
      }
      return sum.value
    }

    /// The gain of the best order.
    func ideal(_ list: RankedList) -> Double {
      let gains = gains(list.relevances).sorted(by: >)
      return gains.indices.map { gains[$0] * discount($0) }.compensatedSum
    }
  }
}
