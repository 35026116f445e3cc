import TestSupport
import Testing

@testable import Scan

@Suite struct FileSequenceTests {
  /// What is read of some files as one table: the columns, the rows with their file and line, the defects.
  private static func read(
    _ files: [(name: String, text: String)], threads: Int = 1
  ) async throws -> (columns: [String], rows: [[String?]], places: [[Int]], defects: [String]) {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.text, to: file.name) }
    let source = TableSource(
      files: files.map { TableFile(path: folder.path + "/" + $0.name, displayedAs: $0.name) }, named: "all")
    let reader = try source.open()
    let columns = reader.fields.map(\.name)
    var scanner = Scanner(reader, ScanResources(threads: threads))
    let summaries = try await scanner.scan([RowCollector.Specification(columns), DefectCount.Specification()])
    let collected = try #require(summaries[0] as? RowCollector)
    let defects = try #require(summaries[1] as? DefectCount)
    return (
      columns, collected.rows, collected.places.map { [$0.file, $0.number] },
      defects.first.map { "\($0.place.file): \($0.what)" }
    )
  }

  @Test(arguments: [1, 3])
  func filesFollowEachOther(threads: Int) async throws {
    let table = try await Self.read([("1.csv", "a,b\n1,x\n2,y\n"), ("2.csv", "b,a\nz,3\n")], threads: threads)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [["1", "x"], ["2", "y"], ["3", "z"]])
    #expect(table.places == [[0, 2], [0, 3], [1, 2]])
    #expect(table.defects.isEmpty)
  }

  @Test func whatDiffersIsADefectOfItsFile() async throws {
    let table = try await Self.read([("1.csv", "a,b\n1,x\n"), ("2.csv", "a,c\n2,y\n")])
    #expect(table.rows == [["1", "x"], ["2", nil]])
    #expect(table.defects == ["1: no column \"b\", which 1.csv has", "1: a column \"c\", which 1.csv has not"])
  }

  /// Also of a file that has no rows to tell it with.
  @Test func whatDiffersIsToldOfAFileWithoutRows() async throws {
    for names in [["1.csv", "2.csv", "3.csv"], ["1.csv", "3.csv", "2.csv"]] {
      let texts = ["1.csv": "a,b\n1,x\n", "2.csv": "a,c\n", "3.csv": "a,b\n"]
      let table = try await Self.read(names.map { ($0, texts[$0] ?? "") })
      let index = names.firstIndex(of: "2.csv") ?? 0
      #expect(table.rows == [["1", "x"]])
      #expect(
        table.defects == [
          "\(index): no column \"b\", which 1.csv has", "\(index): a column \"c\", which 1.csv has not",
        ])
    }
  }

  /// The folder's value is told where the file has another, and of the same nothing.
  @Test func aFolderThatContradictsItsFileIsADefect() async throws {
    let agreed = try await Self.read([("k=1/x.csv", "k,a\n1,x\n01,y\n"), ("k=a%20b/x.csv", "k,a\na b,z\n")])
    #expect(agreed.columns == ["k", "a"] && agreed.defects.isEmpty)
    #expect(agreed.rows == [["1", "x"], ["01", "y"], ["a b", "z"]])
    let table = try await Self.read([
      ("k=1/x.csv", "k,a\n1,x\n9,y\n8,y\n"), ("k=2/x.csv", "a,k\nz,2\n"),
      ("k=__HIVE_DEFAULT_PARTITION__/x.csv", "a,k\n,\nz,3\n"), ("k=3/x.csv", "a,k\nz,\n"),
    ])
    #expect(table.columns == ["k", "a"])
    #expect(table.rows.map(\.[0]) == ["1", "9", "8", "2", nil, "3", nil])
    #expect(
      table.defects == [
        "0: \"k\" is \"9\" in the file, whose folder is k=1",
        "2: \"k\" is \"3\" in the file, whose folder is k=__HIVE_DEFAULT_PARTITION__",
        "3: \"k\" is no value in the file, whose folder is k=3",
      ])
  }

  @Test func foldersOfKeysAreColumns() async throws {
    let table = try await Self.read([
      ("year=2013/m=1/x.csv", "a\n1\n"), ("year=2014/m=__HIVE_DEFAULT_PARTITION__/x.csv", "a\n2\n"),
      ("year=a%2Fb/m=3/x.csv", "a\n3\n"),
    ])
    #expect(table.columns == ["a", "year", "m"])
    #expect(table.rows == [["1", "2013", "1"], ["2", "2014", nil], ["3", "a/b", "3"]])
  }

  /// A file outside of the folders is none of the table, whichever comes first.
  @Test func aFileOutsideOfTheFoldersDiffers() async throws {
    let (stray, part) = (("x.csv", "a\n1\n"), ("k=1/x.csv", "a\n2\n"))
    for (files, place) in [([stray, part], 0), ([part, stray], 1)] {
      let table = try await Self.read(files)
      #expect(table.columns == ["a", "k"])
      #expect(Set(table.rows) == [["1", nil], ["2", "1"]])
      #expect(table.defects == ["\(place): no column \"k\", which k=1/x.csv has"])
    }
  }

  /// A key that is absent is null, in all rows of a file as in one of them.
  @Test func keysOfJSONLinesAreThoseOfAllFiles() async throws {
    let table = try await Self.read([
      ("1.jsonl", "{\"a\": 1}\n{\"a\": 2}\n"), ("2.jsonl", "{\"b\": \"x\"}\n"), ("3.jsonl", "{\"b\": 4, \"a\": 3}\n"),
    ])
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [["1", nil], ["2", nil], [nil, "x"], ["3", "4"]])
    #expect(table.defects.isEmpty)
  }

  @Test func formatsThatTypeDifferentlyDiffer() async throws {
    let table = try await Self.read([("1.csv", "a\n1\n"), ("2.jsonl", "{\"a\": 2}\n")])
    #expect(table.defects == ["1: \"a\" is a JSON value, in 1.csv it is untyped text"])
    #expect(table.rows == [["1"], [nil]])
  }
}

/// Keeps every row with its place.
struct RowCollector: Aggregate {
  let columns: [String]
  private(set) var rows: [[String?]] = []
  private(set) var places: [RowPlace] = []

  struct Specification: AggregateSpecification {
    let columns: [String]
    init(_ columns: [String]) { self.columns = columns }
    var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    var empty: RowCollector { RowCollector(columns: columns) }
  }

  init(columns: [String]) { self.columns = columns }

  mutating func update(_ batch: Batch) {
    for row in 0..<batch.rowCount {
      rows.append(columns.map { batch.display($0, row: row) })
      places.append(batch.place(row))
    }
  }
  mutating func merge(_ other: RowCollector) {
    rows += other.rows
    places += other.places
  }
  mutating func move(after origin: RowPlace) { places = places.map { $0.moved(after: origin) } }
}
