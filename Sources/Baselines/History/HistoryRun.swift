/// One accepted run of one subject, and what it measured.
package struct HistoryRun: Sendable, Hashable {
  /// Its number in the database; nil before it is there.
  package var id: Int64?
  package var project: String
  /// The subject with its suite: `data.flights`.
  package var subject: String
  /// When it was, in seconds since 1970, UTC.
  package var time: Int64
  /// The commit that was checked out; empty when there is none.
  package var commit: String
  /// Its branch; empty when there is none.
  package var branch: String
  /// What stands for the data: two runs of one subject with the same commit, branch and digest are one.
  package var digest: String
  /// Why somebody accepted it whatever its verdict; empty for a run that was accepted because it passed.
  package var because: String
  package var metrics: [HistoryMetric]

  package init(
    id: Int64? = nil, project: String, subject: String, time: Int64, commit: String, branch: String, digest: String,
    because: String = "", metrics: [HistoryMetric]
  ) {
    self.id = id
    self.project = project
    self.subject = subject
    self.time = time
    self.commit = commit
    self.branch = branch
    self.digest = digest
    self.because = because
    self.metrics = metrics
  }
}

/// A number that a check measured in a run.
package struct HistoryMetric: Sendable, Hashable {
  /// The identity of the check.
  package var check: String
  package var name: String
  package var value: Double
  /// Of how many rows or values it is the number.
  package var count: Int
  /// What it was measured on and how, as a text; empty when nothing was said.
  package var basis: String

  package init(check: String, name: String, value: Double, count: Int, basis: String = "") {
    self.check = check
    self.name = name
    self.value = value
    self.count = count
    self.basis = basis
  }
}
