/// How many rows have a key that another table lacks. Exact, at any size.
///
/// A row with a null in any key column has no key. Equal keys and memory are as `LookupKeys` says. O(rows) time.
package struct ForeignKeys: KeyedAggregate, PlacedViolations {
  private let specification: Specification
  /// The counts with the first rows whose key the other table lacks. Complete once the scan has ended.
  package private(set) var summary = ViolationSummary()
  /// Where the rows stand whose key the other table lacks, when that is asked for. Complete once the scan has ended.
  package private(set) var places = RowSet()
  /// The keys, when they cannot be looked up at once.
  private var notes = NotedKeys()

  package struct Specification: KeyedSpecification {
    package var columns: [String]
    /// The other table.
    package var table: String
    let lookup: LookupKeys
    /// Whether the places of all rows whose key is not there are asked for, too.
    var keepsPlaces = false

    package init(_ columns: [String], in lookup: LookupKeys, of table: String) {
      self.columns = columns
      self.table = table
      self.lookup = lookup
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: ForeignKeys { ForeignKeys(specification: self) }
    package var growsWithData: Bool { lookup.set == nil }

    package func scoped(to scope: RowScope) -> any AggregateSpecification {
      growsWithData ? GroupedKeys.specification(self, in: scope) : ScopedAggregate.Specification(self, in: scope)
    }

    var form: BatchKeys.Form {
      let types = zip(columns, lookup.columns).compactMap { column, other in lookup.types[other].map { (column, $0) } }
      return BatchKeys.Form(joinsTypes: true, types: Dictionary(types, uniquingKeysWith: { first, _ in first }))
    }

    func find(in keys: KeyPartitions, threads: Int) async throws(ScanError) -> KeyFindings {
      try await keys.missing(from: lookup.partitions, threads: threads, keepingPlaces: keepsPlaces)
    }

    // The columns of a table have the same keys whenever it is read in one run.
    private var identity: [[String]] { [columns, lookup.columns, [table]] }
    package static func == (a: Self, b: Self) -> Bool {
      a.identity == b.identity && a.lookup.types == b.lookup.types && a.keepsPlaces == b.keepsPlaces
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(identity) }
  }

  private init(specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    if let set = lookup.set {
      let keys = BatchKeys(specification.columns, batch, specification.form)
      count(rows: batch.rowCount, keys: keys.rows.count)
      look(up: keys, in: set, batch)
    } else {
      let (keys, count) = BatchKeys.noted(specification.columns, batch, specification.form)
      self.count(rows: batch.rowCount, keys: count)
      notes.note(keys)
    }
  }

  private mutating func look(up keys: BatchKeys, in set: KeySet, _ batch: Batch) {
    let bytes = keys.bytes.span
    var start: Int32 = 0
    var missing: [Range<Int32>] = []
    for (index, end) in keys.ends.enumerated() {
      let range = start..<end
      let key = bytes.extracting(Int(start)..<Int(end))
      start = end
      guard !set.contains(key) else { continue }
      summary.violating += 1
      missing.append(range)
      guard summary.first.count < ViolationSummary.sampleLimit else { continue }
      summary.first.append(row([UInt8](key), at: batch.place(Int(keys.rows[index]))))
    }
    summary.values.add(missing, of: keys.bytes, columns: specification.columns.count)
  }

  private func row(_ key: [UInt8], at place: RowPlace) -> ViolatingRow {
    ViolatingRow(place: place, values: BatchKeys.values(of: key, count: specification.columns.count))
  }

  package mutating func prepare(_ resources: ScanResources) { notes.prepare(resources) }

  package mutating func move(after origin: RowPlace) {
    notes.move(after: origin)
    for index in summary.first.indices { summary.first[index].place = summary.first[index].place.moved(after: origin) }
  }

  package mutating func merge(_ other: ForeignKeys) throws(ScanError) {
    summary.merge(other.summary)
    if specification.growsWithData { try notes.merge(other.notes) }
  }

  package mutating func finish() async throws(ScanError) {
    guard let keys = notes.take() else { return }
    let found = try await specification.find(in: keys, threads: notes.resources.threads)
    places = found.places
    take(found.whole)
  }

  mutating func count(rows: Int, keys: Int) { summary.count(rows: rows, present: keys) }

  mutating func take(_ finding: KeyFinding) {
    summary.violating = finding.rows.count
    summary.values = ViolatingValues(finding.frequent, of: finding.keys) {
      BatchKeys.values(of: $0, count: specification.columns.count)
    }
    summary.first = finding.rows.first.map { row($0.row.key, at: $0.place) }
  }

  /// The keys that the other table has; not a single one when it has no rows.
  package var lookup: LookupKeys { specification.lookup }
}

extension KeyPartitions {
  /// The keys that others lack.
  fileprivate func missing(
    from others: KeyPartitions?, threads: Int, keepingPlaces keepsPlaces: Bool
  ) async throws(ScanError) -> KeyFindings {
    var settled = self
    try settled.settle()
    let (whole, share) = (settled, share / threads)
    return try await .inPartitions(threads: threads) { prefix, found throws(ScanError) in
      var set = KeySet(limit: share)
      try others?.forEach(with: prefix) { key, _ throws(ScanError) in set.insert(key) }
      guard !set.hasOutgrown else { return false }
      var (part, missing) = (KeyFindings(), CountedKeys(limit: share))
      try whole.forEach(with: prefix) { record, place throws(ScanError) in
        let key = record.extracting(whole.records.key(record))
        guard !set.contains(key) else { return }
        missing.count(record.extracting(whole.records.identity(record)))
        part.add(
          FoundKey(key: [UInt8](key)), at: place, in: [UInt8](record.extracting(whole.records.rest(record))))
        if keepsPlaces { part.places.insert(place) }
      }
      guard !missing.hasOutgrown else { return false }
      missing.forEach { record, rows in
        let group = [UInt8](record.extracting(whole.records.rest(record)))
        part.change(group) {
          $0.keys += 1
          $0.frequent.note([UInt8](record.extracting(whole.records.key(record))), rows: rows)
        }
      }
      found.merge(part)
      try found.places.checkMemory(whole.share)
      return true
    }
  }
}
