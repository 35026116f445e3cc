import Baselines
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite struct LocalFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsEveryByte() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try folder.write(bytes, to: "metrics.json")
    #expect(try LocalFile.read(path).bytes == bytes)
  }

  @Test func anEmptyFileIsAFile() throws {
    #expect(try LocalFile.read(try folder.write("", to: "empty")).bytes.isEmpty)
  }

  @Test func theLimitIsInclusive() throws {
    let path = try folder.write([1, 2, 3, 4], to: "four")
    #expect(try LocalFile.read(path, limit: 4).bytes.count == 4)
    #expect(throws: FileError.tooLarge(limit: 3)) { try LocalFile.read(path, limit: 3) }
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(throws: FileError.notFound) { try LocalFile.read(folder.path + "/nowhere") }
    let file = try folder.write("x", to: "file")
    #expect(throws: FileError.notFound) { try LocalFile.read(file + "/below") }
    #expect(throws: FileError.notRegular("a folder")) { try LocalFile.read(folder.path) }
    #expect(throws: FileError.notRegular("no regular file")) { try LocalFile.read("/dev/zero") }
    #expect(throws: FileError.unreadable("the path holds a NUL character")) {
      try LocalFile.read(file + "\0.json")
    }
  }

  @Test func aPipeThatNobodyWritesToDoesNotHang() throws {
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.notRegular("no regular file")) { try LocalFile.read(path) }
  }

  /// Files of /proc say that they are empty.
  @Test func readsBeyondTheSizeThatTheSystemStates() throws {
    #expect(!(try LocalFile.read("/proc/self/stat").bytes.isEmpty))
    #expect(throws: FileError.tooLarge(limit: 2)) { try LocalFile.read("/proc/self/stat", limit: 2) }
  }

  @Test func linksShareTheIdentity() throws {
    let path = try folder.write("same", to: "a")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/b", withDestinationPath: path)
    let other = try folder.write("same", to: "c")
    #expect(try LocalFile.read(path).identity == LocalFile.read(folder.path + "/b").identity)
    #expect(try LocalFile.read(path).identity == LocalFile.read(folder.path + "/./a").identity)
    #expect(try LocalFile.read(path).identity != LocalFile.read(other).identity)
  }
}
