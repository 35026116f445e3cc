import TestSupport
import Testing

@testable import Expressions
@testable import Scan

/// Two texts that mean the same are the same in every row, nulls and broken values included.
@Suite struct AlgebraTests {
  /// Columns of no declared type are equal as texts or as numbers: a class that one file has as 1 is 1.0 in another.
  @Test func undeclaredColumnsAreEqualAsTextsOrNumbers() throws {
    let csv =
      "x,y\na,a\na,b\n1,1.0\n1,2\n1,a\n,a\nb,\n1e3,1000\n9007199254740993,9007199254740992\n"
      + "123456789012345678901,123456789012345678902\n-0012345678901234567,-12345678901234567\n"
    let equal: [Truth] = [.yes, .no, .yes, .no, .no, .unknown, .unknown, .yes, .no, .no, .yes]
    #expect(try truths("x = y", types: [:], in: csv) == equal)
    #expect(try truths("x != y", types: [:], in: csv) == equal.map { $0 == .yes ? .no : $0 == .no ? .yes : $0 })
    #expect(try truths("y <> x", types: [:], in: csv) == truths("not x = y", types: [:], in: csv))
  }

  private static let csv: String = {
    var generator = SeededGenerator(seed: 30)
    var text = "n,m,i,s,flag\n"
    for _ in 0..<400 {
      let n = ["", "0", "1", "2", "2.5", "-1", "nan", "x"].randomElement(using: &generator) ?? ""
      let m = ["", "0", "1", "2", "3", "inf"].randomElement(using: &generator) ?? ""
      let i = ["", "0", "1", "2", "3", "1.5"].randomElement(using: &generator) ?? ""
      let s = ["", "a", "b", "\"\"", "é"].randomElement(using: &generator) ?? ""
      let flag = ["", "true", "false", "maybe"].randomElement(using: &generator) ?? ""
      text += "\(n),\(m),\(i),\(s),\(flag)\n"
    }
    return text
  }()

  private static let claims = [
    "n = 1", "n > m", "flag", "s = 'a'", "n is null", "i in (1, 2)", "m between 1 and 2", "s < 'b'", "n / i > 1",
    "not flag",
  ]

  private static func expectSame(_ a: String, _ b: String) throws {
    #expect(try truths(a, in: csv) == truths(b, in: csv), "\(a) and \(b)")
  }

  @Test(arguments: claims)
  func lawsOfOneClaim(a: String) throws {
    try Self.expectSame("not not (\(a))", a)
    try Self.expectSame("(\(a)) and (\(a))", a)
    try Self.expectSame("(\(a)) or (\(a))", a)
    try Self.expectSame("(\(a)) and true", a)
    try Self.expectSame("(\(a)) or false", a)
    #expect(try !truths("(\(a)) and not (\(a))", in: Self.csv).contains(.yes))
    #expect(try !truths("(\(a)) or not (\(a))", in: Self.csv).contains(.no))
    #expect(try truths("(\(a)) and false", in: Self.csv).allSatisfy { $0 == .no })
    #expect(try truths("(\(a)) or true", in: Self.csv).allSatisfy { $0 == .yes })
  }

  @Test(arguments: claims, claims)
  func lawsOfTwoClaims(a: String, b: String) throws {
    try Self.expectSame("not ((\(a)) and (\(b)))", "not (\(a)) or not (\(b))")
    try Self.expectSame("not ((\(a)) or (\(b)))", "not (\(a)) and not (\(b))")
    try Self.expectSame("(\(a)) and (\(b))", "(\(b)) and (\(a))")
    try Self.expectSame("(\(a)) or (\(a)) and (\(b))", a)
  }

  @Test(arguments: ["n", "m", "i", "n + i", "-n", "n * m"])
  func shorthandsAreWhatTheyStandFor(x: String) throws {
    try Self.expectSame("\(x) between 1 and 2", "\(x) >= 1 and \(x) <= 2")
    try Self.expectSame("\(x) between m and i", "\(x) >= m and \(x) <= i")
    try Self.expectSame("\(x) not between 1 and 2", "not (\(x) between 1 and 2)")
    try Self.expectSame("\(x) in (1, 2.5, m)", "\(x) = 1 or \(x) = 2.5 or \(x) = m")
    try Self.expectSame("\(x) not in (1, 2)", "not (\(x) in (1, 2))")
    try Self.expectSame("\(x) < m", "m > \(x)")
    try Self.expectSame("\(x) = m", "not (\(x) != m)")
  }

  /// The rows are not all the same: laws over constant columns would say nothing.
  @Test(arguments: claims)
  func theRowsTellTruthsApart(a: String) throws { #expect(Set(try truths(a, in: Self.csv)).count >= 2) }
}
