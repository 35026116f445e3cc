/// One pass over a table that summarises it in every required aggregate.
///
/// The chunks are handed out in order, decoded and summarised side by side, and merged in order: the result is the
/// same for every number of threads, because neither the chunks nor the order of the merges depends on it.
package struct Scanner {
  private var reader: any TableReader
  private let resources: ScanResources
  /// The groups that there may be can be counted in as many bytes, whatever the limit.
  private static let leastGroupMemory = 1 << 20
  /// So many summaries weigh more than the rows that they are of.
  private static let manySpecifications = 10_000

  package init(_ reader: any TableReader, _ resources: ScanResources = ScanResources()) {
    self.reader = reader
    self.resources = resources
  }

  /// Reads the table to its end; the aggregates come in the order of their specifications.
  ///
  /// A cancelled task ends the scan with a `cancelled` error.
  package mutating func scan(
    _ specifications: [any AggregateSpecification]
  ) async throws(ScanError) -> [any Aggregate] {
    var share = resources
    share.memory /= max(1, specifications.memoryShares)
    let work = ChunkWork(reader.name, reader.fields, specifications, share)
    var summary = work.beginning
    for index in summary.aggregates.indices { summary.aggregates[index].prepare(share) }
    summary.grouped = specifications.indices.filter { specifications[$0].growsWithGroups }
    summary.groupMemory = max(Self.leastGroupMemory, share.memory)
    summary.summaries = specifications.indices.filter { specifications[$0].beginsWithChunk }
    summary.summaryMemory = resources.memory
    summary.name = reader.name
    if resources.threads == 1 {
      var number = 0
      while let chunk = try reader.nextChunk(of: work.columns) {
        try summary.append(work.summarise(chunk, number))
        number += 1
      }
    } else {
      try await scanSideBySide(work, &summary)
    }
    for index in summary.aggregates.indices where summary.aggregates[index] is Awaited {
      summary.aggregates[index] = specifications[index].empty
    }
    for index in summary.aggregates.indices { try await summary.aggregates[index].finish() }
    return summary.aggregates
  }

  private mutating func scanSideBySide(_ work: ChunkWork, _ summary: inout ChunkSummary) async throws(ScanError) {
    // It moves: with a copy left behind, every aggregate would be copied when the first chunk is merged into it.
    var whole = ChunkSummary(aggregates: [])
    swap(&whole, &summary)
    var problem: ScanError?
    // A chunk that takes long holds up the merging, and must not hold up the others; but the summaries of very many
    // columns take more memory than the rows.
    let window = work.specifications.count > Self.manySpecifications ? resources.threads : 2 * resources.threads
    await withTaskGroup(of: (Int, Result<ChunkSummary, ScanError>).self) { group in
      var (handedOut, merged) = (0, 0)
      var waiting: [Int: Result<ChunkSummary, ScanError>] = [:]
      var ending: ScanError?
      do throws(ScanError) {
        // The next chunk is cut while the others are being decoded.
        var next = try reader.nextChunk(of: work.columns)
        while next != nil || merged < handedOut {
          while let chunk = next, handedOut - merged < window {
            let index = handedOut
            group.addTask { (index, work.summarise(chunk, index)) }
            handedOut += 1
            do throws(ScanError) {
              next = try reader.nextChunk(of: work.columns)
            } catch {
              // It is told when the chunks before have been merged, whose own errors come first.
              next = nil
              ending = error
            }
          }
          guard let (index, result) = await group.next() else { break }
          waiting[index] = result
          while let result = waiting.removeValue(forKey: merged) {
            try whole.append(result)
            merged += 1
          }
        }
        if let ending { throw ending }
      } catch {
        problem = error
        group.cancelAll()
      }
    }
    if let problem { throw problem }
    summary = whole
  }
}

/// What is done with each chunk: the plan of the scan in the reader's own terms.
private struct ChunkWork: Sendable {
  let name: String
  /// The indices in the table of the columns to decode.
  let columns: [Int]
  let layout: Batch
  /// What the specifications read, in the order in which it is made.
  let readings: [ColumnReading]
  /// The indices of what each of them reads.
  let needs: [[Int]]
  let specifications: [any AggregateSpecification]
  /// Which of the specifications share the rows of a scope.
  let scopes: [ScopeAggregates]
  /// Which are of all rows.
  let unscoped: [Int]
  /// Which hold more the more rows there are, and what each of them may take.
  let growing: [Int]
  let resources: ScanResources

