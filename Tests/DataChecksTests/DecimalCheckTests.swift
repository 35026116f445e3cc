import DataChecks
import Scan
import TestSupport
import Testing
import Verdict

/// Decimals are judged by all their digits, of which doubles keep sixteen: in files that store them, and as text.
@Suite struct DecimalCheckTests {
  /// A large number, the next one, a small one twice, and a fraction; the texts are those of a CSV file.
  private static let texts = [
    "90071992547409.92000001", "90071992547409.92000002", "-0.50", "-0.50000000", "3",
  ]
  private static let unscaled: [Int128?] = [
    9_007_199_254_740_992_000_001, 9_007_199_254_740_992_000_002, -50_000_000, -50_000_000, 300_000_000, nil,
  ]

  private static func finding(_ kind: String, _ rule: Tree, isWide: Bool) async throws -> Finding {
    let stream = ArrowTable([("a", .decimals(unscaled, scale: 8, isWide: isWide))]).stream
    let findings = try await Gate.findings(["columns": ["a": .mapping([(kind, rule)])]], on: stream, format: .arrow)
    return try #require(findings.first { $0.id.check == kind })
  }

  @Test(
    arguments: [
      ("at_most", "90071992547409.92000002", true), ("at_most", "90071992547409.92000001", false),
      ("at_least", "-0.5", true), ("above", "-0.5", false), ("below", "90071992547409.920000021", true),
      ("in", ["90071992547409.92000001", "90071992547409.92000002", "-0.5", "3.0"], true),
      ("in", ["90071992547409.92", "90071992547409.92000002", "-0.5", "3"], false),
      ("not_in", ["90071992547409.92", "90071992547409.92000003"], true),
      ("values", ["equal_to": ["-0.50", "3", "90071992547409.92000001", "90071992547409.92000002"]], true),
      ("min", ["equals": "-0.5"], true), ("max", ["equals": "90071992547409.92000002"], true),
      ("max", ["at_most": "90071992547409.92000001"], false), ("unique", "true", false),
      ("mean", ["between": ["36028797018964", "36028797018965"]], true), ("multiple_of", "0.00000001", true),
      ("mean", ["at_most": "36028797018963"], false), ("median", ["between": ["2.9", "3.1"]], true),
      ("distinct", ["equals": "4"], true), ("type", "number", true), ("type", "integer", false),
    ] as [(String, Tree, Bool)])
  func allDigitsCount(kind: String, rule: Tree, holds: Bool) async throws {
    for isWide in [false, true] {
      let finding = try await Self.finding(kind, rule, isWide: isWide)
      #expect(finding.outcome == (holds ? .passed : .failed), "\(finding.message)")
    }
  }

  /// The number of each row is one of the other table's, whatever stores the one and the other.
  @Test func aDecimalIsFoundAmongTexts() async throws {
    let csv = "a,b\n" + Self.texts.map { $0 + ",x\n" }.joined()
    let number: [(String, Tree)] = [("type", "number")]
    let repeats: Tree = ["columns": ["a": .mapping(number + [("unique", "true")])]]
    let unique = try await Gate.finding("a.unique", repeats, on: csv)
    #expect(unique.message.hasPrefix("1 of 5 rows repeat"))
    let shorter = "k\n90071992547409.920000010\n+90071992547409.92000002\n-.5\n3.000\n"
    let rules: Tree = ["columns": ["a": .mapping(number + [("references", "u.k")])]]
    #expect(try await Neighbours(csv, ("u", shorter)).finding("a.references", rules).outcome == .passed)
    let other = shorter + "90071992547409.92\n"
    let back: Tree = ["columns": ["k": .mapping(number + [("references", "u.a")])]]
    let lacking = try await Neighbours(other, ("u", csv)).finding("k.references", back)
    #expect(lacking.message.hasPrefix("1 of 5 values are not in u.a"))
  }
}
