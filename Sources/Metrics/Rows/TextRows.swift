package import Statistics

/// Texts that a model wrote, each with the texts that would be right.
package struct TextRows: MetricRows {
  private let corpus: TextCorpus
  /// Of each row the place of its text in the corpus.
  private let places: [Int]

  package static let task = MetricTask.text

  /// Throws when lengths differ or a row has no reference.
  package init(hypotheses: [String], references: [[String]]) throws(Undefined) {
    try RowChecks.requireLengths(hypotheses.count, references.count)
    if let row = references.firstIndex(where: \.isEmpty) {
      throw .outsideDomain("row \(row + 1) has no reference")
    }
    self.init(TextCorpus(hypotheses, references), Array(hypotheses.indices))
  }

  private init(_ corpus: TextCorpus, _ places: [Int]) { (self.corpus, self.places) = (corpus, places) }

  package var count: Int { places.count }

  package var hypotheses: [String] { corpus.hypotheses.elements(at: places) }

  /// Of each row, one text or more.
  package var references: [[String]] { corpus.references.elements(at: places) }

  package func rows(at indices: [Int]) -> TextRows { TextRows(corpus, places.elements(at: indices)) }

  /// What is counted of each text, summed over the rows. Each text is counted once, however often its rows are resampled.
  ///
  /// - Parameters:
  ///   - what: tells this from whatever else is counted.
  ///   - width: how many numbers are counted of a text.
  func totals(_ what: String, width: Int, _ count: (String, [String]) -> [Double]) -> [Double] {
    let counts = corpus.counts(what, count)
    var totals = [Double](repeating: 0, count: width)
    for place in places {
      for index in 0..<width { totals[index] += counts[place * width + index] }
    }
    return totals
  }
}

extension MetricDefinition<TextRows> {
  /// The mean over rows of the best that any reference gives.
  static func best(
    _ page: MetricPage, _ parameters: [MetricParameter] = [],
    _ value: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> @Sendable (String, String) -> Double
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      let value = try value(arguments)
      return .means { rows throws(Undefined) in
        let values = zip(rows.hypotheses, rows.references).map { text, references in
          references.map { value(text, $0) }.max() ?? 0
        }
        return RowMeans(mean: values, weights: nil)
      }
    }
  }

  /// The edits that turn a text into a reference, and the reference's length.
  typealias EditCount = @Sendable (String, String) throws(Undefined) -> (edits: Int, length: Int)

  /// All edits over all units of the references, each row with the reference that takes the fewest edits.
  static func edits(
    _ page: MetricPage, _ parameters: [MetricParameter] = [], form: RowMeans.Form = .plain,
    _ count: @escaping @Sendable (MetricArguments) -> EditCount
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments in
      let (count, isCompatible) = (count(arguments), arguments.conventions.isCompatible)
      return .means { rows throws(Undefined) in
        let counts = try zip(rows.hypotheses, rows.references).map { row throws(Undefined) -> (Double, Double) in
          let counts = try row.1.map { reference throws(Undefined) in try count(row.0, reference) }
          let lengths = counts.map(\.length).reduce(0, +)
          return (Double(counts.map(\.edits).min() ?? 0), Double(lengths) / Double(row.1.count))
        }
        // Without any word in the references, sacrebleu calls all wrong or nothing.
        if isCompatible, counts.allSatisfy({ $0.1 == 0 }) {
          return RowMeans([counts.contains { $0.0 > 0 } ? 1 : 0], [1], form)
        }
        return RowMeans(counts.map(\.0), counts.map(\.1), form)
      }
    }
  }
}
