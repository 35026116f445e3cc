import FoundationEssentials
import TestSupport
import Testing

@testable import Scan

/// The laws that make an aggregate one: how a table is cut into parts and batches changes nothing.
@Suite struct AggregateLawTests {
  @Test(arguments: AggregateCase.all)
  func mergingPartsIsComputingTheWhole(aggregate: AggregateCase) async throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<150 {
      let rows = Int.random(in: 0...90, using: &generator)
      let table = AggregateCase.table(rows: rows, &generator)
      let whole = try await aggregate.summary([table.batches(of: 2048)])
      let cuts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in Int.random(in: 0...rows, using: &generator) }
      let borders = [0] + cuts.sorted() + [rows]
      let parts = zip(borders, borders.dropFirst()).map { table.batches(of: 7, in: $0..<$1) }
      #expect(try await aggregate.summary(parts) == whole, "rows \(rows), cut at \(borders)")
    }
  }

  @Test(arguments: AggregateCase.all)
  func mergingIsAssociative(aggregate: AggregateCase) async throws {
    // The right-hand side is merged first by giving it as one part: only files in order are ever merged.
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<50 {
      let table = AggregateCase.table(rows: 60, &generator)
      let thirds = [0..<20, 20..<40, 40..<60].map { table.batches(of: 64, in: $0) }
      #expect(try await aggregate.summary(thirds) == aggregate.summary([thirds[0], thirds[1] + thirds[2]]))
      #expect(try await aggregate.summary([[]] + thirds + [[]]) == aggregate.summary(thirds))
    }
  }

  @Test(arguments: AggregateCase.all, [1, 2, 63, 64, 65, 2048])
  func theSizeOfBatchesDoesNotMatter(aggregate: AggregateCase, size: Int) async throws {
    var generator = SeededGenerator(seed: 13)
    let table = AggregateCase.table(rows: 2500, &generator)
    #expect(try await aggregate.summary([table.batches(of: size)]) == aggregate.summary([table.batches(of: 2500)]))
  }

  @Test(arguments: AggregateCase.all)
  func theNumberOfThreadsDoesNotMatter(aggregate: AggregateCase) async throws {
    var generator = SeededGenerator(seed: 17)
    let table = AggregateCase.table(rows: 3000, &generator)
    let expected = try await aggregate.scan(table.csv, 1)
    for threads in [2, 5] { #expect(try await aggregate.scan(table.csv, threads) == expected) }
  }

  /// A new aggregate or row test that is not held to the laws fails here.
  @Test(arguments: [("Aggregates", "struct Specification: "), ("RowTests", ": RowTest {")])
  func everyOneIsListed(folder: String, mark: String) async throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Scan/" + folder)
    var found = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: sources.path()) {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      guard text.contains(mark), !file.hasPrefix("Aggregate.") else { continue }
      let name = String(file.dropLast(".swift".count))
      found += 1
      #expect(name == "Violations" || AggregateCase.all.contains { $0.name.hasPrefix(name) }, "\(name) is not listed")
    }
    #expect(found > 3)
  }
}
