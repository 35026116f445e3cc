package import Verdict

/// Everything that is wrong in a config, collected in one go and reported in the order of the files.
package struct Problems: Sendable {
  package private(set) var diagnostics: [Diagnostic] = []
  /// How often something was found unusable, repeated and unlisted diagnostics included: when it grows while a value
  /// is decoded, that value is incomplete.
  package private(set) var failures = 0
  /// After this many a person stops reading, and a hostile config must not fill the memory.
  package static let limit = 200

  package init() {}

  package var isEmpty: Bool { diagnostics.isEmpty }

  /// The diagnostics by place: file after file in the order of their first problem, then line and column. Those
  /// without a place stand last.
  package var byPlace: [Diagnostic] {
    var files: [String] = []
    for diagnostic in diagnostics {
      if let file = diagnostic.location?.file, !files.contains(file) { files.append(file) }
    }
    let keyed = diagnostics.enumerated().map { index, diagnostic in
      let place = diagnostic.location
      let file = place.flatMap { files.firstIndex(of: $0.file) } ?? files.count
      return (key: [file, place?.line ?? 0, place?.column ?? 0, index], diagnostic: diagnostic)
    }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.diagnostic)
  }

  /// Adds a diagnostic, unless the same one is there already: an alias repeats what it names.
  package mutating func report(_ diagnostic: Diagnostic) {
    failures += 1
    guard diagnostics.count < Self.limit, !diagnostics.contains(diagnostic) else { return }
    diagnostics.append(diagnostic)
  }

  package mutating func report(
    _ headline: String, at location: SourceLocation?, label: String? = nil, help: [String] = []
  ) {
    report(Diagnostic(headline, at: location, label: label, help: help))
  }

  /// Counts a value that is unusable for a reason that is reported already.
  package mutating func noteFailure() { failures += 1 }

  package mutating func merge(_ other: Problems) {
    for diagnostic in other.diagnostics { report(diagnostic) }
  }
}
