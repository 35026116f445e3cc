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

  @Test(arguments: [1, 2, 5])
  func onePassAnswersEverySlot(threads: Int) async throws {
    // Longer than what is read at once, so that a second pass cannot live on what the first has left.
    let file = try File("a,b\n1,x\n2,\n1,y\nragged\n" + String(repeating: ",z\n", count: 500_000))
    var scan = NativeScan(TableSource(path: file.path, displayedAs: "table.csv"), ScanResources(threads: threads))
    #expect(try scan.fields().map(\.name) == ["a", "b"])
    var plan = Plan()
    let rows = plan.require(RowCount.Specification())
    let defects = plan.require(DefectCount.Specification())
    let keys = plan.require(DuplicateKeys.Specification(["a"]))
    let presence = plan.require(Violations.Specification(PresenceTest("b")))
    // A second pass opens the file again and finds the same.
    for _ in 0..<2 {
      let found = try await scan.compute(plan)
      #expect(found[rows].rows == 500_003)
      #expect(found[defects].first.map(\.place.number) == [5])
      #expect(found[keys].summary.violating == 1)
      #expect(found[presence].summary.first.map(\.place.number) == [3])
    }
  }

  @Test func theErrorNamesTheFileAsItIsDisplayed() {
    var scan = NativeScan(TableSource(path: "/nowhere/at/all.csv", displayedAs: "data/all.csv"))
    #expect {
      try scan.fields()
    } throws: { error in
      let error = error as? ScanError
      return error?.kind == .unreadable && error?.message == "data/all.csv does not exist"
    }
  }

  @Test(arguments: [1, 3])
  func aScanThatIsCancelledSaysSo(threads: Int) async throws {
    let file = try File("a\n1\n")
    let scan = NativeScan(TableSource(path: file.path, displayedAs: "a.csv"), ScanResources(threads: threads))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      var scan = scan
      _ = try await scan.compute(Plan())
    }
    await #expect {
      try await task.value
    } throws: {
      ($0 as? ScanError)?.kind == .cancelled
    }
  }

  @Test func aFolderIsNoTable() {
    var scan = NativeScan(TableSource(path: "/tmp", displayedAs: "tmp"))
    #expect {
      try scan.fields()
    } throws: {
      ($0 as? ScanError)?.message == "tmp is a folder, not a table"
    }
  }
}
