import Foundation
import Testing

/// Every failure shows the place of its limit in the YAML, with a caret: read from all goldens.
@Suite struct LimitPlaceTests {
  @Test(arguments: GoldenTests.cases)
  func everyFailureHasACaret(name: String) throws {
    let path = GoldenTests.folder + "/" + name + "/stdout"
    let lines = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").components(separatedBy: "\n")
    for (index, line) in lines.enumerated() where line.hasPrefix("  failed: ") || line.hasPrefix("  warned: ") {
      let next = lines[(index + 1)...].prefix(4).map { $0.trimmingCharacters(in: .whitespaces) }
      // What nobody wrote has no limit that could be shown: a table on the command line is read as it is.
      if line.hasPrefix("  failed: readable: "), next.first?.hasPrefix("-->") != true { continue }
      #expect(next.first?.hasPrefix("--> ") == true, "\(line)")
      #expect(next.last?.hasPrefix("|") == true && next.last?.contains("^") == true, "\(line)")
    }
  }
}
