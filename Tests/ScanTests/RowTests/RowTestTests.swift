import Testing

@testable import Scan

@Suite struct RowTestTests {
  private static func verdicts(_ test: some RowTest, _ values: [String?]) -> [RowVerdict] {
    let batch = TestTable(columns: [("a", values)]).batch(0..<values.count)
    // Whatever the last batch left behind must not show.
    var verdicts = [RowVerdict](repeating: .unselected, count: values.count)
    test.judge(batch, into: &verdicts)
    return verdicts
  }

  @Test func presence() { #expect(Self.verdicts(PresenceTest("a"), ["x", nil, ""]) == [.holds, .violated, .holds]) }

  @Test(
    arguments: [
      (CompletenessTest.Claim.all, [RowVerdict.holds, .violated, .violated]), (.any, [.holds, .holds, .violated]),
      (.allOrNone, [.holds, .violated, .null]),
    ])
  func completeness(claim: CompletenessTest.Claim, expected: [RowVerdict]) {
    let batch = TestTable(columns: [("a", ["x", nil, nil]), ("b", ["", "y", nil])]).batch(0..<3)
    var verdicts = [RowVerdict](repeating: .malformed, count: 3)
    CompletenessTest(["a", "b"], claim).judge(batch, into: &verdicts)
    #expect(verdicts == expected)
  }

  @Test(
    arguments: [
      (ValueType.string, [RowVerdict.holds, .holds, .holds, .holds, .holds, .holds, .null]),
      (.integer, [.holds, .violated, .violated, .violated, .violated, .violated, .null]),
      (.number, [.holds, .holds, .violated, .violated, .violated, .violated, .null]),
      (.boolean, [.holds, .violated, .holds, .violated, .violated, .violated, .null]),
      (.date, [.violated, .violated, .violated, .holds, .violated, .violated, .null]),
      (.timestamp, [.violated, .violated, .violated, .violated, .holds, .violated, .null]),
    ] as [(ValueType, [RowVerdict])])
  func cast(type: ValueType, expected: [RowVerdict]) {
    let values = ["1", "1.5", "true", "2024-01-31", "2024-01-31T00:00Z", "", nil]
    #expect(Self.verdicts(CastTest("a", as: type), values) == expected)
  }

  /// What is true of an entry is true of its rows, of few entries and of more than a code of one byte can tell apart.
  @Test(arguments: [1, 3, 255, 256, 700])
  func aDictionaryChangesNoVerdict(entries: Int) throws {
    let values = (0..<2000).map { row in row % 17 == 3 ? nil : "v\(row * row % entries)" }
    let plain = TestTable(columns: [("a", values)]).batch(0..<values.count)
    let different = Array(Set(values.compactMap { $0 })).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(different, 0..<Int32(different.count)))
    var dictionary = TextColumn()
    for value in different {
      dictionary.starts.append(Int32(dictionary.bytes.count))
      dictionary.bytes += Array(value.utf8)
      dictionary.ends.append(Int32(dictionary.bytes.count))
    }
    dictionary.codes = values.map { $0.flatMap { places[$0] } ?? -1 }
    var coded = Batch()
    coded.add(Field("a", .untyped), .texts(dictionary), at: 0)
    let pattern = try Pattern("v.*[13579]")
    let tests: [any RowTest] = [
      PresenceTest("a"), CastTest("a", as: .string), CastTest("a", as: .integer), PatternTest("a", of: [pattern]),
      MembershipTest("a", as: .string, .texts(["v0", "v2", "v256", "v699"])), LengthTest("a", atLeast: 3, atMost: 9),
    ]
    for test in tests {
      var (one, other) = (
        [RowVerdict](repeating: .unselected, count: values.count),
        [RowVerdict](repeating: .unselected, count: values.count)
      )
      test.judge(plain, into: &one)
      test.judge(coded, into: &other)
      #expect(one == other, "\(test)")
      #expect(one.contains(.violated) || one.contains(.holds))
    }
  }

