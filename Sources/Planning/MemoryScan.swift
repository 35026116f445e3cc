package import Scan

/// The backend for a table in memory: the same scan, without files.
package struct MemoryScan: Backend {
  private let table: MemoryTable
  private let source: TableSource
  private let resources: ScanResources

  /// - Parameter source: what the table is a part of, as whose values its own are read.
  package init(_ table: MemoryTable, of source: TableSource, _ resources: ScanResources = ScanResources()) {
    self.table = table
    self.source = source
    self.resources = resources
  }

  package mutating func fields() throws(ScanError) -> [Field] { table.fields }

  package var canReadAgain: Bool { true }

  package mutating func compute(_ plan: Plan) async throws(ScanError) -> Measurements {
    var scanner = Scanner(table.reader(like: source), resources)
    return Measurements(try await scanner.scan(plan.requirements))
  }
}
