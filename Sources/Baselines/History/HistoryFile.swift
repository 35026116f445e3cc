internal import Glibc

/// The file of a history, before SQLite sees it.
///
/// To SQLite a file of 0 bytes is a new database. A history is made under another name and gets its own when it is
/// whole, so that one of 0 bytes is none that begins: it was cut, or the run that made it in its place was killed.
enum HistoryFile {
  /// Makes a history where there is none. Of many who do that at once one is first, and the others find its file.
  ///
  /// Where a file cannot have two names, nothing is done: then SQLite makes the file in its place, and a first run that
  /// is killed meanwhile may leave one of 0 bytes, which is refused like one that was cut.
  static func make(at path: String, by fill: (_ name: String) throws(HistoryError) -> Void) throws(HistoryError) {
    guard size(path) == nil, errno == ENOENT else { return }
    let name = "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    defer { for end in ["", "-wal", "-shm", "-journal"] { unlink(name + end) } }
    try fill(name)
    link(name, path)
  }

  static func refuseEmpty(_ path: String) throws(HistoryError) { if size(path) == 0 { throw .empty } }

  /// Nil when the file cannot be looked at: `errno` says why.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }
}
