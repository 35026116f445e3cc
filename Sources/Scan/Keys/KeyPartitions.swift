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
  private var file: SpillFile?
  private var fileEnd = 0
  private var held = 0
  /// What the keys that are held may take, and later the tables in which they are looked up. The rest is for what comes
  /// between: arrays that grow, runs on their way to the file and back.
  private var share: Int { limit / 3 }

  /// - Parameter limit: the memory, in bytes, that the keys may take.
  init(limit: Int, folder: String) {
    self.limit = limit
    self.folder = folder
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
      return try keys.forEachSegment { segment throws(ScanError) in try append(segment) }
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
    for keys in keys {
      try keys.forEachSegment { segment throws(ScanError) in try append(segment) }
    }
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

  /// The keys that repeat an earlier one. Partitions are looked through side by side.
  mutating func repeated(threads: Int) async throws(ScanError) -> RepeatedKeys {
    if !ascending.isEmpty { return RepeatedKeys() }
    // Where most keys are on disk, the memory is for looking them up.
    if file != nil { try spill() }
    return try await settled(threads: threads)
  }

  private func settled(threads: Int) async throws(ScanError) -> RepeatedKeys {
    let share = self.share / threads
    let found = await withTaskGroup(of: Result<RepeatedKeys, ScanError>.self) { group in
      for lane in 0..<threads {
        group.addTask {
          Result { () throws(ScanError) in
            var found = RepeatedKeys()
            for partition in stride(from: lane, to: KeySegment.partitions, by: threads) {
              try look(through: partition, hashes: UInt64(partition), bits: 8, share) { found.add($0) }
            }
            return found
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var whole = RepeatedKeys()
    for result in found { whole.merge(try result.get()) }
    return whole
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

  /// Looks the keys of a partition whose hash begins with certain bits up among those that came before. When the
  /// different ones outgrow the memory, they are looked through in parts, cut by the next bits.
  private func look(
    through partition: Int, hashes prefix: UInt64, bits: Int, _ share: Int, _ body: (RepeatedKey) -> Void
  ) throws(ScanError) {
    var search = RepeatSearch(limit: share)
    try forEach(in: partition) { key, place throws(ScanError) in
      if bits == 8 || KeyHash.hash(key) >> UInt64(64 - bits) == prefix { search.look(up: key, at: place) }
    }
    guard search.hasOutgrown else { return search.forEachRepeated(body) }
    guard bits < 40 else {
      throw ScanError(.limit, "the keys do not fit into the memory limit", hint: "allow more with --max-memory")
    }
    for part in 0..<UInt64(16) {
      try look(through: partition, hashes: prefix << 4 | part, bits: bits + 4, share, body)
    }
  }
}

/// The keys that repeat an earlier one.
struct RepeatedKeys {
  /// The first of them in the order of their rows.
  private(set) var first: [RepeatedKey] = []
  /// How many there are.
  private(set) var count = 0
  /// How many different ones.
  private(set) var keys = 0

  mutating func add(_ repeated: RepeatedKey) {
    count += repeated.count
    keys += repeated.keys
    if first.count == ViolationSummary.sampleLimit {
      guard repeated.place < first[first.count - 1].place else { return }
      first.removeLast()
    }
    first.insert(repeated, at: first.firstIndex { $0.place > repeated.place } ?? first.count)
  }

  mutating func merge(_ other: RepeatedKeys) {
    let counted = (count + other.count, keys + other.keys)
    for repeated in other.first { add(repeated) }
    (count, keys) = counted
  }
}

/// A key that repeats an earlier one.
struct RepeatedKey {
  /// The key; empty for those that are only counted.
  var key: [UInt8]
  var first: RowPlace
  var place: RowPlace
  /// How many repetitions this one stands for.
  var count: Int
  /// How many different keys it is the first repetition of.
  var keys: Int
}

/// Looks up keys among those that came before.
private struct RepeatSearch {
  private var table = KeyTable()
  private var firsts: [RowPlace] = []
  private var isRepeated: [Bool] = []
  private var repeated: [(key: Int, place: RowPlace, isFirst: Bool)] = []
  private var more = (count: 0, keys: 0)
  private let limit: Int
  private(set) var hasOutgrown = false

  /// As many repetitions are remembered as anybody is shown.
  private static let remembered = ViolationSummary.sampleLimit

  init(limit: Int) { self.limit = limit }

  mutating func look(up key: Span<UInt8>, at place: RowPlace) {
    guard !hasOutgrown else { return }
    let (index, isNew) = table.insert(key)
    if isNew {
      firsts.append(place)
      isRepeated.append(false)
      hasOutgrown = table.count & 0xFFF == 0 && table.footprint + firsts.capacity * 9 > limit
      return
    }
    let isFirst = !isRepeated[index]
    isRepeated[index] = true
    if repeated.count < Self.remembered {
      repeated.append((index, place, isFirst))
    } else {
      more = (more.count + 1, more.keys + (isFirst ? 1 : 0))
    }
  }

  func forEachRepeated(_ body: (RepeatedKey) -> Void) {
    for (key, place, isFirst) in repeated {
      let bytes = Array(table.key(key))
      body(RepeatedKey(key: bytes, first: firsts[key], place: place, count: 1, keys: isFirst ? 1 : 0))
    }
    if more.count > 0 {
      let last = RowPlace(rawValue: .max)
      body(RepeatedKey(key: [], first: last, place: last, count: more.count, keys: more.keys))
    }
  }
}
