internal import CSQLite

/// A value of SQLite, in the types that the history has.
enum SQLiteValue: Sendable, Hashable {
  case integer(Int64)
  case real(Double)
  case text(String)
  case other
}

/// What SQLite answers when it does not do what it was asked: its extended result code, and its words.
struct SQLiteError: Error {
  var code: Int32
  var words: String

  /// The code without what it is extended by.
  var primary: Int32 { code & 0xFF }
}

/// One connection to an SQLite database, for one thread at a time. https://www.sqlite.org/c3ref/intro.html
//
// Safe because the handle is opened in `init`, closed once in `deinit` and never leaves the class, statements are
// finalized before the call that prepared them returns, and every pointer that SQLite lends is copied from at once.
final class SQLiteConnection {
  private let handle: OpaquePointer

  /// Opens a file, or a `file:` URI.
  ///
  /// - Parameter patience: how many seconds a lock of another process is waited for.
  init(_ path: String, patience: Double, readOnly: Bool) throws(SQLiteError) {
    var handle: OpaquePointer?
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close(handle)
      throw SQLiteError(code: code, words: String(cString: sqlite3_errstr(code)))
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, Int32(min(patience, 1e6) * 1000))
    try execute("PRAGMA foreign_keys = ON")
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs one statement; returns how many rows the last change touched.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLiteValue] = []) throws(SQLiteError) -> Int {
    try rows(sql, arguments) { _ in }
    return Int(sqlite3_changes(handle))
  }

  /// Runs several statements without arguments.
  func execute(script sql: String) throws(SQLiteError) { try check(sqlite3_exec(handle, sql, nil, nil, nil)) }

  /// The first value of the first row.
  func value(_ sql: String, _ arguments: [SQLiteValue] = []) throws(SQLiteError) -> SQLiteValue? {
    var value: SQLiteValue?
    try rows(sql, arguments) { row in value = value ?? row.first }
    return value
  }

  /// Runs one statement and hands on its rows.
  func rows(
    _ sql: String, _ arguments: [SQLiteValue] = [], _ take: ([SQLiteValue]) -> Void
  ) throws(SQLiteError) {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() { try bind(argument, to: statement, at: Int32(index + 1)) }
    while true {
      let code = sqlite3_step(statement)
      guard code == SQLITE_ROW else {
        guard code == SQLITE_DONE else { throw error(code) }
        return
      }
      take((0..<sqlite3_column_count(statement)).map { Self.value(statement, $0) })
    }
  }

  /// Does the work as one transaction that takes the write lock at once; what throws changes nothing.
  func transaction<Value>(_ work: () throws -> Value) throws -> Value {
    try execute("BEGIN IMMEDIATE")
    do {
      let value = try work()
      try execute("COMMIT")
      return value
    } catch {
      // After some errors SQLite has rolled back by itself.
      if sqlite3_get_autocommit(handle) == 0 { _ = try? execute("ROLLBACK") }
      throw error
    }
  }

  private func bind(_ value: SQLiteValue, to statement: OpaquePointer?, at index: Int32) throws(SQLiteError) {
    switch value {
    case .integer(let number): try check(sqlite3_bind_int64(statement, index, number))
    case .real(let number): try check(sqlite3_bind_double(statement, index, number))
    case .text(let text):
      let bytes = Array(text.utf8)
      let code = bytes.withUnsafeBytes { buffer in
        csqlite_bind_text(
          statement, index, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      }
      // An empty array may have no address, which SQLite takes for a null.
      try check(bytes.isEmpty ? csqlite_bind_text(statement, index, "", 0) : code)
    case .other: try check(sqlite3_bind_null(statement, index))
    }
  }

  private static func value(_ statement: OpaquePointer?, _ column: Int32) -> SQLiteValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(statement, column) else { return .other }
      let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
      return .text(String(decoding: bytes, as: UTF8.self))
    default: return .other
    }
  }

  private func check(_ code: Int32) throws(SQLiteError) { if code != SQLITE_OK { throw error(code) } }

  private func error(_ code: Int32) -> SQLiteError {
    SQLiteError(code: code, words: String(cString: sqlite3_errmsg(handle)))
  }
}
