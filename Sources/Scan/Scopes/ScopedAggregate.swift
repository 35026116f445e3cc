/// An aggregate of a part of a table, or of each of its groups: the same for all that there are.
package struct ScopedAggregate<Base: AggregateSpecification>: Aggregate, GroupedResults {
  package struct Specification: ScopedSpecification {
    package var base: Base
    package var scope: RowScope

    package init(_ base: Base, in scope: RowScope) {
      self.base = base
      self.scope = scope
    }

    package var readings: [ColumnReading] { scope.readings + base.readings.map(\.byRow) }
    package var growsWithData: Bool { base.growsWithData }
    package var growsWithGroups: Bool { !scope.groups.isEmpty }
    package var empty: ScopedAggregate { ScopedAggregate(self) }
    var partColumns: [String] { base.readings.map(\.column) }

    package func summary(from statistics: ChunkStatistics) -> ScopedAggregate? {
      guard scope.groups.isEmpty else { return nil }
      let truths = scope.condition?.truths(by: statistics) ?? [.yes]
      var whole = empty
      if !truths.contains(.yes) {
        whole.unselected = statistics.rowCount
        return whole
      }
      guard truths == [.yes], let part = base.summary(from: statistics) else { return nil }
      whole.parts[RowGroup()] = part
      return whole
    }
  }

  private let specification: Specification
  private var parts: [RowGroup: Base.Result] = [:]
  package private(set) var unselected = 0
  package private(set) var excess: GroupExcess?
  /// What the groups take that were merged.
  package private(set) var footprint = 0
  private var resources = ScanResources()

  private init(_ specification: Specification) {
    self.specification = specification
    if specification.scope.groups.isEmpty { parts[RowGroup()] = specification.base.empty }
  }

  package var groups: [RowGroup] { parts.keys.sorted() }

  package func result(of group: RowGroup) -> any Aggregate { parts[group] ?? specification.base.empty }

  package mutating func update(_ batch: Batch) {
    guard excess == nil else { return }
    let rows = batch.rows(of: specification.scope)
    unselected += rows.unselected
    guard rows.groups.count <= RowScope.groupLimit else {
      excess = .count
      return letGo()
    }
    let empty = specification.base.empty
    for (group, part) in zip(rows.groups, rows.parts) { parts[group, default: empty].update(part) }
    limitGroups()
  }

  package mutating func prepare(_ resources: ScanResources) {
    self.resources = resources
    for group in Array(parts.keys) { parts[group]?.prepare(resources) }
  }

  package mutating func move(after origin: RowPlace) {
    for group in Array(parts.keys) { parts[group]?.move(after: origin) }
  }

  package mutating func merge(_ other: ScopedAggregate) throws(ScanError) {
    unselected += other.unselected
    excess = excess ?? other.excess
    guard excess == nil else { return letGo() }
    for (group, result) in other.parts {
      if let index = parts.index(forKey: group) {
        // In place: what is taken out and put back is hashed twice.
        footprint -= parts.values[index].footprint
        try parts.values[index].merge(result)
        footprint += parts.values[index].footprint
      } else {
        var part = specification.base.empty
        part.prepare(resources)
        try part.merge(result)
        footprint += Self.room + group.footprint + part.footprint
        parts[group] = part
      }
    }
    limitGroups()
  }

  package mutating func finish() async throws(ScanError) {
    for group in groups { try await parts[group]?.finish() }
  }

  package mutating func giveUp(beyond memory: Int) {
    excess = excess ?? .memory(groups: parts.count, limit: memory)
    letGo()
  }

  private mutating func limitGroups() {
    guard parts.count > RowScope.groupLimit else { return }
    excess = excess ?? .count
    letGo()
  }

  private mutating func letGo() { (parts, footprint) = ([:], 0) }

  /// What a group takes in the table of all groups, a third of which is free.
  private static var room: Int { (MemoryLayout<RowGroup>.stride + MemoryLayout<Base.Result>.stride) * 3 / 2 }
}

/// What an aggregate has for each group of a scope, whatever it is an aggregate of.
package protocol GroupedResults: Sendable {
  /// The groups in the order of their values.
  var groups: [RowGroup] { get }
  /// How many rows the condition leaves out.
  var unselected: Int { get }
  /// Why it has no groups although there are some: those that it had were not all.
  var excess: GroupExcess? { get }
  /// The aggregate of no rows when there is no such group.
  func result(of group: RowGroup) -> any Aggregate
  /// Lets go of all groups, which take more than this memory, in bytes.
  mutating func giveUp(beyond memory: Int)
}
