internal import Glibc

/// What tells whether somebody wrote to an open file: its size and when it was written last.
///
/// A table that is replaced by another file of its name is read on as it was. One that is written in place is part old,
/// part new, and no verdict: also where it only grows, because that cannot be told from being written anew.
struct FileStamp: Equatable {
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    size = Int(status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }

  /// Throws when an open file is no longer as it was.
  func check(_ descriptor: Int32, name: String) throws(ScanError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, FileStamp(status) == self else { throw .changed(name) }
  }
}
