package import Scan
package import Verdict

/// A check that every value lies within limits: what differs between them is which limits there are.
package protocol ValueLimitCheck: ValueCheck, Violable {
  /// The limits; nil where there is none.
  var range: (low: ValueLimit?, high: ValueLimit?) { get }
}

extension ValueLimitCheck {
  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    try ValueLimit.test(range.low, range.high, on: column)
  }
}
