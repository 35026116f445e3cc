/// Keys, cut by their hash into partitions that are looked through one by one: equal keys meet in one of them.
///
/// What goes beyond the memory limit is written to a file without a name, so keys of any number are compared exactly
/// with the memory of a few partitions.
struct KeyPartitions: Sendable {
  private var segments: [KeySegment] = []
  /// All keys, as long as each is greater than all before it.
  private var ascending: [AscendingKeys] = []
  /// For every partition where its runs lie in the file.
  private var runs = [[(offset: Int, count: Int)]](repeating: [], count: KeySegment.partitions)
  private let limit: Int
  private let folder: String
  let records: KeyRecord
  private var file: SpillFile?
  private var fileEnd = 0
  private var held = 0
  /// What the keys that are held may take, and later the tables in which they are looked up. The rest is for what comes
  /// between: arrays that grow, runs on their way to the file and back.
  var share: Int { limit / 3 }

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int, folder: String, of records: KeyRecord = .key) {
    self.limit = limit
    self.folder = folder
    self.records = records
  }

  /// Takes in the keys of a batch that comes later.
  mutating func append(_ keys: BatchKeys.Noted) throws(ScanError) {
    switch keys {
    case .ascending(let keys): try append(keys)
    case .scattered(let segment):
      try scatter()
      try append(segment)
    }
  }

  private mutating func append(_ keys: AscendingKeys) throws(ScanError) {
    let isNext = ascending.last.map { $0.last < keys.first } ?? (segments.isEmpty && fileEnd == 0)
    guard isNext, held + keys.footprint <= share else {
      try scatter()
      return try keys.forEachSegment(of: records) { segment throws(ScanError) in try append(segment) }
    }
    if !ascending.isEmpty, ascending[ascending.count - 1].join(keys) { return }
    ascending.append(keys)
    held += keys.footprint
  }

  /// Makes the keys that grew ready to be looked up, because others come that may repeat them.
  private mutating func scatter() throws(ScanError) {
    guard !ascending.isEmpty else { return }
    let keys = ascending
    ascending = []
    held = 0
    for keys in keys { try keys.forEachSegment(of: records) { segment throws(ScanError) in try append(segment) } }
  }

  private mutating func append(_ segment: KeySegment) throws(ScanError) {
    segments.append(segment)
    held += segment.footprint
    if held > share { try spill() }
  }

  private mutating func spill() throws(ScanError) {
    let target: SpillFile
    if let file { target = file } else { target = try SpillFile(in: folder) }
    file = target
    for partition in runs.indices {
      var run = KeyRun()
      for segment in segments {
        try segment.forEach(in: partition) { key, place throws(ScanError) in run.append(key, at: place) }
      }
      guard !run.bytes.isEmpty else { continue }
      try target.write(run.bytes, at: fileEnd)
      runs[partition].append((fileEnd, run.bytes.count))
      fileEnd += run.bytes.count
    }
    segments = []
    held = 0
  }

  /// Whether every key is greater than all before it.
  var isAscending: Bool { !ascending.isEmpty }

  /// The keys as ranges of whole numbers, as long as they grow; nil when they do not, or when their ranges take more
  /// than some bytes.
  func ranges(limit: Int) -> IntegerRanges? {
    guard isAscending else { return nil }
    var ranges = IntegerRanges()
    for keys in ascending {
      guard
        keys.forEachRange({ range in
          ranges.append(range)
          return ranges.footprint <= limit
        })
      else { return nil }
    }
    return ranges
  }

  /// Makes all keys ready to be looked through, and most of the memory free for that.
  mutating func settle() throws(ScanError) {
    try scatter()
    // Where most keys are on disk, the memory is for looking them up.
    if file != nil { try spill() }
  }

  /// Calls `body` with the records of the keys whose hash begins so, in the order of their rows. Only keys that are
  /// settled are seen.
  func forEach(
    with prefix: HashPrefix, _ body: (Span<UInt8>, RowPlace) throws(ScanError) -> Void
  ) throws(ScanError) {
    try forEach(in: prefix.partition) { record, place throws(ScanError) in
      if prefix.isPartition || prefix.contains(records.hash(record)) { try body(record, place) }
    }
  }

  private func forEach(
    in partition: Int, _ body: (Span<UInt8>, RowPlace) throws(ScanError) -> Void
  ) throws(ScanError) {
    for (offset, count) in runs[partition] {
      // A run is one partition's share of what the memory held.
      guard let file else { continue }
      try KeyRun(bytes: try file.read(offset, count)).forEach(body)
    }
    for segment in segments { try segment.forEach(in: partition, body) }
  }
}
