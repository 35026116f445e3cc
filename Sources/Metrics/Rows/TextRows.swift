package import Statistics

/// Texts that a model wrote, each with the texts that would be right.
package struct TextRows: MetricRows {
  package let hypotheses: [String]
  /// Of each row, one text or more.
  package let references: [[String]]

  package static let task = MetricTask.text

  /// Throws when lengths differ or a row has no reference.
  package init(hypotheses: [String], references: [[String]]) throws(Undefined) {
    try RowChecks.requireLengths(hypotheses.count, references.count)
    if let row = references.firstIndex(where: \.isEmpty) {
      throw .outsideDomain("row \(row + 1) has no reference")
    }
    (self.hypotheses, self.references) = (hypotheses, references)
  }

  private init(_ rows: TextRows, _ indices: [Int]) {
    hypotheses = rows.hypotheses.elements(at: indices)
    references = rows.references.elements(at: indices)
  }

  package var count: Int { hypotheses.count }

  package func rows(at indices: [Int]) -> TextRows { TextRows(self, indices) }
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
