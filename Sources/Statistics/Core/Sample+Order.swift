extension Sample {
  /// Throws when there are fewer than so many values, or one has no place in an order: NaN. Infinities have one.
  static func requireOrdered(_ values: [Double], atLeast needed: Int = 1) throws(Undefined) {
    guard values.count >= needed else { throw .tooFew("values", needed: needed, got: values.count) }
    if let index = values.firstIndex(where: \.isNaN) { throw .notFinite(index: index) }
  }

  /// Sorted copies of two samples, with the demands of `requireOrdered`.
  static func sortedPair(
    _ x: [Double], _ y: [Double], atLeast needed: Int = 1
  ) throws(Undefined) -> (x: [Double], y: [Double]) {
    try requireOrdered(x, atLeast: needed)
    try requireOrdered(y, atLeast: needed)
    return (RadixSort.sorted(x), RadixSort.sorted(y))
  }
}
