internal import Glibc

/// How many bytes a file holds, or all files below a folder.
package enum FileSize {
  /// More entries than these are no saved model.
  private static let mostEntries = 1_000_000
  private static let deepest = 64

  /// Links count as what they lead to, where that is a file; folders are entered only by their own path, so that no loop
  /// of links is endless.
  package static func bytes(at path: String) throws(FileError) -> Int {
    guard !path.utf8.contains(0) else { throw .unreadable("the path holds a NUL character") }
    var entries = 0
    return try bytes(at: path, depth: 0, &entries)
  }

  private static func bytes(at path: String, depth: Int, _ entries: inout Int) throws(FileError) -> Int {
    entries += 1
    guard entries <= mostEntries, depth <= deepest else { throw .unreadable("it holds too many files") }
    var status = stat()
    guard stat(path, &status) == 0 else { throw error(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: break
    default: throw .notRegular("neither a file nor a folder")
    }
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
      var own = stat()
      guard lstat(inner, &own) == 0 else { throw error(errno) }
      if own.st_mode & S_IFMT == S_IFLNK {
        var target = stat()
        if stat(inner, &target) == 0, target.st_mode & S_IFMT == S_IFREG { sum += Int(target.st_size) }
        continue
      }
      // Sockets and pipes in a folder hold no bytes.
      guard own.st_mode & S_IFMT == S_IFREG || own.st_mode & S_IFMT == S_IFDIR else { continue }
      sum += try bytes(at: inner, depth: depth + 1, &entries)
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
