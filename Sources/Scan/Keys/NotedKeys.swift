/// The keys of all rows on their way into partitions: those of a chunk batch by batch, those of all chunks once merged.
struct NotedKeys: Sendable {
  private let records: KeyRecord
  /// The keys of one chunk, batch by batch.
  private var noted: [BatchKeys.Noted] = []
  /// The keys of all chunks that were merged.
  private var partitions: KeyPartitions?
  private(set) var resources = ScanResources()

  init(of records: KeyRecord = .key) { self.records = records }

  /// Notes the keys of the batch that comes next.
  mutating func note(_ keys: BatchKeys.Noted) { noted.append(keys) }

  mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  mutating func move(after origin: RowPlace) {
    for index in noted.indices { noted[index].move(after: origin) }
  }

  mutating func merge(_ other: NotedKeys) throws(ScanError) {
    // Taken out, so that it is changed where it is and not copied.
    var whole =
      partitions ?? KeyPartitions(limit: resources.memory, folder: resources.temporaryFolder, of: records)
    partitions = nil
    for keys in noted { try whole.append(keys) }
    for keys in other.noted { try whole.append(keys) }
    noted = []
    partitions = whole
  }

  /// All keys, which are kept here no longer; nil when nothing was merged.
  mutating func take() -> KeyPartitions? {
    defer { partitions = nil }
    return partitions
  }
}
