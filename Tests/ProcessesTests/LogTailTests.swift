import Testing

@testable import Processes

/// The bounds of the log, and that how output is cut into pieces does not matter.
@Suite struct LogTailTests {
  private func tail(_ text: String, pieces size: Int = .max) -> LogTail {
    var tail = LogTail()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      tail.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return tail
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]),
    ("a\r\nb\u{1B}[31m", ["a\r", "b\u{1B}[31m"]),
  ])
  func lines(text: String, expected: [String]) {
    #expect(tail(text).lines == expected)
  }

  @Test(arguments: [1, 3, 1999, 2000, 2001])
  func piecesDoNotMatter(size: Int) {
    let text = (0..<100).map { String(repeating: "é\($0)", count: $0 * 6) }.joined(separator: "\n")
    #expect(tail(text, pieces: size) == tail(text))
  }

  @Test func theLastLinesAreKept() {
    let kept = tail((0..<1000).map { "\($0)\n" }.joined())
    #expect(kept.lines.last == "999")
    #expect(kept.lines.count + kept.omittedLines == 1000)
    #expect(kept.lines == (kept.omittedLines..<1000).map { "\($0)" })
    #expect((LogTail.maximumLines - 1...LogTail.maximumLines).contains(kept.lines.count))
  }

  @Test func longLinesAreCutAndMarked() {
    let lines = tail(String(repeating: "x", count: 2000) + "\n" + String(repeating: "y", count: 2001) + "\nz").lines
    #expect(lines == [String(repeating: "x", count: 2000), String(repeating: "y", count: 1000) + "…", "z"])
  }

  /// What was cut off a word leaves nothing of it: it may have been a secret, which only the whole of it tells.
  @Test func aWordIsCutAsAWhole() {
    for start in 1985...2000 {
      let line = String(repeating: "x ", count: start / 2) + (start.isMultiple(of: 2) ? "" : " ")
      let shown = tail(line + "s3cret-t0ken and more").lines
      #expect(shown.count == 1 && (line + "s3cret-t0ken and more").hasPrefix(shown[0].dropLast()))
      #expect(!shown[0].contains("s3") || shown[0].contains("s3cret-t0ken"))
      #expect(shown[0].hasSuffix(" …") && shown[0].utf8.count > 1985)
    }
  }

  @Test(arguments: [10, 1000, 5000])
  func bytesAreBounded(length: Int) {
    var tail = LogTail()
    for _ in 0..<300 { tail.append([UInt8](repeating: 0x78, count: length) + [0x0A]) }
    tail.append([UInt8](repeating: 0x78, count: 5000))
    #expect(tail.lines.reduce(0) { $0 + $1.utf8.count } <= LogTail.maximumBytes)
    #expect(tail.lines.count <= LogTail.maximumLines)
  }

  @Test func brokenUTF8Shows() {
    var tail = LogTail()
    tail.append([0x61, 0xFF, 0x62])
    #expect(tail.lines == ["a\u{FFFD}b"])
  }
}
