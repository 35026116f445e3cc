internal import Glibc

/// A file that is replaced as a whole: temporary file in the same folder, fsync, rename. All system calls of the
/// reports stand here.
//
// Safe because the two raw buffers are arrays that outlive the call they are lent to, with their own count.
struct AtomicFile {
  /// A system call that failed, in words.
  struct Failure: Error {
    var reason: String
    var advice: String

    init(_ doing: String, _ code: Int32) {
      reason = "\(doing) failed (\(String(cString: strerror(code))))"
      advice =
        switch code {
        case ENOSPC, EDQUOT, EFBIG: "Free some space on that disk, or choose a path on another one."
        case EACCES, EPERM, EROFS: "Choose a folder that this user may write to, or change its permissions."
        case EISDIR: "Name a file, not a folder."
        case ENOTDIR, EEXIST: "A part of the path is a file, not a folder; choose another path."
        case ENAMETOOLONG: "Choose a shorter path."
        default: "Choose another path, or try again."
        }
    }
  }

  /// The file itself: a symbolic link is followed, so that it is not replaced by what it points to.
  private let path: String
  /// Whether there is a regular file or nothing. A device or a pipe is written to, never replaced.
  let isReplaceable: Bool
  /// The permissions of the file that is replaced; a new one gets what the umask leaves.
  private let mode: mode_t

  /// Looks at the place and makes the folders that are missing.
  init(path: String) throws(Failure) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw Failure("opening the path", ENOENT) }
    var path = path
    if let resolved = realpath(path, nil) {
      path = String(cString: resolved)
      free(resolved)
    }
    self.path = path
    var status = stat()
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind == S_IFDIR { throw Failure("writing to a folder", EISDIR) }
      isReplaceable = kind == S_IFREG
      mode = status.st_mode & 0o777
    } else {
      isReplaceable = true
      mode = 0o666
      try Self.makeFolders(above: path)
    }
  }

  /// Writes the bytes beside the file, hands `check` what can be read back, and renames when it does not throw.
  func replace(with bytes: [UInt8], check: ([UInt8]) throws -> Void) throws {
    let (temporary, descriptor) = try openTemporary()
    do {
      do {
        defer { close(descriptor) }
        try Self.write(bytes, to: descriptor)
        try Self.flush(descriptor)
        try check(try Self.readBack(bytes.count, from: descriptor))
      }
      if rename(temporary, path) != 0 { throw Failure("renaming the finished file", errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    flushFolder()
  }

  /// Puts a finished temporary file into the place.
  func place(_ temporary: String, _ descriptor: Int32) throws(Failure) {
    try Self.flush(descriptor)
    if rename(temporary, path) != 0 { throw Failure("renaming the finished file", errno) }
    flushFolder()
  }

  /// Writes into a device or a pipe.
  func writeDirectly(_ bytes: [UInt8]) throws(Failure) {
    let descriptor = try openDirectly()
    defer { close(descriptor) }
    try Self.write(bytes, to: descriptor)
  }

  /// Opens a device or a pipe.
  func openDirectly() throws(Failure) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("opening", errno) }
    return descriptor
  }

  // MARK: - Steps

  private var folder: String { Self.folder(of: path) }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func makeFolders(above path: String) throws(Failure) {
    let folder = folder(of: path)
    var status = stat()
    if stat(folder, &status) == 0 {
      if status.st_mode & S_IFMT != S_IFDIR {
        throw Failure("opening the folder \(TextSafety.inline(folder))", ENOTDIR)
      }
      return
    }
    if folder != ".", folder != "/" { try makeFolders(above: folder) }
    // Another process may make the same folder at the same time.
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw Failure("making the folder \(TextSafety.inline(folder))", errno)
    }
  }

  func openTemporary() throws(Failure) -> (path: String, descriptor: Int32) {
    for attempt in 0..<100 {
      let temporary = "\(folder)/.cupel-\(getpid())-\(attempt).tmp"
      let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { return (temporary, descriptor) }
      if errno != EEXIST { break }
    }
    throw Failure("making a temporary file in \(TextSafety.inline(folder))", errno)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Failure("writing", errno) }
      rest = rest.dropFirst(count)
    }
  }

  private static func flush(_ descriptor: Int32) throws(Failure) {
    if fsync(descriptor) != 0, errno != EINVAL { throw Failure("flushing to the disk", errno) }
  }

  private static func readBack(_ count: Int, from descriptor: Int32) throws(Failure) -> [UInt8] {
    if lseek(descriptor, 0, SEEK_SET) != 0 { throw Failure("reading back", errno) }
    // One byte more than was written shows a file that is too long.
    var bytes = [UInt8](repeating: 0, count: count + 1)
    var filled = 0
    while filled < bytes.count {
      let read = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if read < 0, errno == EINTR { continue }
      if read < 0 { throw Failure("reading back", errno) }
      if read == 0 { break }
      filled += read
    }
    return Array(bytes[..<filled])
  }

  /// Makes the rename last; a file system that cannot do so has done its best.
  private func flushFolder() {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
