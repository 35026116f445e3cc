extension KeyPartitions {
  /// The keys that repeat an earlier one. Partitions are looked through side by side.
  mutating func repeated(threads: Int, _ details: KeyDetails = []) async throws(ScanError) -> KeyFindings {
    // Keys that grow repeat none.
    if isAscending, !details.contains(.frequencies) { return KeyFindings() }
    try settle()
    let (whole, share) = (self, share / threads)
    return try await .inPartitions(threads: threads) { prefix, found throws(ScanError) in
      var search = RepeatSearch(limit: share, whole.records, details)
      try whole.forEach(with: prefix) { record, place throws(ScanError) in search.look(up: record, at: place) }
      guard !search.hasOutgrown else { return false }
      search.add(to: &found)
      try found.places.checkMemory(whole.share)
      return true
    }
  }
}

/// Looks up keys among those that came before in the same group.
private struct RepeatSearch {
  private var table = KeyTable()
  private var entries: [Entry] = []
  /// What the records of each group end with.
  private var groups = KeyTable()
  private var found: [Found] = []
  private var places = RowSet()
  private let records: KeyRecord
  private let details: KeyDetails
  private let limit: Int
  private(set) var hasOutgrown = false

  /// What is known of a key.
  private struct Entry {
    var first: RowPlace
    var rows: Int
    var group: Int32
  }

  /// What is found in a group.
  private struct Found {
    var repeated: [(key: Int, place: RowPlace)] = []
    var more = 0
    var keys = 0

    mutating func note(_ key: Int, at place: RowPlace) {
      if repeated.count < RepeatSearch.remembered { repeated.append((key, place)) } else { more += 1 }
    }

    /// Counts rows whose places are not known.
    ///
    /// - Parameter isFirst: whether no row was known to repeat the key before.
    mutating func add(further rows: Int, ofKey isFirst: Bool) {
      more += rows
      if isFirst { keys += 1 }
    }
  }

  /// As many repetitions of a group are remembered as anybody is shown.
  private static let remembered = ViolationSummary.sampleLimit

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int, _ records: KeyRecord, _ details: KeyDetails) {
    self.limit = limit
    self.records = records
    self.details = details
  }

  mutating func look(up record: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown else { return }
    let (index, isNew) = table.insert(record.extracting(records.identity(record)))
    // Of further rows in the batch only their number is known: those that are shown come before them.
    let further = records.further(record)
    if isNew {
      entries.append(Entry(first: place, rows: 1 + further, group: group(of: record)))
      found[Int(entries[index].group)].add(further: further, ofKey: further > 0)
      let held = table.footprint + entries.capacity * MemoryLayout<Entry>.stride
      hasOutgrown = table.count & 0xFFF == 0 && held > limit
      return
    }
    let group = Int(entries[index].group)
    found[group].note(index, at: place)
    found[group].add(further: further, ofKey: entries[index].rows == 1)
    entries[index].rows += 1 + further
    if details.contains(.places) { places.insert(place) }
  }

  private mutating func group(of record: Span<UInt8>) -> Int32 {
    if !records.hasRest, !found.isEmpty { return 0 }
    let (index, isNew) = groups.insert(record.extracting(records.hasRest ? records.rest(record) : 0..<0))
    if isNew { found.append(Found()) }
    return Int32(truncatingIfNeeded: index)
  }

  func add(to findings: inout KeyFindings) {
    findings.places.formUnion(places)
    for (index, found) in found.enumerated() {
      findings.change(Array(groups.key(index))) { finding in
        for (key, place) in found.repeated {
          finding.rows.add(at: place, FoundKey(key: self.key(key), first: entries[key].first))
        }
        finding.rows.add(further: found.more)
        finding.keys += found.keys
      }
    }
    noteFrequent(in: &findings)
    guard details.contains(.frequencies) else { return }
    var frequencies = [KeyFrequencies](repeating: KeyFrequencies(), count: found.count)
    for (index, entry) in entries.enumerated() {
      frequencies[Int(entry.group)].add(key(index), rows: entry.rows)
    }
    for (index, frequencies) in frequencies.enumerated() {
      findings.change(Array(groups.key(index))) { $0.frequencies.merge(frequencies) }
    }
  }

  private func noteFrequent(in findings: inout KeyFindings) {
    var frequent = [FrequentKeys](repeating: FrequentKeys(), count: found.count)
    for (index, entry) in entries.enumerated() where entry.rows > 1 {
      frequent[Int(entry.group)].note(key(index), rows: entry.rows)
    }
    for (index, frequent) in frequent.enumerated() {
      findings.change(Array(groups.key(index))) { $0.frequent.merge(frequent) }
    }
  }

  private func key(_ index: Int) -> [UInt8] {
    let identity = Array(table.key(index))
    // What tells keys apart is no whole record: where it begins with the key's length, that says where the key ends.
    return records.hasRest ? Array(identity[KeyRecord.row.key(identity.span)]) : identity
  }
}
