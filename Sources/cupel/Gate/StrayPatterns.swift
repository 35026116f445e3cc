internal import Language
internal import Verdict

/// Patterns of a selection that match no check: beside others that do, each would silently take a check out of the gate.
struct StrayPatterns {
  /// What is said of each, and what it may have meant.
  let diagnostics: [Diagnostic]
  /// Whether no pattern matches.
  let areAll: Bool

  /// - Parameters:
  ///   - patterns: as `--only` has them.
  ///   - identities: all checks of the config; nothing is said where there are none.
  ///   - option: what holds the patterns.
  init(of patterns: [String], among identities: [CheckID], in option: String = "--only") {
    let strays = patterns.filter { !identities.contains(where: Selection([$0]).includes) }
    areAll = strays.count == patterns.count
    let words = identities.isEmpty || strays.isEmpty ? [] : identities.map(\.description) + identities.map(\.scope)
    diagnostics = (identities.isEmpty ? [] : strays).map { stray in
      let near = nearest(stray, among: words).map { "; did you mean \($0)?" } ?? "; `cupel list` shows them all"
      return Diagnostic("\(option) \(stray) matches no check\(near)")
    }
  }

  /// Reports those beside others that match. A run of nothing says so by itself.
  func report(_ problems: inout Problems) {
    guard !areAll else { return }
    for diagnostic in diagnostics { problems.report(diagnostic) }
  }
}
