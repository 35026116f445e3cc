internal import Glibc

/// A small file, read whole: metrics, and whatever else must fit into memory anyway.
package struct LocalFile: Sendable, Hashable {
  package var bytes: [UInt8]
  /// What the file is on this machine, whatever path led to it: two equal identities are one file.
  package var identity: Identity

  /// Device and inode: links and different spellings of a path share them.
  package struct Identity: Sendable, Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// More than any metrics file needs, in bytes.
  package static let defaultLimit = 16 << 20

  /// Reads a regular file of at most `limit` bytes. Folders, pipes and devices are errors: nothing here may block.
  package static func read(_ path: String, limit: Int = defaultLimit) throws(FileError) -> LocalFile {
    guard !path.utf8.contains(0) else { throw .unreadable("the path holds a NUL character") }
    let (descriptor, status) = try opened(path)
    defer { close(descriptor) }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    let bytes = try contents(of: descriptor, expecting: Int(status.st_size), limit: limit)
    return LocalFile(
      bytes: bytes, identity: Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
  }

  /// Hands on a regular file of any size, piece by piece.
  static func forEachPiece(
    of path: String, _ take: (ArraySlice<UInt8>) throws(FileError) -> Void
  ) throws(FileError) {
    let (descriptor, _) = try opened(path)
    defer { close(descriptor) }
    try pieces(of: descriptor, take)
  }

  private static func opened(_ path: String) throws(FileError) -> (descriptor: Int32, status: stat) {
    // Without O_NONBLOCK a pipe that nobody writes to would hang the open itself.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw error(errno) }
    var status = stat()
    let isOpen = fstat(descriptor, &status) == 0
    let kind = status.st_mode & S_IFMT
    guard isOpen, kind == S_IFREG else {
      let code = errno
      close(descriptor)
      if !isOpen { throw error(code) }
      throw .notRegular(kind == S_IFDIR ? "a folder" : "no regular file")
    }
    return (descriptor, status)
  }

  /// How many bytes a regular file has; nil when there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Reads to the end, which may lie elsewhere than `size` says: a file can grow, and /proc files claim to be empty.
  private static func contents(
    of descriptor: Int32, expecting size: Int, limit: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    try pieces(of: descriptor) { piece throws(FileError) in
      bytes += piece
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
    return bytes
  }

  private static func pieces(
    of descriptor: Int32, _ take: (ArraySlice<UInt8>) throws(FileError) -> Void
  ) throws(FileError) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        guard errno == EINTR else { throw error(errno) }
      } else if count == 0 {
        return
      } else {
        try take(chunk[..<count])
      }
    }
  }

  /// Whether bytes are what Git LFS leaves where the content should be (git-lfs, docs/spec.md).
  static func isLargeFilePointer(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
  }

  /// The same of a file. One that cannot be read is none: reading it says why.
  package static func isLargeFilePointer(_ path: String) -> Bool {
    // A pointer has at most 1024 bytes.
    guard let file = try? read(path, limit: 1024) else { return false }
    return isLargeFilePointer(file.bytes)
  }

  private static func error(_ code: Int32) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EACCES, EPERM: .unreadable("this user may not read it")
    default: .unreadable(String(cString: strerror(code)))
    }
  }
}
