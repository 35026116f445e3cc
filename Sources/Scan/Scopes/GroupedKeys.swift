/// An aggregate of the keys of each group of a scope: the group stands behind every key, so that the keys of all groups
/// share one memory, and are looked through together.
///
/// The same as a `ScopedAggregate` of the keys, whatever the number of groups. Of a group only counts are held.
struct GroupedKeys<Base: KeyedSpecification>: Aggregate, GroupedResults {
  struct Specification: ScopedSpecification {
    var base: Base
    var scope: RowScope

    fileprivate var records: KeyRecord { base.isFolded ? .groupCounted : .row }

    var readings: [ColumnReading] { scope.readings + base.readings }
    var growsWithData: Bool { true }
    var empty: GroupedKeys { GroupedKeys(specification: self) }
    var partColumns: [String] { [] }
  }

  /// What makes an aggregate of keys in a scope: where there are no groups, no key needs one.
  static func specification(_ base: Base, in scope: RowScope) -> any AggregateSpecification {
    scope.groups.isEmpty
      ? ScopedAggregate.Specification(base, in: scope) : Specification(base: base, scope: scope)
  }

  private let specification: Specification
  private var parts: [RowGroup: Base.Result] = [:]
  private var notes: NotedKeys
  private(set) var unselected = 0
  private(set) var excess: GroupExcess?
  /// Where the rows of all groups stand that are looked for, when that is asked for.
  private(set) var places = RowSet()

  private init(specification: Specification) {
    self.specification = specification
    notes = NotedKeys(of: specification.records)
  }

  var groups: [RowGroup] { parts.keys.sorted() }

  func result(of group: RowGroup) -> any Aggregate { parts[group] ?? specification.base.empty }

  mutating func update(_ batch: Batch) {
    guard excess == nil, batch.rowCount > 0 else { return }
    let (base, scoped) = (specification.base, batch.rows(of: specification.scope))
    guard scoped.groups.count <= RowScope.groupLimit else {
      excess = .count
      return letGo()
    }
    let columns = KeyColumn.columns(base.columns, batch, base.form)
    let companions = KeyColumn.columns(base.companions, batch, base.form)
    var records = BatchKeys()
    for (group, rows) in zip(scoped.groups, scoped.rows) {
      let keys = BatchKeys(columns, rows, base.form, beside: companions)
      keys.append(in: group, isFolded: base.isFolded, to: &records)
      parts[group, default: base.empty].count(rows: rows.count, keys: keys.rows.count)
    }
    unselected += scoped.unselected
    notes.note(
      .scattered(
        KeySegment(
          keys: records.bytes, ends: records.ends, rows: records.rows, batch: batch, of: specification.records)))
    limitGroups()
  }

  mutating func prepare(_ resources: ScanResources) { notes.prepare(resources) }
  mutating func move(after origin: RowPlace) { notes.move(after: origin) }

  mutating func merge(_ other: GroupedKeys) throws(ScanError) {
    unselected += other.unselected
    excess = excess ?? other.excess
    let empty = specification.base.empty
    for (group, part) in other.parts { try parts[group, default: empty].merge(part) }
    limitGroups()
    if excess == nil { try notes.merge(other.notes) }
  }

  mutating func finish() async throws(ScanError) {
    guard let keys = notes.take(), excess == nil else { return }
    let found = try await specification.base.find(in: keys, threads: notes.resources.threads)
    places = found.places
    for (group, finding) in found.groups { parts[RowGroup(bytes: group)]?.take(finding) }
  }

  private mutating func limitGroups() {
    if excess == nil, parts.count > RowScope.groupLimit { excess = .count }
    if excess != nil { letGo() }
  }

  mutating func giveUp(beyond memory: Int) {
    excess = excess ?? .memory(groups: parts.count, limit: memory)
    letGo()
  }

  private mutating func letGo() {
    parts = [:]
    notes = NotedKeys(of: specification.records)
  }
}

extension GroupedKeys: PlacedViolations where Base.Result: PlacedViolations {}
