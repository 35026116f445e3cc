internal import Language

/// The metrics of one file: a path of keys, joined with dots, and a value for each, in the order of the file.
package struct MetricTable: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package var path: String
    package var value: MetricValue
    /// What else the file tells of it.
    package var facts: MetricFacts

    package init(_ path: String, _ value: MetricValue, _ facts: MetricFacts = MetricFacts()) {
      self.path = path
      self.value = value
      self.facts = facts
    }

    /// Whether it is the same metric as one of another file. Formats differ in whether they put all under `metrics`.
    func isSame(as other: Entry) -> Bool { Self.plain(path) == Self.plain(other.path) }

    private static func plain(_ path: String) -> Substring {
      path.hasPrefix("metrics.") ? path.dropFirst("metrics.".count) : path[...]
    }
  }

  package var entries: [Entry]
  /// Where the metrics of the file stand, when others describe them; nil where all may be metrics.
  private let root: String?

  package init(_ entries: [Entry], root: String? = nil) {
    self.entries = entries
    self.root = root
  }

  package enum Lookup: Sendable, Hashable {
    case found(Entry)
    /// With the metric that may have been meant.
    case missing(suggestion: String?)
    /// The paths that the name could mean.
    case ambiguous([String])
  }

  /// Finds a metric: by its whole path, or else by the end of exactly one path, beginning after a dot; in the results of a
  /// harness also without the filter of the answers.
  package func find(_ name: String) -> Lookup {
    var matches = entries.filter { $0.path == name }
    if matches.isEmpty {
      let metrics = root.map { root in entries.filter { $0.path.hasPrefix(root + ".") } } ?? entries
      matches = metrics.filter { $0.path.hasSuffix("." + name) }
      if matches.isEmpty, root != nil {
        matches = metrics.filter { entry in
          let path = MetricFacts.unfiltered(entry.path)
          return path == name || path.hasSuffix("." + name)
        }
      }
    }
    switch matches.count {
    case 1: return .found(matches[0])
    case 0: return .missing(suggestion: nearest(name, among: names.prefix(1000)))
    default: return .ambiguous(matches.map(\.path))
    }
  }

  /// The paths, and what they end in, for suggestions.
  private var names: [String] {
    entries.flatMap { entry in
      let last = entry.path.split(separator: ".").last.map(String.init) ?? ""
      return last == entry.path ? [last] : [last, entry.path]
    }
  }
}
