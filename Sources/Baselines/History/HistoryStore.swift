internal import Glibc

/// The history of accepted runs: an SQLite database that many processes may read and write at once.
///
/// It is in WAL mode, so that readers and a writer do not wait for each other. Every change is one immediate transaction:
/// it happens as a whole or not at all, and waits for others up to the patience. A file that is not ours is never
/// changed.
package struct HistoryStore {
  let connection: SQLiteConnection
  /// How many seconds a lock of another process is waited for.
  let patience: Double

  /// The history at the path, for reading and writing; a new one when there is none.
  package static func open(at path: String, patience: Double = defaultPatience) throws(HistoryError) -> HistoryStore {
    try makeFolders(above: path)
    try HistoryFile.make(at: path) { name throws(HistoryError) in
      try HistoryStore(name, patience: patience, readOnly: false).upgrade()
    }
    try HistoryFile.refuseEmpty(path)
    let store = try HistoryStore(path, patience: patience, readOnly: false)
    try store.upgrade()
    return store
  }

  /// The history at the path, for reading; nil when there is none.
  package static func openExisting(
    at path: String, patience: Double = defaultPatience
  ) throws(HistoryError) -> HistoryStore? {
    guard access(path, F_OK) == 0 else {
      guard errno == ENOENT else { throw .unreachable }
      return nil
    }
    try HistoryFile.refuseEmpty(path)
    let store = try existing(path, patience: patience)
    // A database without content is one that somebody prepared.
    guard let version = try store.version() else { return nil }
    if version < HistorySchema.version { return try open(at: path, patience: patience) }
    return store
  }

  package static let defaultPatience = 10.0

  private init(_ path: String, patience: Double, readOnly: Bool) throws(HistoryError) {
    self.patience = patience
    do throws(SQLiteError) {
      connection = try SQLiteConnection(path, patience: patience, readOnly: readOnly)
    } catch {
      throw HistoryError(error, patience: patience)
    }
  }

  /// Opens a file that is there. SQLite wants to keep a shared index beside a WAL database even to read it; where nobody
  /// can write, nobody can change the file either, and it is read as it stands.
  private static func existing(_ path: String, patience: Double) throws(HistoryError) -> HistoryStore {
    if access(path, W_OK) == 0, access(folder(of: path), W_OK) == 0 {
      return try HistoryStore(path, patience: patience, readOnly: false)
    }
    do {
      let store = try HistoryStore(path, patience: patience, readOnly: true)
      // SQLite opens the file when something is read.
      _ = try store.version()
      return store
    } catch {
      guard error == .unreachable || error == .readOnly, access(path, R_OK) == 0,
        HistoryFile.size(path + "-wal") ?? 0 == 0
      else {
        throw error
      }
      var name = ""
      for byte in path.utf8 {
        let isPlain = byte == UInt8(ascii: "/") || byte > 0x2C && byte < 0x7F && !"%?#".utf8.contains(byte)
        name += isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return try HistoryStore("file:\(name)?immutable=1", patience: patience, readOnly: true)
    }
  }

  // MARK: - Access

  /// Reads within one snapshot.
  func read<Value>(_ work: (SQLiteConnection) throws -> Value) throws(HistoryError) -> Value {
    try translated {
      try connection.execute("BEGIN")
      defer { _ = try? connection.execute("COMMIT") }
      return try work(connection)
    }
  }

  /// Changes all or nothing.
  func write<Value>(_ work: (SQLiteConnection) throws -> Value) throws(HistoryError) -> Value {
    try translated { try connection.transaction { try work(connection) } }
  }

  private func translated<Value>(_ work: () throws -> Value) throws(HistoryError) -> Value {
    do {
      return try work()
    } catch {
      throw HistoryError(error, patience: patience)
    }
  }

  // MARK: - The version

  /// The version of the schema; nil for a file without content. Throws for a database of something else, and for a
  /// version that this Cupel does not know, or with a damaged page: rows that an index does not show would be a history
  /// that is shorter than it was.
  private func version() throws(HistoryError) -> Int? {
    try read { connection in
      guard let version = try HistorySchema.version(connection) else { return nil }
      guard case .text(let words)? = try connection.value("PRAGMA integrity_check(1)"), words == "ok" else {
        throw HistoryError.corrupt("its pages contradict each other")
      }
      return version
    }
  }

  private func upgrade() throws(HistoryError) {
    // Before anything is changed it must be ours, or nobody's.
    let found = try version()
    try useWriteAheadLog()
    if found == HistorySchema.version { return }
    try write { connection in
      let version = try HistorySchema.version(connection) ?? 0
      try HistorySchema.migrate(connection, from: version)
    }
  }

  /// The mode stays with the file. SQLite refuses to change it while others use the file, without asking the patience.
  private func useWriteAheadLog() throws(HistoryError) {
    let pause = 0.02
    for attempt in 0... {
      do throws(HistoryError) {
        return try translated { _ = try connection.execute("PRAGMA journal_mode = WAL") }
      } catch {
        guard case .locked = error, Double(attempt) * pause < patience else { throw error }
        usleep(UInt32(pause * 1e6))
      }
    }
  }

  // MARK: - Files

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `mkdir -p` of the folder.
  private static func makeFolders(above path: String) throws(HistoryError) {
    let folder = folder(of: path)
    guard access(folder, F_OK) != 0 else { return }
    var end = folder.startIndex
    while end < folder.endIndex {
      end = folder[folder.index(after: end)...].firstIndex(of: "/") ?? folder.endIndex
      guard mkdir(String(folder[..<end]), 0o777) != 0, errno != EEXIST else { continue }
      throw errno == EACCES || errno == EROFS ? .readOnly : .unreachable
    }
  }
}
