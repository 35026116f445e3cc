/// The different keys of a table, in which the rows of another one are looked up.
///
/// Values are compared by the type that the rules declare, and without one as text, with numbers and times in their
/// shortest form, so that a 1 of a CSV file, of an integer and of a floating-point column are the same (`BatchKeys`).
/// When the keys fit into half of the memory they are one set, in which every row is looked up where it is read: whole
/// numbers that grow from row to row as ranges, whatever their number where none is left out. Otherwise they stay cut
/// into partitions, which are compared one by one at the end.
package struct LookupKeys: Aggregate {
  private let specification: Specification
  package var columns: [String] { specification.columns }
  /// The declared types of the columns, by which texts are compared.
  var types: [String: ValueType] { specification.types }
  package private(set) var rows = 0
  /// How many rows have a key: all but those that lack a value in one of the columns.
  package private(set) var keys = 0
  private var notes = NotedKeys()
  /// The keys, once all are known, when they are too many for a set.
  private(set) var partitions: KeyPartitions?
  /// The keys, once all are known, when they are few enough.
  private(set) var set: KeySet?

  package struct Specification: AggregateSpecification {
    package var columns: [String]

    /// The declared types of columns, by which texts are compared.
    package var types: [String: ValueType]

    package init(_ columns: [String], as types: [String: ValueType] = [:]) {
      self.columns = columns
      self.types = types
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: LookupKeys { LookupKeys(specification: self) }
    package var growsWithData: Bool { true }
  }

  private init(specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let (keys, count) = BatchKeys.noted(columns, batch, BatchKeys.Form(joinsTypes: true, types: types)) {
      $0.distinct
    }
    rows += batch.rowCount
    self.keys += count
    notes.note(keys)
  }

  package mutating func prepare(_ resources: ScanResources) { notes.prepare(resources) }
  package mutating func move(after origin: RowPlace) { notes.move(after: origin) }

  package mutating func merge(_ other: LookupKeys) throws(ScanError) {
    rows += other.rows
    keys += other.keys
    try notes.merge(other.notes)
  }

  package mutating func finish() async throws(ScanError) {
    guard var whole = notes.take() else { return }
    let limit = notes.resources.memory / 2
    if let ranges = whole.ranges(limit: limit) {
      set = KeySet(ranges)
      return
    }
    try whole.settle()
    var set = KeySet(limit: limit)
    for partition in 0..<KeySegment.partitions where !set.hasOutgrown {
      try whole.forEach(with: HashPrefix(partition: partition)) { key, _ throws(ScanError) in set.insert(key) }
    }
    if set.fitsExactly { self.set = set } else { partitions = whole }
  }
}
