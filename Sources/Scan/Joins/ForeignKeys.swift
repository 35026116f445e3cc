/// How many rows have a key that another table lacks. Exact, at any size.
///
/// A row with a null in any key column has no key. Equal keys and memory are as `LookupKeys` says. O(rows) time.
package struct ForeignKeys: Aggregate {
  private let specification: Specification
  private var counts = ViolationSummary()
  /// The keys of one chunk, batch by batch, when they cannot be looked up at once.
  private var noted: [BatchKeys.Noted] = []
  /// The keys of all chunks that were merged.
  private var partitions: KeyPartitions?
  private var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    package var columns: [String]
    /// The other table.
    package var table: String
    fileprivate let lookup: LookupKeys

    package init(_ columns: [String], in lookup: LookupKeys, of table: String) {
      self.columns = columns
      self.table = table
      self.lookup = lookup
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: ForeignKeys { ForeignKeys(specification: self) }
    package var growsWithData: Bool { lookup.set == nil }

    fileprivate var set: KeySet? { lookup.set }
    fileprivate var others: KeyPartitions? { lookup.partitions }

    // The columns of a table have the same keys whenever it is read in one run.
    private var identity: [[String]] { [columns, lookup.columns, [table]] }
    package static func == (a: Self, b: Self) -> Bool { a.identity == b.identity }
    package func hash(into hasher: inout Hasher) { hasher.combine(identity) }
  }

  private init(specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    counts.rows += batch.rowCount
    let evaluated: Int
    if let set = specification.set {
      let keys = BatchKeys(specification.columns, batch, .joined)
      evaluated = keys.rows.count
      look(up: keys, in: set, batch)
    } else {
      let (keys, count) = BatchKeys.noted(specification.columns, batch, .joined)
      evaluated = count
      noted.append(keys)
    }
    counts.evaluated += evaluated
    counts.nulls += batch.rowCount - evaluated
  }

  private mutating func look(up keys: BatchKeys, in set: KeySet, _ batch: Batch) {
    let bytes = keys.bytes.span
    var start = 0
    for (index, end) in keys.ends.enumerated() {
      let key = bytes.extracting(start..<Int(end))
      start = Int(end)
      guard !set.contains(key) else { continue }
      counts.violating += 1
      guard counts.first.count < ViolationSummary.sampleLimit else { continue }
      counts.first.append(row([UInt8](key), at: batch.place(Int(keys.rows[index]))))
    }
  }

  private func row(_ key: [UInt8], at place: RowPlace) -> ViolatingRow {
    ViolatingRow(place: place, values: BatchKeys.values(of: key, count: specification.columns.count))
  }

  package mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  package mutating func move(after origin: RowPlace) {
    for index in noted.indices { noted[index].move(after: origin) }
    for index in counts.first.indices { counts.first[index].place = counts.first[index].place.moved(after: origin) }
  }

  package mutating func merge(_ other: ForeignKeys) throws(ScanError) {
    counts.merge(other.counts)
    guard specification.set == nil else { return }
    // Taken out, so that it is changed where it is and not copied.
    var whole = partitions ?? KeyPartitions(limit: resources.memory, folder: resources.temporaryFolder)
    partitions = nil
    for keys in noted { try whole.append(keys) }
    for keys in other.noted { try whole.append(keys) }
    noted = []
    partitions = whole
  }

  package mutating func finish() async throws(ScanError) {
    guard let whole = partitions else { return }
    partitions = nil
    let missing = try await whole.missing(from: specification.others, threads: resources.threads)
    counts.violating = missing.count
    counts.first = missing.first.map { row($0.row, at: $0.place) }
  }

  /// The keys that the other table has; not a single one when it has no rows.
  package var lookup: LookupKeys { specification.lookup }

  /// The counts with the first rows whose key the other table lacks. Complete once the scan has ended.
  package var summary: ViolationSummary { counts }
}

extension KeyPartitions {
  /// The keys that others lack.
  fileprivate func missing(
    from others: KeyPartitions?, threads: Int
  ) async throws(ScanError) -> FirstRows<[UInt8]> {
    var settled = self
    try settled.settle()
    let (whole, share) = (settled, share / threads)
    return try await .inPartitions(threads: threads) { prefix, found throws(ScanError) in
      var set = KeySet(limit: share)
      try others?.forEach(with: prefix) { key, _ throws(ScanError) in set.insert(key) }
      guard !set.hasOutgrown else { return false }
      try whole.forEach(with: prefix) { key, place throws(ScanError) in
        if !set.contains(key) { found.add(at: place, [UInt8](key)) }
      }
      return true
    }
  }
}
