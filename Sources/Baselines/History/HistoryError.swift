internal import CSQLite

/// Why a history could not be read or written.
package enum HistoryError: Error, Sendable, Hashable {
  /// Another process held it for longer than the patience.
  case locked(seconds: Double)
  /// The file has 0 bytes.
  case empty
  /// The file is no SQLite database.
  case notADatabase
  /// It is a database of something else.
  case foreign
  /// A newer Cupel made it.
  case newer(version: Int, known: Int)
  /// The database is damaged; SQLite's words.
  case corrupt(String)
  case readOnly
  /// It cannot be opened: a missing or forbidden folder, or a folder in its place.
  case unreachable
  case diskFull
  /// SQLite's own words, for everything else.
  case failed(String)

  init(_ error: any Error, patience: Double) {
    guard let error = error as? SQLiteError else {
      self = error as? HistoryError ?? .failed("\(error)")
      return
    }
    self =
      switch error.primary {
      case SQLITE_BUSY, SQLITE_LOCKED: .locked(seconds: patience)
      case SQLITE_NOTADB: .notADatabase
      case SQLITE_CORRUPT: .corrupt(error.words)
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .readOnly
      case SQLITE_CANTOPEN: .unreachable
      case SQLITE_FULL: .diskFull
      default: .failed(error.words)
      }
  }

  /// What happened to the history of that name, in one clause.
  package func message(for name: String) -> String {
    switch self {
    case .locked(let seconds): "the history \(name) was locked by another process for \(Int(seconds.rounded(.up)))s"
    case .empty: "the history \(name) has 0 bytes: something has cut it, or stopped the first run"
    case .notADatabase: "\(name) is no SQLite database, so it is no history"
    case .foreign: "\(name) is a database of something else, not a history"
    case .newer(let version, let known):
      "the history \(name) has version \(version), and this Cupel knows versions up to \(known)"
    case .corrupt(let words): "the history \(name) is damaged: \(words)"
    case .readOnly: "the history \(name) cannot be written: it, or its folder, is read-only"
    case .unreachable: "the history \(name) cannot be opened"
    case .diskFull: "the history \(name) cannot be written: the disk is full"
    case .failed(let words): "the history \(name) could not be used: \(words)"
    }
  }

  /// What to do next.
  package var advice: String {
    switch self {
    case .locked: "look for a process that hangs with it open, and run again; what it holds is not lost"
    case .empty:
      "restore it from a copy or from `cupel history export`; or remove it, and a new one begins with the next run"
    case .notADatabase, .foreign: "name another file under history:; Cupel does not touch this one"
    case .newer: "update Cupel, or name another file under history:"
    case .corrupt:
      "restore it from a copy or from `cupel history export`; or move it away, and a new one begins with the next run"
    case .readOnly: "make file and folder writable for this user, or run with --no-record"
    case .unreachable: "check that the path names a file in a folder that this user may write to"
    case .diskFull: "free some space; what was kept before is still there"
    case .failed: "try again; if it stays, move the file away, and a new one begins with the next run"
    }
  }
}
