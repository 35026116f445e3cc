import Reports
import Testing

@Suite struct TerminalStyleTests {
  @Test(
    arguments: [
      (TerminalStyle.ColorMode.auto, true, [:], true),
      (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false),
      (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["TERM": "dumb"], false),
      (.auto, true, ["TERM": "xterm"], true),
      (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
      (.never, true, [:], false),
    ] as [(TerminalStyle.ColorMode, Bool, [String: String], Bool)])
  func colors(mode: TerminalStyle.ColorMode, terminal: Bool, environment: [String: String], expected: Bool) {
    #expect(TerminalStyle.usesColor(mode, outputIsTerminal: terminal, environment: environment) == expected)
  }

  @Test(
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["CI": "true"], false), (true, ["PRE_COMMIT": "1"], false),
      (true, ["CI": ""], true), (true, ["TERM": "dumb"], false),
    ] as [(Bool, [String: String], Bool)])
  func progress(terminal: Bool, environment: [String: String], expected: Bool) {
    #expect(TerminalStyle.showsProgress(errorIsTerminal: terminal, environment: environment) == expected)
  }
}
