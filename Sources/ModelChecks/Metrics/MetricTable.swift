internal import Language

/// The metrics of one file: a path of keys, joined with dots, and a value for each, in the order of the file.
package struct MetricTable: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package var path: String
    package var value: MetricValue

    package init(_ path: String, _ value: MetricValue) {
      self.path = path
      self.value = value
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package enum Lookup: Sendable, Hashable {
    case found(Entry)
    /// With the metric that may have been meant.
    case missing(suggestion: String?)
    /// The paths that the name could mean.
    case ambiguous([String])
  }

  /// Finds a metric: by its whole path, or else by the end of exactly one path, beginning after a dot.
  package func find(_ name: String) -> Lookup {
    var matches = entries.filter { $0.path == name }
    if matches.isEmpty { matches = entries.filter { $0.path.hasSuffix("." + name) } }
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
