import Glibc
import Scan

/// A file in memory that holds the input of the moment.
final class ScratchFile {
  /// Safe because: libFuzzer uses one thread.
  nonisolated(unsafe) static let shared = ScratchFile()

  private let descriptor: CInt

  private init() {
    var path = Array("/dev/shm/cupel-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    unlink(path)
  }

  func file(_ bytes: [UInt8]) throws(ScanError) -> RandomAccessFile {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      fatalError("no file could be made: \(String(cString: strerror(errno)))")
    }
    return try RandomAccessFile(path: "/proc/self/fd/\(descriptor)", displayedAs: "input")
  }
}

/// Reads the rows and the statistics.
func readParquet(_ file: RandomAccessFile) throws(ScanError) { try TableReading.read(try ParquetReader(file)) }
