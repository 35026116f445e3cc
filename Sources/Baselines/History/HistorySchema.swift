/// The tables of a history, and how those of an earlier version become the present ones.
enum HistorySchema {
  /// `Cupl`: what tells our databases from others (https://www.sqlite.org/fileformat.html, offset 68).
  private static let application = 0x4375_706C

  /// The version that this code reads and writes.
  static var version: Int { migrations.count }

  /// The statements that lead from one version to the next; what has been released is never changed.
  private static let migrations = [
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      project TEXT NOT NULL,
      subject TEXT NOT NULL,
      time INTEGER NOT NULL,
      "commit" TEXT NOT NULL,
      branch TEXT NOT NULL,
      digest TEXT NOT NULL,
      UNIQUE (project, subject, branch, "commit", digest)
    ) STRICT;
    CREATE TABLE metric (
      run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      "check" TEXT NOT NULL,
      name TEXT NOT NULL,
      value REAL NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (run, "check", name)
    ) STRICT, WITHOUT ROWID;
    """,
    "ALTER TABLE metric ADD COLUMN basis TEXT NOT NULL DEFAULT '';",
    "ALTER TABLE run ADD COLUMN because TEXT NOT NULL DEFAULT '';",
  ]

  /// The version of a database; nil for one without any content.
  static func version(_ database: SQLiteConnection) throws -> Int? {
    guard case .integer(let mark)? = try database.value("PRAGMA application_id"),
      case .integer(let version)? = try database.value("PRAGMA user_version")
    else { throw HistoryError.corrupt("it has no version") }
    guard mark == application else {
      let tables = try database.value("SELECT count(*) FROM sqlite_master")
      guard mark == 0, version == 0, tables == .integer(0) else { throw HistoryError.foreign }
      return nil
    }
    guard 0...migrations.count ~= Int(version) else {
      throw HistoryError.newer(version: Int(version), known: migrations.count)
    }
    return Int(version)
  }

  /// Brings the tables from a version to the present one.
  static func migrate(_ database: SQLiteConnection, from version: Int) throws {
    guard version < migrations.count else { return }
    for migration in migrations[version...] { try database.execute(script: migration) }
    try database.execute("PRAGMA application_id = \(application)")
    try database.execute("PRAGMA user_version = \(migrations.count)")
  }
}
