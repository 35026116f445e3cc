import FoundationEssentials
import TestSupport
import Testing

@testable import Scan

/// A table in memory says what its file says, and changes as it is told.
@Suite struct MemoryTableTests {
  private static let files: [String] = ["arrow-file", "arrow-stream", "parquet", "jsonlines", "csv"].flatMap {
    Repository.files(below: "Tests/Fuzzing/Corpus/" + $0)
  }.sorted()

  private static func source(_ path: String) -> TableSource {
    TableSource(path: Repository.root + "/" + path, displayedAs: path)
  }

  private func digests(_ reader: any TableReader) async throws -> [ColumnDigest] {
    let specifications = reader.fields.map { ColumnDigest.Specification($0.name) }
    var scanner = Scanner(reader)
    return try await scanner.scan(specifications).compactMap { $0 as? ColumnDigest }
  }

  /// The digests of all columns, which tell values, nulls and their order, over every format and stored type.
  @Test(arguments: files)
  func saysWhatTheFileSays(path: String) async throws {
    let source = Self.source(path)
    guard let reader = try? source.open(), let expected = try? await digests(reader) else { return }
    let (table, isWhole) = try MemoryTable.beginning(of: source, rows: 100_000, cells: 10_000_000)
    #expect(isWhole)
    #expect(table.fields == reader.fields)
    let found = try await digests(table.reader(like: source))
    #expect(found.map(\.value) == expected.map(\.value))
    #expect(found.map(\.nulls) == expected.map(\.nulls))
    #expect(found.map(\.rows) == expected.map(\.rows))
  }

  @Test func thereAreFilesOfEveryFormat() { #expect(Self.files.count > 60) }

  private func table(_ csv: String, rows: Int = 1000) throws -> (table: MemoryTable, isWhole: Bool) {
    let folder = try TemporaryFolder()
    let path = try folder.write(csv, to: "t.csv")
    return try MemoryTable.beginning(of: TableSource(path: path, displayedAs: "t.csv"), rows: rows, cells: 1_000_000)
  }

  private func texts(_ table: MemoryTable, _ column: String) -> [String?] {
    (0..<table.rowCount).map { table.text($0, column) }
  }

  @Test(arguments: [(1, false), (2, false), (3, true), (4, true)])
  func takesTheFirstRows(rows: Int, isWhole: Bool) throws {
    let found = try table("a,b\n1,x\n2,y\n3,\n", rows: rows)
    #expect(found.isWhole == isWhole)
    #expect(texts(found.table, "a") == Array(["1", "2", "3"].prefix(rows)))
    #expect(texts(found.table, "b") == Array(["x", "y", nil].prefix(rows)))
  }

  @Test func rowsAndValuesChange() throws {
    var table = try table("a,b\n1,x\n2,y\n3,\n").table
    table.repeatRow(1, times: 2)
    #expect(texts(table, "a") == ["1", "2", "3", "2", "2"])
    // A repeated row is a row of its own.
    table.set("a", [(row: 3, text: "7"), (row: 0, text: nil)])
    #expect(texts(table, "a") == [nil, "2", "3", "7", "2"])
    table.swapRows(0, 4)
    table.dropRows([1])
    #expect(texts(table, "a") == ["2", "3", "7", nil])
    #expect(texts(table, "b") == ["y", nil, "y", "x"])
    table.addColumn("c", copying: "a")
    table.renameColumn("b", to: "d")
    table.swapColumns("a", "d")
    #expect(table.fields.map(\.name) == ["d", "a", "c"])
    table.dropColumn("a")
    #expect(texts(table, "c") == ["2", "3", "7", nil])
    #expect(texts(table, "a") == [nil, nil, nil, nil])
  }

  /// A value that a column has no place for: first doubles, then text.
  @Test func aColumnIsStoredAnewWhereItMustBe() {
    var table = MemoryTable(fields: [Field("n", .integer(bits: 32, isSigned: true))])
    var batch = Batch()
    batch.rowCount = 2
    batch.stored = [.integers(Column(values: [5, 0], states: [CellState.valid.rawValue, CellState.null.rawValue]))]
    table.append(batch, atMost: 2)
    table.set("n", [(row: 1, text: "7")])
    #expect(table.fields[0].type == .integer(bits: 32, isSigned: true))
    table.set("n", [(row: 1, text: "7.5")])
    #expect(table.fields[0].type == .float(bits: 64))
    #expect(texts(table, "n").map { $0.flatMap(Double.init) } == [5, 7.5])
    table.set("n", [(row: 0, text: "x")])
    #expect(table.fields[0].type == .text)
    #expect(texts(table, "n") == ["x", "7.5"])
  }

  /// The text of every value of every corpus file is one that its type takes back.
  @Test(arguments: files.filter { $0.contains("arrow-file") })
  func readsItsOwnTexts(path: String) throws {
    guard let (table, _) = try? MemoryTable.beginning(of: Self.source(path), rows: 200, cells: 100_000) else { return }
    for field in table.fields {
      switch field.type {
      // Bytes are shown by their digits, durations with their unit; the fourth decimal of a half is no text of it.
      case .binary, .duration, .timestamp, .null: continue
      default: break
      }
      for row in 0..<table.rowCount {
        guard let text = table.text(row, field.name), let cell = Cell(text, in: field.type) else { continue }
        var copy = table
        copy.set(field.name, [(row: row, text: text)])
        #expect(copy.fields == table.fields)
        #expect(copy.text(row, field.name) == text, "\(path) \(field.name) \(cell)")
      }
    }
  }
}
