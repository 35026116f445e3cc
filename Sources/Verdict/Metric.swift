/// A number that a check measured and that a history of runs can keep. Its name and that of the check tell the series.
package struct Metric: Sendable, Hashable {
  package var name: String
  package var value: Double
  /// Of how many rows or values it is the number.
  package var count: Int
  /// What it was measured on and how, as a text: numbers with different ones cannot be compared. Empty when nothing needs
  /// to be said.
  package var basis: String

  package init(_ name: String, _ value: Double, count: Int, basis: String = "") {
    self.name = name
    self.value = value
    self.count = count
    self.basis = basis
  }
}

/// What earlier runs measured: the series of every metric of every check, oldest value first.
package struct MetricHistory: Sendable, Hashable {
  /// What one series is of.
  package struct Key: Sendable, Hashable {
    /// The identity of the check.
    package var check: String
    package var metric: String

    package init(check: String, metric: String) {
      self.check = check
      self.metric = metric
    }
  }

  /// One value of a series.
  package struct Point: Sendable, Hashable {
    /// When the run was, in seconds since 1970, UTC.
    package var time: Int64
    package var value: Double
    /// That of ``Metric/basis``.
    package var basis: String
    /// Whether somebody accepted the run whatever its verdict: what was before it counts no more.
    package var isFresh: Bool

    package init(time: Int64, value: Double, basis: String = "", isFresh: Bool = false) {
      self.time = time
      self.value = value
      self.basis = basis
      self.isFresh = isFresh
    }
  }

  private var series: [Key: [Point]] = [:]

  package init() {}

  package subscript(key: Key) -> [Point] {
    get { series[key] ?? [] }
    set { series[key] = newValue }
  }

  /// The series of a check's metric.
  package subscript(check: CheckID, metric: String) -> [Point] { self[Key(check: check.description, metric: metric)] }

  /// The series of a number that several checks of a subject measure: that of the check, or else the longest, of which the
  /// first by name.
  package subscript(check: CheckID, metric: String, ofSubject subject: String) -> [Point] {
    let own = self[check, metric]
    guard own.isEmpty else { return own }
    let others = series.filter { $0.key.metric == metric && $0.key.check.hasPrefix(subject + ".") }
    return others.min { (-$0.value.count, $0.key.check) < (-$1.value.count, $1.key.check) }?.value ?? []
  }

  /// All series of a check, by the names of their metrics.
  package subscript(check: CheckID) -> [(metric: String, points: [Point])] {
    series.filter { $0.key.check == check.description }.map { ($0.key.metric, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// These series and those of others, which have other keys.
  package mutating func merge(_ other: MetricHistory) { series.merge(other.series) { _, new in new } }
}

/// What a run knows of earlier ones.
package enum HistoryAccess: Sendable, Hashable {
  /// Nobody wants it to know anything.
  case unwanted
  /// There is a history, and it cannot be read: the message, and what to do about it.
  case unreadable(String, advice: String)
  case known(MetricHistory)
}
