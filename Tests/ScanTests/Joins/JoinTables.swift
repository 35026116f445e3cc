import TestSupport

@testable import Scan

/// Two tables whose keys meet here and there.
struct JoinTables {
  var here: TestTable
  var there: TestTable

  /// - Parameter count: about how many different keys there are.
  init(rows: Int, of count: Int, _ generator: inout SeededGenerator) {
    func column(_ rows: Int) -> [String?] {
      (0..<rows).map { _ in
        let number = Int.random(in: 0..<count, using: &generator)
        return Int.random(in: 0..<20, using: &generator) == 0 ? nil : number % 3 == 0 ? "\(number)" : "key \(number)"
      }
    }
    here = TestTable(columns: [("a", column(rows)), ("b", column(rows))])
    there = TestTable(columns: [("x", column(rows)), ("y", column(rows))])
  }

  /// How `there` looks to a join of `here` with it.
  func lookup(
    _ columns: [String], _ resources: ScanResources = ScanResources()
  ) async throws(ScanError) -> LookupKeys {
    try await LookupKeys.Specification(columns).summary(of: there.parts, resources)
  }

  func foreign(
    _ columns: [String], to targets: [String], _ resources: ScanResources = ScanResources()
  ) async throws(ScanError) -> ForeignKeys {
    let lookup = try await lookup(targets, resources)
    return try await ForeignKeys.Specification(columns, in: lookup, of: "there").summary(of: here.parts, resources)
  }
}

extension TestTable {
  /// The rows in chunks of some batches.
  var parts: [[Batch]] {
    let batches = batches(of: 100)
    return stride(from: 0, to: batches.count, by: 3).map { Array(batches[$0..<min($0 + 3, batches.count)]) }
  }

  func value(_ name: String, _ row: Int) -> String? { columns.first { $0.name == name }?.values[row] }

  /// The values of some columns of every row; nil where one of them is null.
  func keys(_ names: [String]) -> [[String]?] {
    let columns = names.compactMap { name in self.columns.first { $0.name == name }?.values }
    return (0..<rowCount).map { row in
      let values = columns.compactMap { $0[row] }
      return values.count == columns.count ? values : nil
    }
  }
}
