internal import Language
internal import Planning
internal import Scan

extension ColumnContext {
  /// Requires the counts of the column's values, and those of a second pass in case that the first leave a question
  /// open. Of groups all values are counted in one pass: sketches for each of them would take more memory.
  ///
  /// - Returns: What finds them among the measurements: the best there are, and whether no further pass can better them.
  func valueCounts(
    _ plan: inout Plan, isOpen: @escaping @Sendable (any CountedValues) -> Bool
  ) -> @Sendable (Measurements) -> (counts: any CountedValues, isComplete: Bool) {
    if plan.isGrouped {
      let keys = plan.require(DuplicateKeys.Specification.frequencies(of: [name], as: keyTypes))
      return { ($0[keys], true) }
    }
    let type = type?.value
    let brief = plan.require(ValueCounts.Specification(name, as: type))
    let full = plan.require(ValueCounts.Specification(name, as: type, limit: ValueCounts.fullLimit)) {
      isOpen($0[brief])
    }
    return { measurements in measurements[full].map { ($0, true) } ?? (measurements[brief], false) }
  }
}

extension ValueCounts {
  /// What helps where even a second pass decides nothing.
  static var advice: String {
    "the column has more different values than a second pass counts: a check of categories does not fit it"
  }
}
