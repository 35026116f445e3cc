internal import Statistics

/// The share of texts that equal a reference.
package enum ExactMatch {
  package static let page = MetricPage(
    "exact_match", aliases: ["em"], better: .higher, range: 0...1,
    what: "The share of texts that equal one of their references.",
    why: "Where only the right answer counts: numbers, names, code, labels.",
    fix: "Look at the newly wrong answers; when only their form changed, set normalise: true.")

  static let text = MetricDefinition<TextRows>(page, [Words.normalise]) { arguments in
    let isNormalised = arguments.flag(Words.normalise)
    let hits: @Sendable (TextRows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
      let isHit = zip(rows.hypotheses, rows.references).map { text, references in
        references.contains {
          isNormalised
            ? Words.normalised(text) == Words.normalised($0)
            : text.unicodeScalars.elementsEqual($0.unicodeScalars)
        }
      }
      return RowHits(isCounted: [Bool](repeating: true, count: rows.count), isHit: isHit, weights: nil)
    }
    return .init(.proportion(hits)) { rows throws(Undefined) in Double(try hits(rows).hits) / Double(rows.count) }
  }
}
