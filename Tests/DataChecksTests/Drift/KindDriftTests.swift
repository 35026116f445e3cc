import Scan
import TestSupport
import Testing
import Verdict

@testable import DataChecks

/// What values are: digits may be numbers or texts, as the file has it, the rules say, or the other side tells.
@Suite struct KindDriftTests {
  private func finding(_ now: String, _ before: String, declared: String? = nil) async throws -> Finding {
    var tables = Neighbours(now, ("before", before))
    tables.baseline = "before"
    for (name, text) in tables.tables where text?.hasPrefix("{") == true { tables.formats[name] = .jsonLines }
    var rules: Tree = ["drift": "x"]
    if let declared { rules = ["columns": ["x": ["type": .scalar(declared)]], "drift": "x"] }
    return try #require(try await tables.findings(rules).last { $0.kind == "drift" })
  }

  private func lines(_ values: some Sequence<String>) -> String { values.map { "{\"x\": \($0)}\n" }.joined() }
  private func table(_ values: some Sequence<String>) -> String { "x\n" + values.map { "\($0)\n" }.joined() }

  /// A producer that begins to quote its numbers has changed the column, and what is in quotes is not left out.
  @Test func numbersInQuotesAreTexts() async throws {
    let numbers = (0..<2000).map { "\($0 % 97).5" }
    let before = lines(numbers)
    let half = try await finding(lines(numbers.enumerated().map { $0 % 2 == 0 ? $1 : "\"\($1)\"" }), before)
    #expect(half.outcome == .failed && half.message.contains("holds texts"), "\(half.message)")
    let all = try await finding(lines(numbers.map { "\"\($0)\"" }), before)
    #expect(all.outcome == .failed && all.message.contains("holds texts"), "\(all.message)")
    let same = try await finding(before, before)
    #expect(same.outcome == .passed, "\(same.message)")
  }

  /// Codes of digits, more of them than a profile counts: compared as the texts that they are.
  @Test func codesInQuotesAreCompared() async throws {
    func codes(_ first: Int) -> [String] { (0..<8000).map { "\"\(first + $0 * 7919 % 2500)\"" } }
    let same = try await finding(lines(codes(10_000)), lines(codes(10_000)))
    #expect(same.outcome == .inconclusive && same.message.contains("hash buckets"), "\(same.message)")
    let other = try await finding(lines(codes(20_000)), lines(codes(10_000)))
    #expect(other.outcome == .failed, "\(other.message)")
  }

  /// Lost zeros are nothing to numbers, and another code.
  @Test func whatIsDeclaredATextIsOne() async throws {
    let codes = (0..<3000).map { "000\($0 % 90 + 10)" }
    let lost = codes.map { String($0.drop { $0 == "0" }) }
    #expect(try await finding(table(lost), table(codes)).outcome == .passed)
    let declared = try await finding(table(lost), table(codes), declared: "string")
    #expect(declared.outcome == .failed, "\(declared.message)")
    #expect(try await finding(table(codes), table(codes), declared: "string").outcome == .passed)
    // What the other side stores as texts are texts here.
    let quoted = try await finding(table(codes), lines(codes.map { "\"\($0)\"" }))
    #expect(quoted.outcome == .passed, "\(quoted.message)")
  }

  /// The order of the rows is no matter, also where those of digits come first.
  @Test func sortedCodesAreSampled() async throws {
    func codes(_ letter: String) -> [String] {
      (0..<30_000).map { row in
        let code = row * 7919 % 5000
        return code % 2 == 0 ? "\(letter == "A" ? code : code + 90_000)" : "\(letter)\(code)"
      }
    }
    for (now, before) in [(codes("B"), codes("A")), (codes("B").sorted(), codes("A").sorted())] {
      let found = try await finding(table(now), table(before))
      let told = ([found.message] + found.evidence.notes).joined(separator: "\n")
      #expect(found.outcome == .failed && told.contains("excess of new values in a sample"), "\(told)")
    }
  }
}