  init(
    _ name: String, _ fields: [Field], _ specifications: [any AggregateSpecification], _ resources: ScanResources
  ) {
    self.name = name
    self.resources = resources
    growing = specifications.indices.filter { specifications[$0].growsWithData }
    self.specifications = specifications
    scopes = ScopeAggregates.all(in: specifications)
    unscoped = specifications.indices.filter { !(specifications[$0] is any ScopedSpecification) }
    let places = Dictionary(zip(fields.map(\.name), fields.indices), uniquingKeysWith: { first, _ in first })
    var layout = Batch()
    var columns: [Int] = []
    var readings = Set<ColumnReading>()
    for reading in specifications.flatMap(\.readings) {
      guard let place = places[reading.column] else { continue }
      if layout.slots[reading.column] == nil {
        layout.slots[reading.column] = columns.count
        columns.append(place)
        layout.fields.append(fields[place])
      }
      readings.insert(reading)
    }
    self.columns = columns
    self.layout = layout
    // What is counted is made of what is read row by row, where that is there.
    self.readings = readings.filter { !$0.isCounted } + readings.filter(\.isCounted)
    let indices = Dictionary(uniqueKeysWithValues: zip(self.readings, self.readings.indices))
    needs = specifications.map { $0.readings.compactMap { indices[$0] } }
  }

  /// What the chunks are merged into.
  var beginning: ChunkSummary {
    ChunkSummary(aggregates: specifications.map { $0.beginsWithChunk ? Awaited() : $0.empty })
  }

  var empty: ChunkSummary { ChunkSummary(aggregates: specifications.map { $0.empty }) }

  func summarise(_ chunk: any TableChunk, _ number: Int) -> Result<ChunkSummary, ScanError> {
    Result { () throws(ScanError) in try summary(of: chunk, number) }
  }

  private func summary(of chunk: any TableChunk, _ number: Int) throws(ScanError) -> ChunkSummary {
    var summary = empty
    for index in growing { summary.aggregates[index].prepare(resources) }
    var open = Array(specifications.indices)
    if let known = chunk.statistics { open = try unanswered(open, by: known, &summary) }
    var here = need(of: open)
    var batch = layout
    batch.chunk = number
    let omitting: (ChunkStatistics) throws(ScanError) -> Set<Int> = { known throws(ScanError) in
      let left = try unanswered(open, by: known, &summary)
      if left != here.specifications { here = need(of: left) }
      return here.omitted
    }
    try chunk.omitting(here.omitted).decode(into: &batch, omitting: omitting) { batch throws(ScanError) in
      if Task.isCancelled { throw ScanError(.cancelled, "the reading of \(name) was interrupted") }
      var left = here.specifications
      if let known = here.statistics.statistics(of: &batch) { left = try unanswered(left, by: known, &summary) }
      let parts = batch.parts
      if parts.count == 1 {
        update(left, with: &batch, in: &summary)
      } else {
        for rows in parts {
          var part = batch.part(rows)
          update(left, with: &part, in: &summary)
        }
      }
      summary.rows = batch.firstRow + batch.rowCount
      summary.lines = batch.lineCount
      batch.derived.removeAll(keepingCapacity: true)
      batch.counted.removeAll(keepingCapacity: true)
    }
    summary.file = chunk.file
    return summary
  }

  private func update(_ left: [Int], with batch: inout Batch, in summary: inout ChunkSummary) {
    var isLeft = [Bool](repeating: false, count: specifications.count)
    var isRead = [Bool](repeating: false, count: readings.count)
    for index in left {
      isLeft[index] = true
      for reading in needs[index] { isRead[reading] = true }
    }
    for index in readings.indices where isRead[index] { batch.derive(readings[index]) }
    for index in unscoped where isLeft[index] { summary.aggregates[index].update(batch) }
    for scope in scopes {
      // Those that have given up their groups need none of the rows.
      let scoped = scope.indices.filter {
        isLeft[$0] && (summary.aggregates[$0] as? any GroupedResults)?.excess == nil
      }
      guard !scoped.isEmpty else { continue }
      batch.scoped = scope.rows(of: batch)
      for index in scoped { summary.aggregates[index].update(batch) }
      batch.scoped = nil
    }
  }

