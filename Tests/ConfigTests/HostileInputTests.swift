import Config
import Language
import Testing
import Verdict

@Suite struct HostileInputTests {
  private static let config = """
    version: 1
    project: "flights ${NAME:-x}"
    data: &data
      flights:
        source: data/flights-*.parquet  # a comment
        rules: {rows: {at_least: 1000}, columns: [a, 'b', "c\\n"]}
        text: |
          one ${secret:TOKEN}
          two
    more: {<<: *data, x: !!str 1}
    list:
    - 1
    - [ü, 🙂]
    """

  /// The law of every input: a tree, or at least one diagnostic; every place lies in the text.
  private func check(_ bytes: [UInt8]) {
    let (file, diagnostics) = read(bytes: bytes, environment: ["TOKEN": "hunter2"])
    #expect(file != nil || !diagnostics.isEmpty)
    #expect(diagnostics.count <= Problems.limit)
    let locations = diagnostics.compactMap(\.location) + (file.map { allNodes($0.root).map(\.location) } ?? [])
    for location in locations
    where location.line < 1 || location.column < 1 || location.length < 1
      || location.column > location.lineText.unicodeScalars.count + 1
      || location.column + location.length > location.lineText.unicodeScalars.count + 2
    {
      Issue.record("\(location) with length \(location.length) lies outside of \(location.lineText.debugDescription)")
    }
    for diagnostic in diagnostics where "\(diagnostic)".contains("hunter2") { Issue.record("a secret is shown") }
  }

  @Test func theSeedItselfIsSound() {
    let (file, diagnostics) = read(Self.config, environment: ["TOKEN": "hunter2"])
    #expect(diagnostics.isEmpty)
    #expect(file?.root[key: "more"]?.value[key: "flights"] != nil)
  }

  @Test(arguments: 0..<20)
  func randomBytes(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<100 {
      let count = Int.random(in: 0...200, using: &random)
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test("Random texts made of YAML's own signs", arguments: 0..<20)
  func randomSigns(seed: Int) {
    var random = SplitMix(seed: UInt64(seed) + 1000)
    for _ in 0..<200 {
      check(Array(random.text(0...60, of: "ab1 :-[]{},#&*!|>'\"%@`?~<$\n\n\t\r\\é\u{FEFF}\u{85}\u{2028}").utf8))
    }
  }

  @Test("A config with parts cut, doubled, swapped and broken", arguments: 0..<20)
  func mutations(seed: Int) {
    var random = SplitMix(seed: UInt64(seed) + 2000)
    let original = Array(Self.config.utf8)
    for _ in 0..<100 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 2: bytes.insert(contentsOf: Array(random.text(1...3, of: ":-[]{},#&*!|>'\"$\n\t ").utf8), at: start)
        default: if start < bytes.count { bytes[start] = UInt8.random(in: 0...255, using: &random) }
        }
      }
      check(bytes)
    }
  }

  @Test(
    "A million bytes of one thing",
    arguments: [
      "[", "{", "a", "- ", "? ", "'", "\"", "&a ", "*a ", "!a ", "# ", "|\n", "a: ", "a: b\n", "${", "${A}", "$${",
      "\n", "\t",
      ",", "<<: ", "{a: ", "é", "\u{2028}", "%A\n", "--- a\n", "[a], ", "\\", "- [", "a\n", ">", "'a' ", "{}\n",
    ])
  func floods(piece: String) {
    check(Array(String(repeating: piece, count: 1_000_000 / piece.utf8.count).utf8))
    check(Array(("a: " + String(repeating: piece, count: 999_000 / piece.utf8.count)).utf8))
    check(Array(("a: [" + String(repeating: piece, count: 999_000 / piece.utf8.count)).utf8))
  }
}
