import Planning
import Scan
import TestSupport
import Testing

@testable import Profiles

/// What `accept` says of a baseline that is replaced.
@Suite struct ProfileChangesTests {
  private func lines(_ before: String, _ now: String) async throws -> [String] {
    let folder = try TemporaryFolder()
    func profile(_ text: String, _ file: String) async throws -> Profile {
      let path = try folder.write(text, to: file)
      var scan = NativeScan(TableSource(path: path, displayedAs: file), ScanResources(threads: 1))
      return try await Profile(of: &scan, named: file, withMakeup: false)
    }
    return ProfileChanges(from: try await profile(before, "a.csv"), to: try await profile(now, "b.csv")).lines
  }

  private func column(_ name: String, _ values: [String]) -> String {
    ([name] + (0..<100).map { values[$0 % values.count] }).joined(separator: "\n") + "\n"
  }

  /// Other categories of the same number and length have no mean that differs.
  @Test func categoriesAreTold() async throws {
    let renamed = try await lines(column("k", ["a", "b"]), column("k", ["x", "b"]))
    #expect(renamed == ["k: \"a\" 50% -> 0%, \"x\" 0% -> 50%"])
    let moved = try await lines(column("k", ["a", "b", "a", "a"]), column("k", ["a", "b"]))
    #expect(moved == ["k: \"a\" 75% -> 50%, \"b\" 25% -> 50%"])
    #expect(try await lines(column("k", ["a", "b"]), column("k", ["b", "a"])).isEmpty)
    let many = try await lines(
      column("k", (0..<10).map { "a\($0)" }), column("k", (0..<10).map { "b\($0)" }))
    #expect(many.count == 1 && many[0].hasSuffix("\"a4\" 10% -> 0%, 15 more"), "\(many)")
  }

  /// Values that are counted by no table of theirs may differ without a figure that does.
  @Test func otherValuesAreTold() async throws {
    let names = (0..<3000).map { 1000 + $0 }
    let first = "k\n" + names.map { "a\($0)\n" }.joined()
    let lines = try await lines(first, first.replacing("a1000\n", with: "b1000\n"))
    #expect(lines == ["k: other values, of which the profile tells the same"])
  }
}
