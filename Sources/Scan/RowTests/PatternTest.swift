internal import CKernels

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
    var matched =
      patterns.first?.matches(text, full: isFull) ?? [UInt8](repeating: isAll ? 1 : 0, count: text.ends.count)
    for pattern in patterns.dropFirst() {
      let more = pattern.matches(text, full: isFull)
      for entry in matched.indices {
        matched[entry] = isAll ? matched[entry] & more[entry] : matched[entry] | more[entry]
      }
    }
    spread(Self.verdicts(matched, text.ends, wanted: quantifier == .none ? 0 : 1), text, into: &verdicts)
  }

  /// A text that could not be matched is neither 0 nor 1, and so violates every test.
  private static func verdicts(_ matched: [UInt8], _ ends: [Int32], wanted: UInt8) -> [RowVerdict] {
    let (null, holds, violated) = (RowVerdict.null.rawValue, RowVerdict.holds.rawValue, RowVerdict.violated.rawValue)
    return [RowVerdict](unsafeUninitializedCapacity: ends.count) { verdicts, count in
      // Safe because: a verdict is one byte, its raw value, and there are as many of everything as ends.
      precondition(matched.count == ends.count)
      ck_judge_matches(matched, wanted, ends, ends.count, null, holds, violated, verdicts.baseAddress)
      count = ends.count
    }
  }
}
