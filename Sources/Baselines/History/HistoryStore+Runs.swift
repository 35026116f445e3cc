extension HistoryStore {
  /// Takes in accepted runs. One that is there already, by project, subject, branch, commit and digest, keeps its time,
  /// and its metrics become the new ones; one for which there is a reason is as new as that.
  ///
  /// - Parameters:
  ///   - keep: how many of the newest runs of each subject and branch stay.
  ///   - isAnother: whether a run counts once more although it is there already, as somebody accepts it once more: its
  ///     digest then says the how manieth it is.
  ///
  /// - Returns: how many runs are new.
  @discardableResult
  package func record(
    _ runs: [HistoryRun], keep: Int? = nil, isAnother: (HistoryRun) -> Bool = { _ in false }
  ) throws(HistoryError) -> Int {
    try write { database in
      var added = 0
      for var run in runs {
        if isAnother(run) { run.digest = try Self.unused(run, database) }
        let (id, isNew) = try Self.insert(run, database)
        added += isNew ? 1 : 0
        if !run.because.isEmpty {
          try database.execute(
            "UPDATE run SET because = ?, time = ? WHERE id = ?", [.text(run.because), .integer(run.time), .integer(id)])
        }
        try database.execute("DELETE FROM metric WHERE run = ?", [.integer(id)])
        for metric in run.metrics { try Self.insert(metric, of: id, database) }
        guard let keep else { continue }
        try database.execute(
          """
          DELETE FROM run WHERE id IN (
            SELECT id FROM run WHERE project = ? AND subject = ? AND branch = ?
            ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?)
          """,
          [.text(run.project), .text(run.subject), .text(run.branch), .integer(Int64(keep))])
      }
      return added
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

  /// All runs with their metrics, by project, subject and time; those of one second as they came in.
  ///
  /// - Parameters:
  ///   - project: only those of a project; nil for all.
  ///   - subject: only those of a subject: `data.flights`.
  package func runs(project: String? = nil, subject: String? = nil) throws(HistoryError) -> [HistoryRun] {
    let wanted = [("project", project), ("subject", subject)].filter { $0.1 != nil }
    let conditions = wanted.map { "run.\($0.0) = ?" }.joined(separator: " AND ")
    let filter = conditions.isEmpty ? "" : "WHERE \(conditions)"
    let arguments = wanted.map { SQLiteValue.text($0.1 ?? "") }
    return try read { database in
      var (metrics, runs): ([Int64: [HistoryMetric]], [HistoryRun]) = ([:], [])
      // What has another type than we write was written by somebody else.
      var foreign: String?
      try database.rows(
        """
        SELECT run, "check", name, value, count, basis FROM metric JOIN run ON run.id = metric.run \(filter)
        ORDER BY run, "check", name
        """, arguments
      ) { row in
        guard case .integer(let run) = row[0], case .text(let check) = row[1], case .text(let name) = row[2],
          case .real(let value) = row[3], case .integer(let count) = row[4], case .text(let basis) = row[5]
        else { return foreign = "\(row)" }
        metrics[run, default: []].append(
          HistoryMetric(check: check, name: name, value: value, count: Int(count), basis: basis))
      }
      try database.rows(
        """
        SELECT id, project, subject, time, "commit", branch, digest, because FROM run \(filter)
        ORDER BY project, subject, time, id
        """, arguments
      ) { row in
        guard case .integer(let id) = row[0], case .text(let project) = row[1], case .text(let subject) = row[2],
          case .integer(let time) = row[3], case .text(let commit) = row[4], case .text(let branch) = row[5],
          case .text(let digest) = row[6], case .text(let because) = row[7]
        else { return foreign = "\(row)" }
        runs.append(
          HistoryRun(
            id: id, project: project, subject: subject, time: time, commit: commit, branch: branch, digest: digest,
            because: because, metrics: metrics[id] ?? []))
      }
      if let foreign { throw HistoryError.corrupt("a row is \(foreign)") }
      return runs
    }
  }

  /// Forgets runs as a whole. Returns how many there were.
  package func forget(runs ids: [Int64]) throws(HistoryError) -> Int {
    try write { database in
      try ids.reduce(0) { try $0 + database.execute("DELETE FROM run WHERE id = ?", [.integer($1)]) }
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
          count += try database.execute(
            "DELETE FROM metric WHERE run = ? AND \"check\" = ?", [.integer(id), .text(check)])
        }
        try database.execute(
          "DELETE FROM run WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM metric WHERE run = ?1)", [.integer(id)])
      }
      return count
    }
  }

  private static func key(_ run: HistoryRun) -> [SQLiteValue] {
    [run.project, run.subject, run.branch, run.commit, run.digest].map(SQLiteValue.text)
  }

  private static let byKey = "project = ? AND subject = ? AND branch = ? AND \"commit\" = ? AND digest = ?"

  /// The digest, or with a number that no such run has yet.
  private static func unused(_ run: HistoryRun, _ database: SQLiteConnection) throws -> String {
    var (other, number) = (run, 1)
    while try database.value("SELECT id FROM run WHERE \(byKey)", key(other)) != nil {
      number += 1
      other.digest = "\(run.digest)~\(number)"
    }
    return other.digest
  }

  /// The run's number, and whether it is new.
  private static func insert(_ run: HistoryRun, _ database: SQLiteConnection) throws -> (id: Int64, isNew: Bool) {
    let key = key(run)
    let added = try database.execute(
      """
      INSERT INTO run (project, subject, branch, "commit", digest, time, because) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """,
      key + [.integer(run.time), .text(run.because)])
    let found = try database.value("SELECT id FROM run WHERE \(byKey)", key)
    guard case .integer(let id)? = found else { throw HistoryError.failed("a run that was written is not there") }
    return (id, added > 0)
  }

  private static func insert(_ metric: HistoryMetric, of run: Int64, _ database: SQLiteConnection) throws {
    // SQLite has no NaN: it would become a null.
    guard metric.value.isFinite else { return }
    try database.execute(
      """
      INSERT INTO metric (run, "check", name, value, count, basis) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """,
      [
        .integer(run), .text(metric.check), .text(metric.name), .real(metric.value), .integer(Int64(metric.count)),
        .text(metric.basis),
      ])
  }
}
