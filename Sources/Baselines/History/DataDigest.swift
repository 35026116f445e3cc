internal import Glibc

/// What stands for the content of some files: two equal digests are the same data, so that a second run over it is no
/// second observation.
///
/// It is made of the sizes and of up to 64 blocks of 4 KiB spread evenly over each file, so that it costs
/// milliseconds whatever their size. Names do not count: they change with the folder. What changes a file of the same
/// size between those blocks alone goes unnoticed.
package struct DataDigest: Sendable, CustomStringConvertible {
  /// FNV-1a with 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  /// That of a file that cannot be read.
  package static let ofNothing: String = {
    var digest = DataDigest()
    digest.add(file: "")
    return digest.description
  }()

  private static let blockSize = 4096
  private static let blockCount = 64

  /// Adds a text, and where it ends.
  package mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  /// Adds a file with all its bytes, for one whose every change counts. O(size).
  package mutating func add(wholeFile path: String) {
    add(path) { digest, descriptor, _ in
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      var place = 0
      while case let count = digest.add(descriptor, at: place, &buffer), count > 0 { place += count }
    }
  }

  /// Adds a file.
  package mutating func add(file path: String) {
    add(path) { digest, descriptor, size in
      digest.add(String(size))
      let last = max(0, size - Self.blockSize)
      let isWhole = size <= Self.blockSize * Self.blockCount
      let count = isWhole ? (size + Self.blockSize - 1) / Self.blockSize : Self.blockCount
      var buffer = [UInt8](repeating: 0, count: Self.blockSize)
      for index in 0..<count {
        let place = isWhole ? index * Self.blockSize : Int(Double(last) * Double(index) / Double(Self.blockCount - 1))
        _ = digest.add(descriptor, at: place, &buffer)
      }
    }
  }

  /// Opens a file for whoever adds what is in it. One that cannot be read adds nothing but that it is there: the run
  /// over it has failed in other ways.
  private mutating func add(
    _ path: String, _ content: (_ digest: inout DataDigest, _ descriptor: Int32, _ size: Int) -> Void
  ) {
    add("file")
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    // A pipe or a device would be used up.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    content(&self, descriptor, Int(status.st_size))
  }

  /// Adds as many bytes from a place on as the buffer holds, and returns how many there were.
  private mutating func add(_ descriptor: Int32, at place: Int, _ buffer: inout [UInt8]) -> Int {
    var count: Int
    repeat {
      // Safe because: the pointer covers the buffer and does not leave the closure.
      count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(place)) }
    } while count < 0 && errno == EINTR
    // Where it cannot be read is not where it ends.
    if count < 0 { add("unread") }
    for byte in buffer.prefix(max(0, count)) { add(byte) }
    return count
  }

  private mutating func add(_ byte: UInt8) {
    state ^= UInt64(byte)
    state &*= 0x0000_0100_0000_01B3
  }

  /// Sixteen hexadecimal digits.
  package var description: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
