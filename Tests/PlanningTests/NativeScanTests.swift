import Planning
import Scan
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct NativeScanTests {
  /// A file that is gone when the test ends.
  private final class File {
    let path: String

    init(_ text: String) throws {
      var template = Array("/tmp/cupel-planning-XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      try #require(descriptor >= 0)
      let bytes = Array(text.utf8)
      try #require(write(descriptor, bytes, bytes.count) == bytes.count)
      close(descriptor)
    }

    deinit { unlink(path) }
  }

  @Test func onePassAnswersEverySlot() throws {
    // Longer than what is read at once, so that a second pass cannot live on what the first has left.
    let file = try File("a,b\n1,x\n2,\n1,y\nragged\n" + String(repeating: ",z\n", count: 500_000))
    var scan = NativeScan(path: file.path, displayedAs: "table.csv", dialect: CSVDialect())
    #expect(try scan.columns() == ["a", "b"])
    var plan = Plan()
    let rows = plan.require(RowCount.Specification())
    let defects = plan.require(DefectCount.Specification())
    let keys = plan.require(DuplicateKeys.Specification(["a"]))
    let presence = plan.require(Violations.Specification(PresenceTest("b")))
    // A second pass opens the file again and finds the same.
    for _ in 0..<2 {
      let found = try scan.compute(plan) { false }
      #expect(found[rows].rows == 500_003)
      #expect(found[defects].first.map(\.line) == [5])
      #expect(found[keys].summary.violating == 1)
      #expect(found[presence].summary.first.map(\.line) == [3])
    }
  }

  @Test func theErrorNamesTheFileAsItIsDisplayed() {
    var scan = NativeScan(path: "/nowhere/at/all.csv", displayedAs: "data/all.csv", dialect: CSVDialect())
    #expect {
      try scan.columns()
    } throws: { error in
      let error = error as? ScanError
      return error?.kind == .unreadable && error?.message == "data/all.csv does not exist"
    }
  }

  @Test func aScanThatIsCancelledSaysSo() throws {
    let file = try File("a\n1\n")
    var scan = NativeScan(path: file.path, displayedAs: "a.csv", dialect: CSVDialect())
    #expect {
      try scan.compute(Plan()) { true }
    } throws: {
      ($0 as? ScanError)?.kind == .cancelled
    }
  }

  @Test func aFolderIsNoTable() {
    var scan = NativeScan(path: "/tmp", displayedAs: "tmp", dialect: CSVDialect())
    #expect {
      try scan.columns()
    } throws: {
      ($0 as? ScanError)?.message == "tmp is a folder, not a table"
    }
  }
}