  @Test func rangeOfNumbers() {
    let values = ["0", "5", "-0.001", "5.001", "nan", "inf", "x", nil]
    #expect(
      Self.verdicts(RangeTest("a", as: .number, .number(0, 5)), values)
        == [.holds, .holds, .violated, .violated, .violated, .violated, .malformed, .null])
    #expect(
      Self.verdicts(RangeTest("a", as: .number, .number(nil, nil)), ["nan", "inf", "-inf"]) == [
        .violated, .holds, .holds,
      ])
  }

  /// As doubles these differ by nothing.
  @Test func rangeOfLargeIntegersIsExact() {
    let limit: Int64 = 9_007_199_254_740_993
    #expect(
      Self.verdicts(
        RangeTest("a", as: .integer, .integer(limit, nil)), ["9007199254740993", "9007199254740992", "1.5"])
        == [.holds, .violated, .malformed])
    #expect(
      Self.verdicts(RangeTest("a", as: .integer, .integer(nil, .max)), ["9223372036854775807", "9223372036854775808"])
        == [.holds, .malformed])
  }

  @Test func lengthCountsScalars() {
    let values = ["", "a", "é", "e\u{301}", "😀😀", "日本語", nil]
    #expect(
      Self.verdicts(LengthTest("a", atLeast: 1, atMost: 2), values)
        == [.violated, .holds, .holds, .holds, .holds, .violated, .null])
  }

  @Test func membershipIsThatOfTheType() {
    #expect(
      Self.verdicts(MembershipTest("a", as: .string, .texts(["1", "é"])), ["1", "1.0", "é", "e\u{301}", nil])
        == [.holds, .violated, .holds, .violated, .null])
    #expect(
      Self.verdicts(MembershipTest("a", as: .number, .numbers([1, 0])), ["1", "1.0", "-0", "1e0", "x", "nan", nil])
        == [.holds, .holds, .holds, .holds, .malformed, .violated, .null])
    // NaN is none of the members, unless it is listed.
    for (members, verdict) in [([1, 2], RowVerdict.holds), ([1, .nan], .violated)] as [([Double], RowVerdict)] {
      #expect(
        Self.verdicts(MembershipTest("a", as: .number, .numbers(members), isNegated: true), ["1", "nan", nil])
          == [.violated, verdict, .null])
    }
    #expect(
      Self.verdicts(MembershipTest("a", as: .number, .numbers([1, .nan])), ["1", "nan", "2"])
        == [.holds, .holds, .violated])
    #expect(
      Self.verdicts(
        MembershipTest("a", as: .number, .decimals(["9007199254740993"]), isNegated: true), ["nan", "9007199254740993"])
        == [.holds, .violated])
    #expect(
      Self.verdicts(MembershipTest("a", as: .integer, .integers([7]), isNegated: true), ["7", "+07", "8", "x", nil])
        == [.violated, .violated, .holds, .malformed, .null])
  }

  @Test(
    arguments: [
      ("[]", 0), (" [ 1 , 2 ]\n", 2), ("[[1,2],{\"a\":[3,4]}]", 2), ("[\"a,]\",\"\\\",\"]", 2), ("[null]", 1),
      ("", nil), ("1", nil), ("{}", nil), ("[1,]", nil), ("[,1]", nil), ("[1", nil), ("[1]]", nil), ("[1] x", nil),
      ("[}", nil), ("[\"a]", nil), ("x[1]", nil),
    ] as [(String, Int?)])
  func lengthOfListsOfJSON(text: String, count: Int?) {
    #expect(ListLengthTest.count(Array(text.utf8).span) == count)
    let verdict = Self.verdicts(ListLengthTest("a", atLeast: 1, atMost: 2), [text, nil])
    #expect(verdict == [(1...2).contains(count ?? 0) ? .holds : .violated, .null])
  }

  /// What the file stores says what a value is, and its text does not.
  @Test func shapesAreThoseOfTheFile() {
    func verdicts(_ type: StoredType, _ values: StoredColumn, _ shape: ShapeTest.Shape) -> [RowVerdict] {
      var batch = Batch()
      batch.add(Field("a", type), values, at: 0)
      var verdicts = [RowVerdict](repeating: .malformed, count: batch.rowCount)
      ShapeTest("a", shape).judge(batch, into: &verdicts)
      return verdicts
    }
    let texts = ["[1]", "{}", "[1]", "7", ""]
    let kinds: [TokenKind] = [.nested, .nested, .string, .number, .null]
    var text = TextColumn()
    for value in texts {
      text.starts.append(Int32(text.bytes.count))
      text.bytes += Array(value.utf8)
      text.ends.append(value.isEmpty ? -1 : Int32(text.bytes.count))
    }
    let tokens = StoredColumn.tokens(text, kinds: kinds.map(\.rawValue))
    #expect(verdicts(.tokens, tokens, .list) == [.holds, .violated, .violated, .violated, .null])
    #expect(verdicts(.tokens, tokens, .map) == [.violated, .holds, .violated, .violated, .null])
    #expect(verdicts(.tokens, tokens, .scalar) == [.violated, .violated, .holds, .holds, .null])
    for (type, shape) in [
      (StoredType.untyped, ShapeTest.Shape.scalar), (.text, .scalar), (.nested("list<int64>"), .list),
      (.nested("map<string, int64>"), .map),
    ] {
      let present = [RowVerdict](repeating: .holds, count: 4) + [.null]
      #expect(verdicts(type, .texts(text), shape) == present, "\(type)")
      let other: ShapeTest.Shape = shape == .scalar ? .map : .scalar
      #expect(verdicts(type, .texts(text), other).dropLast().allSatisfy { $0 == .violated })
    }
    var batch = Batch()
    batch.add(Field("a", .tokens), tokens, at: 0)
    var lengths = [RowVerdict](repeating: .malformed, count: 5)
    ListLengthTest("a", atLeast: 1, atMost: 1).judge(batch, into: &lengths)
    #expect(lengths == [.holds, .violated, .violated, .violated, .null])
  }

  @Test func patternAndFormatJudgeTexts() throws {
    #expect(
      Self.verdicts(PatternTest("a", of: [try Pattern("a+")]), ["aa", "ab", "", nil]) == [
        .holds, .violated, .violated, .null,
      ])
    #expect(
      Self.verdicts(TextTest("a", "ipv4", isIPv4), ["1.2.3.4", "1.2.3", "", nil]) == [
        .holds, .violated, .violated, .null,
      ])
  }

  /// None is the opposite of any, all of one is any of one, and a search finds what a pattern with tails matches.
  @Test func patternsAreCountedByTheirQuantifier() throws {
    let patterns = try ["a.*", ".*b", "[a-c]+"].map { try Pattern($0) }
    let values = ["ab", "a", "b", "c", "abx", "xab", "", "é", nil]
    func holds(_ quantifier: PatternTest.Quantifier, _ patterns: [Pattern], full: Bool = true) -> [Bool?] {
      Self.verdicts(PatternTest("a", quantifier, of: patterns, full: full), values).map {
        $0 == .null ? nil : $0 == .holds
      }
    }
    let each = patterns.map { pattern in values.map { $0.map { pattern.matches($0) } } }
    let counts = values.indices.map { row in each[0][row].map { _ in each.count { $0[row] == true } } }
    #expect(holds(.all, patterns) == counts.map { $0.map { $0 == 3 } })
    #expect(holds(.any, patterns) == counts.map { $0.map { $0 > 0 } })
    #expect(holds(.none, patterns) == counts.map { $0.map { $0 == 0 } })
    let tailed = try ["(?s).*b.*"].map { try Pattern($0) }
    #expect(try holds(.all, [Pattern("b")], full: false) == holds(.all, tailed))
    #expect(try holds(.all, [Pattern("^b$")], full: false) == holds(.all, [Pattern("b")]))
  }

  @Test func expressionKnowsFourVerdicts() {
    let column = RowExpression.column(ColumnReading("a", as: .integer))
    let test = ExpressionTest(
      .comparison(.greater, column, .number(0)), when: .comparison(.notEqual, column, .number(7)))
    #expect(
      Self.verdicts(test, ["1", "-1", "7", nil, "x"]) == [.holds, .violated, .unselected, .unselected, .malformed])
    #expect(
      Self.verdicts(ExpressionTest(.comparison(.greater, column, .number(0))), [nil, "x", "0"]) == [
        .null, .malformed, .violated,
      ])
    #expect(test.shownColumns == ["a"])
  }
}
