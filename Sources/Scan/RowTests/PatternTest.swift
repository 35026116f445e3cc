/// Every value matches all, any or none of some patterns: as a whole, or anywhere in it.
package struct PatternTest: RowTest {
  /// How many of the patterns a value matches.
  package enum Quantifier: Sendable {
    case all, any, none
  }

  package var column: String
  package var quantifier: Quantifier
  package var patterns: [Pattern]
  /// Whether a pattern covers the whole value.
  package var isFull: Bool

  package init(_ column: String, _ quantifier: Quantifier = .all, of patterns: [Pattern], full: Bool = true) {
    self.column = column
    self.quantifier = quantifier
    self.patterns = patterns
    self.isFull = full
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    let text = batch.texts(column)
    // Matches all of them, or any.
    let isAll = quantifier == .all
    var matched = [UInt8](repeating: isAll ? 1 : 0, count: text.ends.count)
    for pattern in patterns {
      let more = pattern.matches(text, full: isFull)
      for entry in matched.indices {
        matched[entry] = isAll ? matched[entry] & more[entry] : matched[entry] | more[entry]
      }
    }
    // A text that could not be matched is neither, and so violates every test.
    let wanted: UInt8 = quantifier == .none ? 0 : 1
    let entries = zip(text.ends, matched).map { end, matched in
      end < 0 ? RowVerdict.null : matched == wanted ? .holds : .violated
    }
    spread(entries, text, into: &verdicts)
  }
}