  /// Takes what the statistics of some rows answer into the summary; returns the specifications for which the rows must
  /// be read.
  private func unanswered(
    _ open: [Int], by statistics: ChunkStatistics, _ summary: inout ChunkSummary
  ) throws(ScanError) -> [Int] {
    var left: [Int] = []
    for index in open {
      guard let answer = specifications[index].summary(from: statistics) else {
        left.append(index)
        continue
      }
      if statistics.isCounted { try summary.aggregates[index].append(answer) }
    }
    return left
  }

  /// What some of the specifications need of a chunk.
  private struct Need {
    var specifications: [Int]
    /// What is found out of each batch for them.
    var statistics: BatchStatistics
    /// The columns of the chunk of which they need nothing.
    var omitted: Set<Int>
  }

  private func need(of open: [Int]) -> Need {
    let needed = Set(open.flatMap { needs[$0] }.compactMap { layout.slots[readings[$0].column] })
    return Need(
      specifications: open, statistics: BatchStatistics(for: open.map { specifications[$0] }),
      omitted: Set(layout.fields.indices).subtracting(needed))
  }
}

/// Where the aggregate of the first chunk will stand.
private struct Awaited: Aggregate {
  mutating func update(_ batch: Batch) {}
  mutating func merge(_ other: Awaited) {}
}

/// The aggregates of some rows, and how far these rows reach.
private struct ChunkSummary: Sendable {
  var aggregates: [any Aggregate]
  /// The aggregates with a state for every group, and the memory for all of these together, in bytes.
  var grouped: [Int] = []
  var groupMemory = Int.max
  /// The summaries of single columns, and the memory for all of these together, in bytes.
  var summaries: [Int] = []
  var summaryMemory = Int.max
  /// The table, as messages name it.
  var name = ""
  var rows = 0
  var lines = 0
  var file = 0

  /// Takes in the chunk that follows, or ends with what is wrong with it.
  mutating func append(_ result: Result<ChunkSummary, ScanError>) throws(ScanError) {
    switch result {
    case .success(let next): try append(next)
    case .failure(let error): throw error.moved(byLines: lines)
    }
  }

  private mutating func append(_ next: ChunkSummary) throws(ScanError) {
    if next.file != file { (file, rows, lines) = (next.file, 0, 0) }
    // Places are counted from 1; a format without lines counts rows.
    let origin = RowPlace(file: file, number: (next.lines > 0 ? lines : rows) + 1, countsRows: next.lines == 0)
    for index in aggregates.indices {
      guard aggregates[index] is Awaited else {
        try aggregates[index].absorb(next.aggregates[index], after: origin)
        continue
      }
      // Not moved, which would be a copy: it remembers no places.
      aggregates[index] = next.aggregates[index]
    }
    rows += next.rows
    lines += next.lines
    limitGroups()
    try limitSummaries()
  }

  /// So many summaries of columns never take more memory than there is.
  private static let fewSummaries = 1000

  /// Ends the scan where the summaries of very many columns do not fit.
  private func limitSummaries() throws(ScanError) {
    guard summaries.count > Self.fewSummaries else { return }
    let held = summaries.reduce(0) { $0 + aggregates[$1].footprint }
    guard held > summaryMemory else { return }
    throw ScanError(
      .limit, "\(name): the summaries of its \(summaries.count) columns do not fit into the memory limit",
      hint: "look at fewer columns, or allow more with --max-memory")
  }

  /// Lets go of the groups of the aggregate that holds most, until those of the others fit.
  private mutating func limitGroups() {
    var held = grouped.map { aggregates[$0].footprint }
    while held.reduce(0, +) > groupMemory, let largest = held.indices.max(by: { held[$0] < held[$1] }) {
      aggregates[grouped[largest]].giveUp(beyond: groupMemory)
      held[largest] = 0
    }
  }
}

extension Aggregate {
  fileprivate mutating func giveUp(beyond memory: Int) {
    guard var groups = self as? any Aggregate & GroupedResults else { return }
    groups.giveUp(beyond: memory)
    if let smaller = groups as? Self { self = smaller }
  }

  /// Takes in the summary of the rows that follow, in place: the whole may be large.
  fileprivate mutating func absorb(_ next: any Aggregate, after origin: RowPlace) throws(ScanError) {
    guard var next = next as? Self else { preconditionFailure("two summaries of one scan differ in their plan") }
    next.move(after: origin)
    try merge(next)
  }

  /// Takes in the summary of rows that it remembers no place of.
  fileprivate mutating func append(_ next: any Aggregate) throws(ScanError) {
    guard let next = next as? Self else { preconditionFailure("two summaries of one scan differ in their plan") }
    try merge(next)
  }
}
