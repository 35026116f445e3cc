/// An aggregate of the keys of rows, which knows only when all are known what is to be said of them.
protocol KeyedAggregate: Aggregate {
  /// Counts rows.
  ///
  /// - Parameter keys: how many of them have a key.
  mutating func count(rows: Int, keys: Int)
  /// Takes what was found among all keys.
  mutating func take(_ finding: KeyFinding)
}

/// What makes such an aggregate, of a table or of each of its groups.
protocol KeyedSpecification: AggregateSpecification where Result: KeyedAggregate {
  /// The columns that make the key.
  var columns: [String] { get }
  /// The columns without whose values a row has no key, besides those that make it.
  var companions: [String] { get }
  var form: BatchKeys.Form { get }
  /// Whether equal keys of a batch may share a record: how many there are is asked for, and not where all of them stand.
  var isFolded: Bool { get }
  /// Looks through all keys.
  func find(in keys: KeyPartitions, threads: Int) async throws(ScanError) -> KeyFindings
}

extension KeyedSpecification {
  var companions: [String] { [] }
  var isFolded: Bool { false }
}
