/// What methods ask of their samples before they compute.
enum Sample {
  /// Throws when a value is NaN or infinite.
  static func requireFinite(_ values: [Double]) throws(Undefined) {
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
  }

  /// Throws when there are fewer than so many values, or one is not finite.
  static func require(_ values: [Double], atLeast needed: Int = 1) throws(Undefined) {
    guard values.count >= needed else { throw .tooFew("values", needed: needed, got: values.count) }
    try requireFinite(values)
  }

  /// Throws when paired samples differ in length, are shorter than needed or hold a value that is not finite.
  static func requirePairs(_ first: [Double], _ second: [Double], atLeast needed: Int = 1) throws(Undefined) {
    guard first.count == second.count else { throw .lengthsDiffer(first.count, second.count) }
    try require(first, atLeast: needed)
    try requireFinite(second)
  }

  /// Throws when a probability that must lie strictly between 0 and 1 does not.
  static func requireShare(_ share: Double, _ name: String) throws(Undefined) {
    guard share > 0, share < 1 else { throw .outsideDomain("\(name) must be between 0 and 1") }
  }
}
