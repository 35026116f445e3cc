import Glibc
import TestSupport
import Testing

@testable import Scan

/// What is written to while it is read is an error, not a shorter table.
@Suite struct ChangingFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/t.csv" }
  private let size = 1 << 20

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("n\n" + String(repeating: "1\n", count: (1 << 20) / 2 - 1), to: "t.csv")
  }

  enum Change: CaseIterable { case shrinks, grows, isWrittenInPlace, becomesEmpty }

  private func apply(_ change: Change) throws {
    switch change {
    case .shrinks: #expect(truncate(path, off_t(size / 2)) == 0)
    case .becomesEmpty: #expect(truncate(path, 0) == 0)
    case .grows, .isWrittenInPlace:
      let file = try #require(fopen(path, change == .grows ? "a" : "r+"))
      fputs("2\n", file)
      fclose(file)
      // The clock of a file system may tick only every few milliseconds; this is a later moment in any case.
      var times = [timespec](repeating: timespec(tv_sec: 4_000_000_000, tv_nsec: 0), count: 2)
      #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    }
  }

  /// Reads to the end; how many bytes.
  private static func rest(of source: inout some ByteSource) throws(ScanError) -> Int {
    var (bytes, count) = ([UInt8](), 0)
    while try source.read(64 << 10, into: &bytes) > 0 {
      count += bytes.count
      bytes.removeAll(keepingCapacity: true)
    }
    return count
  }

  @Test(arguments: Change.allCases) func aFileThatIsWrittenToIsAnError(change: Change) throws {
    var source = try FileSource(path: path, displayedAs: "t.csv")
    var bytes: [UInt8] = []
    #expect(try source.read(64 << 10, into: &bytes) > 0)
    try apply(change)
    let error = #expect(throws: ScanError.self) { try Self.rest(of: &source) }
    #expect(error?.message == "t.csv changed while it was read" && error?.kind == .unreadable)
  }

  @Test(arguments: Change.allCases) func aFileThatIsReadAnywhereIsAnErrorToo(change: Change) throws {
    let file = try RandomAccessFile(path: path, displayedAs: "t.csv")
    #expect(try file.read(size - 2, 2) == Array("1\n".utf8))
    try apply(change)
    let error = #expect(throws: ScanError.self) { try file.read(0, 2) }
    #expect(error?.message == "t.csv changed while it was read")
  }

  @Test func aTableIsReadInFullOrNotAtAll() throws {
    var reader = try CSVReader(try FileSource(path: path, displayedAs: "t.csv"))
    try apply(.shrinks)
    let error = #expect(throws: ScanError.self) { while try reader.nextChunk(of: [0]) != nil {} }
    #expect(error?.message == "t.csv changed while it was read")
  }

  /// The name may have gone to another file: the one that was opened is read to its end.
  @Test func aFileThatIsReplacedIsReadAsItWas() throws {
    var source = try FileSource(path: path, displayedAs: "t.csv")
    try folder.write("n\n", to: "new.csv")
    #expect(rename(folder.path + "/new.csv", path) == 0)
    #expect(try Self.rest(of: &source) == size)
  }

  /// The kernel's own files say that they have no bytes.
  @Test func aFileThatDoesNotKnowItsSizeIsRead() throws {
    var source = try FileSource(path: "/proc/self/limits", displayedAs: "limits")
    #expect(try Self.rest(of: &source) > 0)
  }
}
