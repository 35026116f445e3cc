/// The keys that a search finds among all, by the groups of their rows.
struct KeyFindings: PartitionFindings {
  /// What is found in each group, by what its records end with; where there are no groups that is nothing.
  private(set) var groups: [[UInt8]: KeyFinding] = [:]
  /// Where the rows that are looked for stand, in whatever group, when that is asked for.
  var places = RowSet()

  init() {}

  /// What is found when there are no groups.
  var whole: KeyFinding { groups[[]] ?? KeyFinding() }

  mutating func add(_ key: FoundKey, at place: RowPlace, in group: [UInt8]) {
    groups[group, default: KeyFinding()].rows.add(at: place, key)
  }

  mutating func change(_ group: [UInt8], _ change: (inout KeyFinding) -> Void) {
    change(&groups[group, default: KeyFinding()])
  }

  mutating func merge(_ other: KeyFindings) {
    places.formUnion(other.places)
    for (group, finding) in other.groups { change(group) { $0.merge(finding) } }
  }
}

/// What is found among the keys of a group.
struct KeyFinding: Sendable {
  /// The rows that are looked for.
  var rows = FirstRows<FoundKey>()
  /// How many different keys they have.
  var keys = 0
  /// How often all keys come, when that is asked for.
  var frequencies = KeyFrequencies()
  /// Which of them come most often.
  var frequent = FrequentKeys()

  mutating func merge(_ other: KeyFinding) {
    rows.merge(other.rows)
    keys += other.keys
    frequencies.merge(other.frequencies)
    frequent.merge(other.frequent)
  }
}

/// The key of a row that is found.
struct FoundKey: Sendable {
  var key: [UInt8]
  /// Where it came first, when an earlier row has it too.
  var first: RowPlace?
}

/// What a search for keys remembers beside the first rows that it finds.
struct KeyDetails: OptionSet, Hashable, Sendable {
  let rawValue: Int

  /// Where all of them stand.
  static let places = KeyDetails(rawValue: 1)
  /// How often every key comes.
  static let frequencies = KeyDetails(rawValue: 2)
}
