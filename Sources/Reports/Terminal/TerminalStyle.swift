/// How the terminal report looks.
package struct TerminalStyle: Sendable, Hashable {
  /// What `--color` says.
  package enum ColorMode: String, Sendable, CaseIterable {
    case auto, always, never
  }

  /// How much is shown.
  package enum Verbosity: Sendable, Hashable {
    /// Only what fails, and the verdict.
    case quiet
    case normal
    /// Every passed check too.
    case verbose
  }

  package var usesColor: Bool
  /// How many columns there are.
  package var width: Int
  package var verbosity: Verbosity

  package init(usesColor: Bool = false, width: Int = 100, verbosity: Verbosity = .normal) {
    self.usesColor = usesColor
    self.width = min(max(width, 40), 400)
    self.verbosity = verbosity
  }

  /// Whether to colour: `--color` decides; `auto` asks for a terminal, no `NO_COLOR` (no-color.org: set and not empty)
  /// and a `TERM` that is not `dumb`.
  package static func usesColor(
    _ mode: ColorMode, outputIsTerminal: Bool, environment: [String: String]
  ) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto: outputIsTerminal && !isSet("NO_COLOR", in: environment) && environment["TERM"] != "dumb"
    }
  }

  /// Whether to draw progress: only where a person watches standard error, not in CI and not under pre-commit.
  package static func showsProgress(errorIsTerminal: Bool, environment: [String: String]) -> Bool {
    errorIsTerminal && !isSet("CI", in: environment) && !isSet("PRE_COMMIT", in: environment)
      && environment["TERM"] != "dumb"
  }

  private static func isSet(_ name: String, in environment: [String: String]) -> Bool {
    !(environment[name] ?? "").isEmpty
  }

  /// A line as it is printed, with ANSI colours around its pieces when colours are on.
  package func paint(_ line: StyledLine) -> String {
    guard usesColor else { return line.plain }
    return line.spans.map { span in
      guard let code = Self.code(span.role), !span.text.isEmpty else { return span.text }
      return "\u{1B}[\(code)m\(span.text)\u{1B}[0m"
    }.joined()
  }

  /// The parameters of SGR (ECMA-48, 8.3.117).
  private static func code(_ role: StyledLine.Role) -> String? {
    switch role {
    case .plain: nil
    case .strong: "1"
    case .muted: "2"
    case .place: "1;34"
    case .good: "32"
    case .bad: "1;31"
    case .doubtful: "33"
    }
  }
}
