internal import Glibc

/// How many bytes a file holds, or all files below a folder.
package enum FileSize {
  /// More entries than these are no saved model.
  private static let mostEntries = 1_000_000
  private static let deepest = 64

  /// Links count as what they lead to; each file counts once and each folder is entered once, whatever leads to it: a cache
  /// of links to its own files has no more bytes than these, and no loop of links is endless.
  package static func bytes(at path: String) throws(FileError) -> Int {
    guard !path.utf8.contains(0) else { throw .unreadable("the path holds a NUL character") }
    var walk = Walk()
    return try bytes(at: path, depth: 0, &walk)
  }

  /// Where the count has been.
  private struct Walk {
    var entries = 0
    var places: Set<Place> = []

    struct Place: Hashable {
      var device: UInt64
      var number: UInt64
    }
  }

  private static func bytes(at path: String, depth: Int, _ walk: inout Walk) throws(FileError) -> Int {
    walk.entries += 1
    guard walk.entries <= mostEntries, depth <= deepest else { throw .unreadable("it holds too many files") }
    var status = stat()
    guard stat(path, &status) == 0 else { throw error(errno) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { throw .notRegular("neither a file nor a folder") }
    let place = Walk.Place(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    guard walk.places.insert(place).inserted else { return 0 }
    if kind == S_IFREG { return Int(status.st_size) }
    guard let folder = opendir(path) else { throw error(errno) }
    defer { closedir(folder) }
    var sum = 0
    while let entry = readdir(folder) {
      // Safe because: the name is a C string that lives until the next call of readdir.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let inner = "\(path)/\(name)"
      var target = stat()
      // A link that leads nowhere holds no bytes, as sockets and pipes do not.
      guard stat(inner, &target) == 0 else { continue }
      guard target.st_mode & S_IFMT == S_IFREG || target.st_mode & S_IFMT == S_IFDIR else { continue }
      sum += try bytes(at: inner, depth: depth + 1, &walk)
    }
    return sum
  }

  private static func error(_ code: Int32) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EACCES, EPERM: .unreadable("this user may not read it")
    default: .unreadable(String(cString: strerror(code)))
    }
  }
}
