internal import GRDB

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
    """
  ]

  /// The version of a database; nil for one without any content.
  static func version(_ database: Database) throws -> Int? {
    let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard mark == application else {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard mark == 0, version == 0, tables == 0 else { throw HistoryError.foreign }
      return nil
    }
    guard version <= migrations.count else { throw HistoryError.newer(version: version, known: migrations.count) }
    return version
  }

  /// Brings the tables from a version to the present one.
  static func migrate(_ database: Database, from version: Int) throws {
    guard version < migrations.count else { return }
    for migration in migrations[version...] { try database.execute(sql: migration) }
    try database.execute(sql: "PRAGMA application_id = \(application)")
    try database.execute(sql: "PRAGMA user_version = \(migrations.count)")
  }
}
