/// The keys whose hash begins with certain bits: a partition, or a part of one.
struct HashPrefix: Sendable {
  let partition: Int
  private let bits: UInt64
  private let count: Int

  /// More different keys than a process can hold do not share as many bits.
  private static let longest = 40

  init(partition: Int) { self.init(partition: partition, bits: UInt64(partition), count: 8) }

  private init(partition: Int, bits: UInt64, count: Int) {
    self.partition = partition
    self.bits = bits
    self.count = count
  }

  /// Whether these are all keys of the partition.
  var isPartition: Bool { count == 8 }

  /// Whether the hash of a key of the partition begins so.
  func contains(_ hash: UInt64) -> Bool { hash >> UInt64(64 - count) == bits }

  /// Lets `look` see the keys of the prefix. When it says that they outgrow the memory, it sees those of every longer
  /// prefix, one after another.
  func look(_ look: (HashPrefix) throws(ScanError) -> Bool) throws(ScanError) {
    if try look(self) { return }
    guard count < Self.longest else {
      throw ScanError(.limit, "the keys do not fit into the memory limit", hint: "allow more with --max-memory")
    }
    for part in 0..<UInt64(16) {
      try HashPrefix(partition: partition, bits: bits << 4 | part, count: count + 4).look(look)
    }
  }
}

/// What is found in some partitions, which are looked through by themselves.
protocol PartitionFindings: Sendable {
  init()
  mutating func merge(_ other: Self)
}

extension PartitionFindings {
  /// Looks through all partitions, side by side.
  ///
  /// - Parameter look: adds what it finds in the keys of a prefix; says false, and adds nothing, when they outgrow the
  ///   memory.
  static func inPartitions(
    threads: Int, _ look: @escaping @Sendable (HashPrefix, inout Self) throws(ScanError) -> Bool
  ) async throws(ScanError) -> Self {
    let found = await withTaskGroup(of: Result<Self, ScanError>.self) { group in
      for lane in 0..<threads {
        group.addTask {
          Result { () throws(ScanError) in
            var found = Self()
            for partition in stride(from: lane, to: KeySegment.partitions, by: threads) {
              try HashPrefix(partition: partition).look { prefix throws(ScanError) in try look(prefix, &found) }
            }
            return found
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var whole = Self()
    for result in found { whole.merge(try result.get()) }
    return whole
  }
}

extension FirstRows: PartitionFindings {}
