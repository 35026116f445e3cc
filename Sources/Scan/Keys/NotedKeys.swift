/// The keys of all rows on their way into partitions: those of a chunk batch by batch, those of all chunks once merged.
///
/// A chunk of a few bytes may have keys of very many, where a long text stands in every row and once in the file: what
/// goes beyond a chunk's share of the memory is written to a file without a name.
struct NotedKeys: Sendable {
  /// The keys of one batch.
  private struct Noted {
    var keys: BatchKeys.Noted
    /// Where in the file the bytes of a segment are; nil as long as it holds them.
    var spilled: Range<Int>?
  }

  private let records: KeyRecord
  /// The keys of one chunk, batch by batch.
  private var noted: [Noted] = []
  private var held = 0
  private var file: SpillFile?
  private var fileEnd = 0
  private var problem: ScanError?
  /// The keys of all chunks that were merged.
  private var partitions: KeyPartitions?
  private(set) var resources = ScanResources()

  init(of records: KeyRecord = .key) { self.records = records }

  /// Several chunks are on their way at a time.
  private var share: Int { max(1 << 20, resources.memory / 6) }

  /// Notes the keys of the batch that comes next.
  mutating func note(_ keys: BatchKeys.Noted) {
    guard problem == nil else { return }
    noted.append(Noted(keys: keys))
    if case .scattered(let segment) = keys { held += segment.footprint }
    guard held > share else { return }
    do throws(ScanError) { try spill() } catch { problem = error }
  }

  private mutating func spill() throws(ScanError) {
    let target: SpillFile
    if let file { target = file } else { target = try SpillFile(in: resources.temporaryFolder) }
    file = target
    for index in noted.indices where noted[index].spilled == nil {
      guard case .scattered(let segment) = noted[index].keys else { continue }
      try target.write(segment.bytes, at: fileEnd)
      noted[index] = Noted(
        keys: .scattered(segment.holding([])), spilled: fileEnd..<fileEnd + segment.bytes.count)
      fileEnd += segment.bytes.count
    }
    held = 0
  }

  mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  mutating func move(after origin: RowPlace) {
    for index in noted.indices { noted[index].keys.move(after: origin) }
  }

  mutating func merge(_ other: NotedKeys) throws(ScanError) {
    // Taken out, so that it is changed where it is and not copied.
    var whole =
      partitions ?? KeyPartitions(limit: resources.memory, folder: resources.temporaryFolder, of: records)
    partitions = nil
    try hand(to: &whole)
    try other.hand(to: &whole)
    (noted, file) = ([], nil)
    partitions = whole
  }

  private func hand(to whole: inout KeyPartitions) throws(ScanError) {
    if let problem { throw problem }
    for noted in noted {
      guard let place = noted.spilled, let file, case .scattered(let segment) = noted.keys else {
        try whole.append(noted.keys)
        continue
      }
      try whole.append(.scattered(segment.holding(try file.read(place.lowerBound, place.count))))
    }
  }

  /// All keys, which are kept here no longer; nil when nothing was merged.
  mutating func take() -> KeyPartitions? {
    defer { partitions = nil }
    return partitions
  }
}
