internal import GRDB

extension HistoryStore {
  /// Takes in accepted runs. One that is there already, by project, subject, branch, commit and digest, keeps its time,
  /// and its metrics become the new ones.
  ///
  /// - Parameter keep: how many of the newest runs of each subject and branch stay.
  package func record(_ runs: [HistoryRun], keep: Int? = nil) throws(HistoryError) {
    try write { database in
      for run in runs {
        let id = try Self.insert(run, database).id
        try database.execute(sql: "DELETE FROM metric WHERE run = ?", arguments: [id])
        for metric in run.metrics { try Self.insert(metric, of: id, database) }
        guard let keep else { continue }
        try database.execute(
          sql: """
            DELETE FROM run WHERE id IN (
              SELECT id FROM run WHERE project = ? AND subject = ? AND branch = ?
              ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?)
            """,
          arguments: [run.project, run.subject, run.branch, keep])
      }
    }
  }

  /// Takes in what another history has. What is there already stays as it is.
  ///
  /// - Returns: how many runs are new.
  package func merge(_ runs: [HistoryRun]) throws(HistoryError) -> Int {
    try write { database in
      var added = 0
      for run in runs {
        let (id, isNew) = try Self.insert(run, database)
        added += isNew ? 1 : 0
        for metric in run.metrics { try Self.insert(metric, of: id, database) }
      }
      return added
    }
  }

  /// All runs with their metrics, by project, subject, time, commit, branch and digest: the same for equal contents,
  /// whatever way they came in.
  ///
  /// - Parameters:
  ///   - project: only those of a project; nil for all.
  ///   - subject: only those of a subject: `data.flights`.
  package func runs(project: String? = nil, subject: String? = nil) throws(HistoryError) -> [HistoryRun] {
    let wanted = ["project": project, "subject": subject].compactMapValues { $0 }
    let conditions = wanted.keys.sorted().map { "run.\($0) = :\($0)" }.joined(separator: " AND ")
    let filter = conditions.isEmpty ? "" : "WHERE \(conditions)"
    return try read { database in
      var metrics: [Int64: [HistoryMetric]] = [:]
      let values = try Row.fetchCursor(
        database,
        sql: """
          SELECT run, "check", name, value, count FROM metric JOIN run ON run.id = metric.run \(filter)
          ORDER BY run, "check", name
          """,
        arguments: StatementArguments(wanted))
      while let row = try values.next() {
        let metric = HistoryMetric(
          check: try row.value(1), name: try row.value(2), value: try row.value(3), count: try row.value(4))
        metrics[try row.value(0), default: []].append(metric)
      }
      let runs = try Row.fetchAll(
        database,
        sql: """
          SELECT id, project, subject, time, "commit", branch, digest FROM run \(filter)
          ORDER BY project, subject, time, "commit", branch, digest
          """,
        arguments: StatementArguments(wanted))
      return try runs.map { row in
        let id: Int64 = try row.value(0)
        return HistoryRun(
          id: id, project: try row.value(1), subject: try row.value(2), time: try row.value(3),
          commit: try row.value(4), branch: try row.value(5), digest: try row.value(6), metrics: metrics[id] ?? [])
      }
    }
  }

  /// Forgets runs as a whole. Returns how many there were.
  package func forget(runs ids: [Int64]) throws(HistoryError) -> Int {
    try write { database in
      var count = 0
      for id in ids {
        try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [id])
        count += database.changesCount
      }
      return count
    }
  }

  /// Forgets what some checks measured in some runs, and runs of which then nothing is left.
  ///
  /// - Returns: how many values there were.
  package func forget(checks: [String], in ids: [Int64]) throws(HistoryError) -> Int {
    try write { database in
      var count = 0
      for id in ids {
        for check in checks {
          try database.execute(sql: "DELETE FROM metric WHERE run = ? AND \"check\" = ?", arguments: [id, check])
          count += database.changesCount
        }
        try database.execute(
          sql: "DELETE FROM run WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM metric WHERE run = ?1)", arguments: [id])
      }
      return count
    }
  }

  /// The run's number, and whether it is new.
  private static func insert(_ run: HistoryRun, _ database: Database) throws -> (id: Int64, isNew: Bool) {
    try database.execute(
      sql: """
        INSERT INTO run (project, subject, time, "commit", branch, digest) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [run.project, run.subject, run.time, run.commit, run.branch, run.digest])
    let isNew = database.changesCount > 0
    let id = try Int64.fetchOne(
      database,
      sql: """
        SELECT id FROM run WHERE project = ? AND subject = ? AND branch = ? AND "commit" = ? AND digest = ?
        """,
      arguments: [run.project, run.subject, run.branch, run.commit, run.digest])
    guard let id else { throw HistoryError.failed("a run that was written is not there") }
    return (id, isNew)
  }

  private static func insert(_ metric: HistoryMetric, of run: Int64, _ database: Database) throws {
    // SQLite has no NaN: it would become a null.
    guard metric.value.isFinite else { return }
    try database.execute(
      sql: """
        INSERT INTO metric (run, "check", name, value, count) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [run, metric.check, metric.name, metric.value, metric.count])
  }
}

extension Row {
  /// A column's value. What has another type than we write was written by somebody else.
  fileprivate func value<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
    let stored: DatabaseValue = self[index]
    guard let value = Value.fromDatabaseValue(stored) else {
      throw HistoryError.corrupt(
        "\(columnNames[columnNames.index(columnNames.startIndex, offsetBy: index)]) is \(stored)")
    }
    return value
  }
}
