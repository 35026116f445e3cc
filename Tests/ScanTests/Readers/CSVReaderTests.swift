import Testing

@testable import Scan

@Suite struct CSVReaderTests {
  private static func read(_ text: String, _ dialect: CSVDialect = CSVDialect()) throws -> PlainTable {
    try PlainTable(reading: Array(text.utf8), dialect)
  }

  private static func error(_ bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), chunk: Int = 1 << 20) -> ScanError?
  {
    do {
      _ = try PlainTable(reading: bytes, dialect, chunk: chunk)
      return nil
    } catch {
      return error
    }
  }

  /// The examples of RFC 4180, section 2.
  @Test(
    arguments: [
      ("h,i,j\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("h,i,j\r\naaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("h,i,j\r\n\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("h,i,j\r\n\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("h,i,j\r\n\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]),
      ("h,i,j\r\n a , b,c \r\n", [[" a ", " b", "c "]]),
    ] as [(String, [[String]])])
  func readsWhatTheStandardShows(text: String, rows: [[String]]) throws {
    let table = try Self.read(text)
    #expect(table.columns == ["h", "i", "j"])
    #expect(table.rows == rows)
    #expect(table.defects.isEmpty)
  }

  /// Wherever it stands, a NUL byte is told in the same words, with its line.
  @Test(arguments: [0, 1, 70_000, 300_000])
  func aNULByteIsNoText(rows: Int) throws {
    let rows = String(repeating: "1,x\n", count: rows)
    for tail in ["2,z\0\n3,w\n", "\0", "2,\"\0\"\n", "2\0,z"] {
      let error = try #require(Self.error(Array(("a,b\n" + rows + tail).utf8), chunk: 1 << 16))
      let line = rows.utf8.count / 4 + 2
      #expect(
        error.message == "table.csv:\(line): a NUL byte, which stands in no text: the file is binary, or damaged",
        "\(error.message)")
      #expect(error.kind == .malformed)
    }
  }

  @Test func anEmptyFieldIsNullAndAnEmptyTextIsNot() throws {
    #expect(try Self.read("a,b\n,\"\"\n").rows == [[nil, ""]])
  }

  @Test func nullValuesAreUnquoted() throws {
    let table = try Self.read("a,b\nNA,\"NA\"\nN/A,NAN\n", CSVDialect(nullValues: ["NA", "N/A"]))
    #expect(table.rows == [[nil, "NA"], [nil, "NAN"]])
  }

  /// But where there is one column, of which they are the nulls.
  @Test(arguments: [
    "a,b\n1,2\n\r", "a,b\n1,2\n\r\n", "a,b\n1,2\r\r\r", "a,b\n1,2\n\n\r\n\r", "\r\na,b\n\n1,2",
  ])
  func blankLinesAreNoRecords(text: String) throws {
    let table = try Self.read(text)
    #expect(table.rows == [["1", "2"]])
    #expect(table.defects.isEmpty)
  }

  @Test func raggedRecordsAreDefectsWithTheirLines() throws {
    let table = try Self.read("a,b\n1,2\n3\n4,5,6\n\"x\ny\",7\n8\n")
    #expect(table.lines == [2, 5])
    #expect(
      table.defects == [
        RecordDefect(line: 3, what: "1 field instead of 2"), RecordDefect(line: 4, what: "3 fields instead of 2"),
        RecordDefect(line: 7, what: "1 field instead of 2"),
      ])
  }

  /// A record is a row or a defect, never both.
  @Test func textAfterAQuoteIsOneDefectAndNoRow() throws {
    let table = try Self.read("a,b\n1,2\n\"3\"x,4\n\"5\"x\n")
    #expect(table.rows == [["1", "2"]])
    #expect(table.defects.map(\.line) == [3, 4])
  }

  /// Whatever columns are asked for, a record with a broken byte is no row: its other values may be as wrong.
  @Test(arguments: [[], ["a"], ["b"], ["a", "b"]])
  func brokenTextIsADefectWhateverIsRead(columns: [String]) throws {
    let bytes = Array("a,b\n1,x\n2,".utf8) + [0xE9] + Array("\n3,y\n".utf8)
    var reader = try CSVReader(MemorySource(bytes))
    let places = columns.compactMap(reader.columns.firstIndex)
    let chunk = try #require(try reader.nextChunk(of: places))
    var batch = Batch()
    try chunk.decode(into: &batch) { _ in }
    #expect(batch.rowCount == 2)
    #expect(batch.stored.count == columns.count)
    #expect(batch.lines == [1, 3])
    #expect(batch.defects == [RecordDefect(line: 2, what: "bytes that are not UTF-8")])
  }

  @Test func aHeaderThatIsNotTextIsAnErrorThatNamesTheRemedy() {
    let error = Self.error(Array("a,caf".utf8) + [0xE9] + Array("\n1,2\n".utf8))
    #expect(error?.message == "table.csv:1: the header has bytes that are not UTF-8")
    #expect(error?.hint?.contains("encoding") == true)
  }

  /// As DuckDB and Polars write the nulls of a table of one column.
  @Test(
    arguments: [
      ("a\n1\n\n2\n", ["1", nil, "2"]), ("a\r\n1\r\n\r\n2", ["1", nil, "2"]), ("a\n1\n\n", ["1", nil]),
      ("a\n\n1\n\n\n", [nil, "1", nil, nil]), ("a\n\"\"\n\n\"x\"\n", ["", nil, "x"]), ("\n\na\n1\n", ["1"]),
      ("a\n", []),
    ] as [(String, [String?])])
  func aBlankLineIsANullInATableOfOneColumn(text: String, values: [String?]) throws {
    let table = try Self.read(text)
    #expect(table.rows == values.map { [$0] } && table.defects.isEmpty)
  }

  @Test func aFileWithoutHeaderMayBeginWithANull() throws {
    let table = try Self.read("\n1\n\n2\n", CSVDialect(hasHeader: false))
    #expect(table.rows == [[nil], ["1"], [nil], ["2"]])
    #expect(table.lines == [1, 2, 3, 4])
    #expect(try Self.read("\n1,x\n\n2,y\n", CSVDialect(hasHeader: false)).lines == [2, 4])
  }

  @Test func aFileWithoutHeaderNumbersItsColumns() throws {
    let table = try Self.read("\"x\"\"y\",2\n3,4\n", CSVDialect(hasHeader: false))
    #expect(table.columns == ["column_1", "column_2"])
    #expect(table.rows == [["x\"y", "2"], ["3", "4"]])
    #expect(table.lines == [1, 2])
  }

  @Test func namesAreTheColumnsOfAFileWithoutHeader() throws {
    let dialect = CSVDialect(hasHeader: false, names: ["a", "b", "c"])
    let table = try Self.read("1,2\n3,4,5\n", dialect)
    #expect(table.columns == ["a", "b", "c"])
    #expect(table.rows == [["3", "4", "5"]])
    #expect(table.defects.map(\.line) == [1])
  }

  @Test(arguments: ["a,b", "a,b\n", "a,b\r\n\r\n", "\u{FEFF}a,b"])
  func aHeaderAloneIsATableWithoutRows(text: String) throws {
    let table = try Self.read(text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows.isEmpty && table.defects.isEmpty)
  }

  @Test(arguments: [("", "is empty"), ("\u{FEFF}", "blank lines"), ("\n\r\n\r", "blank lines")] as [(String, String)])
  func nothingIsNoTable(text: String, message: String) {
    let error = Self.error(Array(text.utf8))
    #expect(error?.kind == .malformed)
    #expect(error?.message.contains(message) == true)
  }

  @Test(
    arguments: [
      ("a\n\"1\n2\n3", 2), ("a\n1\n\n\"", 4), ("\"a", 1), ("a,b\n\"x\ny\",\"z\nw", 3), ("a\r\"", 2),
    ] as [(String, Int)])
  func anUnclosedQuoteIsNamedByItsOwnLine(text: String, line: Int) {
    let error = Self.error(Array(text.utf8), chunk: 3)
    #expect(error?.kind == .malformed)
    #expect(error?.message == "table.csv:\(line): the quote that opens a field here is never closed")
  }

  @Test func aRecordOverTheLimitEndsTheScan() {
    let dialect = CSVDialect(maximumRecordBytes: 1000)
    let open = Self.error(Array("a\n1\n\"".utf8) + [UInt8](repeating: 120, count: 10_000), dialect, chunk: 64)
    #expect(open?.kind == .limit)
    #expect(open?.message.contains("table.csv:3") == true)
    #expect(open?.hint?.contains("quote") == true)
    let long = Self.error(Array("a\n1\n".utf8) + [UInt8](repeating: 120, count: 10_000), dialect, chunk: 64)
    #expect(long?.kind == .limit)
    #expect(long?.hint?.contains("CSV") == true)
  }

  @Test func aLineOfManyKilobytesIsNoHeader() {
    let name = [UInt8](repeating: 120, count: 1 << 16)
    #expect(Self.error(Array("a,".utf8) + name + Array("\n1,2\n".utf8)) == nil)
    let error = Self.error(Array("a,".utf8) + name + Array("x\n1,2\n".utf8))
    #expect(error?.kind == .limit)
    #expect(error?.message == "table.csv:1: the name of column 2 is longer than 64 KiB")
  }

  @Test func aHundredThousandColumns() throws {
    let header = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<100_000).map(String.init).joined(separator: ",")
    var reader = try CSVReader(MemorySource(Array("\(header)\n\(row)\n".utf8)))
    #expect(reader.columns.count == 100_000)
    var batch = Batch()
    let chunk = try #require(try reader.nextChunk(of: [99_999]))
    try chunk.decode(into: &batch) { _ in }
    #expect(batch.text(0, 0) == "99999")
  }

  /// A file of nothing but defects is read in batches too, so that its defects need no memory for all of it.
  @Test func defectsAloneFillNoMemory() throws {
    var reader = try CSVReader(
      MemorySource(Array(("a,b\n" + String(repeating: "x\n", count: 50_000)).utf8)), blockBytes: 1024)
    var batch = Batch()
    var (defects, largest) = (0, 0)
    while let chunk = try reader.nextChunk(of: []) {
      try chunk.decode(into: &batch) { batch in
        defects += batch.defects.count
        largest = max(largest, batch.defects.count)
      }
    }
    #expect(defects == 50_000)
    #expect(largest < 2_000)
  }

  /// A pipe gives its bytes in small pieces; the whole must stay linear. Quadratic rescanning would take minutes here.
  @Test(.timeLimit(.minutes(1)))
  func aLongRecordInSmallPiecesIsReadInLinearTime() throws {
    let bytes = Array("a\n\"".utf8) + [UInt8](repeating: 10, count: 8 << 20) + Array("\"\n".utf8)
    let table = try PlainTable(reading: bytes, piece: 64)
    #expect(table.rows.first?.first??.utf8.count == 8 << 20)
  }

  @Test func aMarkInPiecesIsStillAMark() throws {
    #expect(try PlainTable(reading: Array("\u{FEFF}id\n1\n".utf8), chunk: 1, piece: 1).columns == ["id"])
  }

  @Test func recordsOfASmallFileAreTexts() throws {
    let records = try CSVReader.records(of: MemorySource(Array("a,b\n1,\n".utf8)))
    #expect(records == [["a", "b"], ["1", ""]])
    #expect {
      try CSVReader.records(of: MemorySource(Array("a,b\n1,2\n3\n".utf8)))
    } throws: {
      ($0 as? ScanError)?.message == "memory:3: 1 field instead of 2"
    }
  }
}
