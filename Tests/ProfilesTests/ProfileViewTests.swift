import Planning
import Scan
import TestSupport
import Testing

@testable import Profiles

@Suite struct ProfileViewTests {
  private static func lines(_ text: String, width: Int) async throws -> [String] {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "t.csv")
    var scan = NativeScan(TableSource(path: path, displayedAs: "t.csv"))
    return ProfileView(try await Profile(of: &scan, named: "t.csv"), width: width).lines
  }

  @Test(arguments: [40, 60, 89, 90, 120])
  func noLineIsWiderThanTheTerminal(width: Int) async throws {
    let name = String(repeating: "long name ", count: 9)
    let lines = try await Self.lines("\(name),b\n1,\(String(repeating: "é", count: 200))\n", width: width)
    for line in lines { #expect(line.count <= width, "\(line)") }
  }

  /// No width takes away a column of numbers.
  @Test(arguments: [40, 60, 89, 90, 120])
  func everyLineHasItsCounts(width: Int) async throws {
    let name = String(repeating: "long_name_", count: 9)
    let rows = (0..<500).map { "2026-01-01T00:00:00Z,\($0 % 37)\n" }.joined()
    let lines = try await Self.lines("\(name),b\n\(rows)", width: width)
    let head = try #require(lines.first { $0.hasPrefix("column") })
    #expect(head.contains("missing  distinct"), "\(head)")
    let end = try #require(head.firstRange(of: "distinct")).upperBound
    let line = try #require(lines.first { $0.hasPrefix("b ") })
    #expect(line.prefix(head.distance(from: head.startIndex, to: end)).hasSuffix("37"), "\(line)")
  }

  @Test func aNameMayHaveTheRoomThatThereIs() async throws {
    let name = String(repeating: "n", count: 60)
    #expect(try await Self.lines("\(name)\n1\n", width: 200).contains { $0.hasPrefix(name) })
    #expect(try await !Self.lines("\(name)\n1\n", width: 100).contains { $0.hasPrefix(name) })
  }

  @Test func aColumnIsShownByItsTypeShapeAndValues() async throws {
    let rows = (0..<100).map { "\($0),\($0 % 4 == 0 ? "Oslo" : "Rio"),\($0 % 2 == 0 ? "" : "0.5"),,\($0 % 3)x" }
    let text = (["n,city,half,none,mixed"] + rows).joined(separator: "\n")
    let lines = try await Self.lines(text, width: 120)
    #expect(lines[0] == "t.csv: 100 rows, 5 columns")
    #expect(lines.contains { $0.hasPrefix("n ") && $0.contains("integer") && $0.hasSuffix("0 · 49 · 99") })
    #expect(lines.contains { $0.hasPrefix("city") && $0.hasSuffix("Rio 75%, Oslo 25%") })
    #expect(lines.contains { $0.hasPrefix("half") && $0.contains(" 50%") && $0.contains("number") })
    #expect(lines.contains { $0.hasPrefix("none") && $0.hasSuffix("no values") })
  }

  /// An estimate is marked as one, and never exceeds the values that there are.
  @Test(arguments: [10, 100, 500, 700, 999])
  func differentValuesAreNotMoreThanValues(rows: Int) async throws {
    let text = "id,half\n" + (0..<rows).map { "key \($0),\($0 % 2 == 0 ? "value \($0)" : "")\n" }.joined()
    let lines = try await Self.lines(text, width: 120)
    for (column, present) in [("id", rows), ("half", (rows + 1) / 2)] {
      let line = try #require(lines.first { $0.hasPrefix(column) })
      let shown = try #require(line.firstMatch(of: #/(~?)(\d+)  /#))
      let number = try #require(Int(shown.2))
      #expect(number <= present, "\(line)")
      #expect(!shown.1.isEmpty || number == present, "\(line)")
    }
  }

  @Test(
    arguments: [
      (0.0, "0"), (1, "1"), (-1.5, "-1.5"), (12.345, "12.3"), (999, "999"), (9999, "9999"), (10_000, "10k"),
      (1_234_567, "1.23M"), (9.97123e27, "9.97e27"), (-1.5e300, "-1.5e300"), (5e15, "5000T"), (5e9, "5G"),
      (0.1234, "0.123"), (0.5, "0.5"),
    ] as [(Double, String)])
  func numbersAreBrief(value: Double, text: String) { #expect(ProfileView.brief(value) == text) }
}
