/// A number that a check measured and that a history of runs can keep. Its name and that of the check tell the series.
package struct Metric: Sendable, Hashable {
  package var name: String
  package var value: Double
  /// Of how many rows or values it is the number.
  package var count: Int

  package init(_ name: String, _ value: Double, count: Int) {
    self.name = name
    self.value = value
    self.count = count
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

    package init(time: Int64, value: Double) {
      self.time = time
      self.value = value
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
