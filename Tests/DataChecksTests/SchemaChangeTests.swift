import DataChecks
import Planning
import Scan
import TestSupport
import Testing

@Suite struct SchemaChangeTests {
  private static func changes(_ old: [Field], _ new: [Field]) -> [SchemaChange] {
    SchemaChange.changes(from: old.map { SchemaColumn($0) }, to: new.map { SchemaColumn($0) })
  }

  private static func int(_ bits: Int, _ isSigned: Bool = true) -> StoredType {
    .integer(bits: bits, isSigned: isSigned)
  }

  /// From one type to another: nil when that is no change, or else whether it is a wider one.
  @Test(
    arguments: [
      (int(32), int(32), nil), (int(32), int(64), true), (int(64), int(32), false), (int(32, false), int(64), true),
      (int(64, false), int(64), false), (int(32), int(64, false), false), (int(32), .float(bits: 64), true),
      (int(64), .float(bits: 64), false), (.float(bits: 32), .float(bits: 64), true),
      (.float(bits: 64), .float(bits: 32), false), (.text, .binary, false), (int(8), .text, false),
      (.decimal(precision: 9, scale: 2), .decimal(precision: 12, scale: 4), true),
      (.decimal(precision: 9, scale: 2), .decimal(precision: 10, scale: 4), false),
      (int(32), .decimal(precision: 12, scale: 2), true), (int(32), .decimal(precision: 11, scale: 2), false),
      (.decimal(precision: 10, scale: 0), int(64), true), (.decimal(precision: 10, scale: 0), int(32), false),
      (.decimal(precision: 19, scale: 0), int(64), false), (.decimal(precision: 10, scale: 2), int(64), false),
      (.decimal(precision: 10, scale: 0), int(64, false), false),
      (.decimal(precision: 15, scale: 0), .float(bits: 64), true),
      (.decimal(precision: 15, scale: 1), .float(bits: 64), false),
      // 9999-01-01 has no place among nanoseconds since 1970.
      (.timestamp(.millisecond, zone: "UTC"), .timestamp(.nanosecond, zone: "UTC"), false),
      (.timestamp(.millisecond, zone: "UTC"), .timestamp(.microsecond, zone: "UTC"), true),
      (.time(.millisecond), .time(.microsecond), true), (.time(.nanosecond), .time(.microsecond), false),
      (.date, .timestamp(.nanosecond, zone: nil), false),
      (.nested("list<int32>"), .nested("list<int64>"), true), (.nested("list<int64>"), .nested("list<int32>"), false),
      (.nested("list<list<int32>>"), .nested("list<list<int64>>"), true),
      (.nested("map<int32>"), .nested("map<int64>"), false),
      (.timestamp(.nanosecond, zone: nil), .timestamp(.second, zone: nil), false),
      (.timestamp(.second, zone: nil), .timestamp(.second, zone: "UTC"), false),
      (.date, .timestamp(.microsecond, zone: nil), true), (.null, .text, true), (.text, .null, false),
    ] as [(StoredType, StoredType, Bool?)])
  func aTypeIsWiderWhenItHoldsEveryValue(old: StoredType, new: StoredType, isWidened: Bool?) {
    let changes = Self.changes([Field("a", old)], [Field("a", new)])
    guard let isWidened else {
      #expect(changes.isEmpty)
      return
    }
    #expect(changes.map(\.what) == [.retyped(old.words, new.words, isWidened: isWidened)])
    #expect(changes.map(\.isBreaking) == [!isWidened])
  }

  @Test func whatTheValuesAreTellsWhereNoTypeIsDeclared() {
    func column(_ type: ValueType?) -> SchemaColumn { SchemaColumn(Field("a", .untyped), inferred: type) }
    func isBreaking(_ old: SchemaColumn, _ new: SchemaColumn) -> Bool? {
      SchemaChange.changes(from: [old], to: [new]).first?.isBreaking
    }
    #expect(isBreaking(column(.integer), column(.integer)) == nil)
    #expect(isBreaking(column(.integer), column(.number)) == false)
    #expect(isBreaking(column(.number), column(.integer)) == true)
    #expect(isBreaking(column(.date), column(.timestamp)) == false)
    #expect(isBreaking(column(.timestamp), column(.date)) == true)
    #expect(isBreaking(column(.date), column(.string)) == true)
    #expect(isBreaking(column(.time), column(.string)) == true)
    #expect(isBreaking(SchemaColumn(Field("a", .time(.second))), column(.time)) == nil)
    // Nothing is said of a column without values.
    #expect(isBreaking(column(nil), column(.string)) == nil)
    #expect(isBreaking(column(.string), column(nil)) == nil)
    let declared = SchemaColumn(Field("a", .float(bits: 32)))
    #expect(isBreaking(declared, column(.number)) == nil)
    #expect(isBreaking(declared, column(.string)) == true)
    #expect(isBreaking(column(.integer), declared) == false)
    func timestamp(_ unit: StoredType.TimeUnit, _ zone: String? = nil) -> SchemaColumn {
      SchemaColumn(Field("a", .timestamp(unit, zone: zone)))
    }
    #expect(isBreaking(column(.date), timestamp(.microsecond)) == false)
    #expect(isBreaking(column(.date), timestamp(.nanosecond)) == true)
    #expect(isBreaking(column(.date), timestamp(.microsecond, "UTC")) == true)
    #expect(isBreaking(SchemaColumn(Field("a", .date)), column(.timestamp)) == false)
  }

  /// Of a table that was not read as a whole nobody can say that nothing has changed.
  @Test(
    arguments: [
      (["a,b\n1,2\n3\n"], "line 3 is no row"), (["{\"a\":1}\n{\n"], "line 2 is no row"),
      (["a,a\n1,2\n"], "more than once"),
      (["a,b\n"], "tells no types"), (["a,b\n1,2\n", "a,c\n1,2\n"], "the files of the dataset differ"),
    ])
  func whatIsNotReadAsAWholeHasNoSchema(texts: [String], words: String) async throws {
    let folder = try TemporaryFolder()
    let files = try texts.enumerated().map { index, text in
      try folder.write(text, to: "t\(index)")
      return TableFile(path: "\(folder.path)/t\(index)", displayedAs: "t\(index)")
    }
    var scan = NativeScan(TableSource(files: files, named: "t"))
    await #expect {
      try await SchemaColumn.columns(of: &scan)
    } throws: {
      ($0 as? ScanError)?.message.contains(words) == true
    }
  }

  private static func column(_ lines: [String]) async throws -> SchemaColumn {
    let folder = try TemporaryFolder()
    try folder.write(lines.map { "{\"a\":\($0)}\n" }.joined(), to: "t")
    var scan = NativeScan(
      TableSource(path: folder.path + "/t", displayedAs: "t", TableOptions(format: .jsonLines)))
    return try #require(try await SchemaColumn.columns(of: &scan).first)
  }

  /// From the values of one column of JSON Lines to those of another: nil when that is no change, or else whether it is
  /// one to a wider type.
  @Test(
    arguments: [
      (["[1]"], ["[2, 3]", "[]"], nil), (["[1]"], ["\"x\""], false), (["\"x\""], ["[1]"], false),
      (["[1]"], ["[1.5]"], true), (["[1.5]"], ["[1]"], false), (["[1]"], ["[\"x\"]"], false),
      (["[1]"], ["[1, \"x\"]"], false), (["[1]"], ["[1, null]"], false), (["[1, null]"], ["[1]"], nil),
      (["[]"], ["[\"x\"]"], nil), (["[[1]]"], ["[[\"x\"]]"], false), (["[1]"], ["[[1]]"], false),
      (["[{\"b\": 1}]"], ["[{\"b\": 1}, {\"c\": 1}]"], true), (["[{\"b\": 1, \"c\": 1}]"], ["[{\"b\": 1}]"], false),
      (["[{\"b\": 1}]"], ["[{\"b\": \"x\"}]"], false), (["[1]"], ["[{\"b\": 1}]"], false),
      (["1", "\"x\""], ["1", "\"x\"", "2.5"], true), (["1", "\"x\""], ["1", "true"], false),
      (["1", "\"x\""], ["1"], false),
      (["1"], ["1", "\"x\""], false), (["1", "[1]"], ["[1]", "2"], nil), (["1", "{\"b\": 1}"], ["1", "[1]"], false),
      // A name is the same however it is escaped.
      (["[{\"\u{e9}\": 1}]"], ["[{\"\\u00e9\": 1}]"], nil),
    ] as [([String], [String], Bool?)])
  func listsAndMixedValuesHaveAShape(old: [String], new: [String], isWidened: Bool?) async throws {
    let (before, after) = (try await Self.column(old), try await Self.column(new))
    let changes = SchemaChange.changes(from: [before], to: [after])
    #expect(changes.map(\.isBreaking) == (isWidened.map { [!$0] } ?? []))
    #expect(SchemaChange.changes(from: [before], to: [before]).isEmpty)
  }

  @Test(
    arguments: [
      (["[1]"], "list<integer>"), (["[]"], "list"), (["[null]"], "list"),
      (["[1.5, null]", "[\"x\"]"], "list<number or string or null>"), (["1", "\"x\""], "integer or string"),
      (["[{\"b\": [true], \"a\": 1}]"], "list<struct<a: integer, b: list<boolean>>>"),
      (["1", "{\"b\": 1}"], "integer or struct<b: integer>"), (["null"], "no values"),
    ])
  func aShapeHasWords(values: [String], words: String) async throws {
    #expect(try await Self.column(values).type == words)
  }

  @Test(
    arguments: [
      (["[1]"], "list<int64>", nil), (["[1]"], "list<float64>", true), (["[1.5]"], "list<int64>", false),
      (["[1]"], "list<text>", false), (["[{\"b\": 1}]"], "list<struct<b: int64>>", nil),
      (["[{\"b\": 1}]"], "list<struct<b: int64, c: list<map<text, date>>>>", true), (["\"x\""], "list<text>", false),
      (["[{\"b\": 1}]"], "list<map<text, float32>>", true), (["[{\"b\": 1}]"], "list<struct<c: int64>>", false),
    ] as [([String], String, Bool?)])
  func shapesOfJSONAreComparedWithDeclaredOnes(values: [String], declared: String, isWidened: Bool?) async throws {
    let changes = SchemaChange.changes(
      from: [try await Self.column(values)], to: [SchemaColumn(Field("a", .nested(declared)))])
    #expect(changes.map(\.isBreaking) == (isWidened.map { [!$0] } ?? []))
  }

  @Test func valuesThatAreMissingBreakWhoCountedOnThem() {
    func changes(_ had: Bool?, _ has: Bool?) -> [SchemaChange] {
      let column = { (lacksValues: Bool?) in SchemaColumn(Field("a", .text), lacksValues: lacksValues) }
      return SchemaChange.changes(from: [column(had)], to: [column(has)])
    }
    #expect(changes(false, true).map(\.what) == [.emptied])
    #expect(changes(false, true).map(\.isBreaking) == [true])
    #expect(changes(true, false).map(\.what) == [.filled])
    #expect(changes(true, false).map(\.isBreaking) == [false])
    for (had, has) in [(true, true), (false, false), (nil, true), (false, nil)] { #expect(changes(had, has).isEmpty) }
  }

  @Test func columnsComeGoAndMove() {
    let old = ["a", "b", "c", "d"].map { Field($0, .text) }
    let new = ["d", "a", "x", "c"].map { Field($0, .text) }
    let changes = Self.changes(old, new)
    #expect(changes.map(\.column) == ["b", "x", "d"])
    #expect(changes.map(\.what) == [.removed, .added, .displaced("a")])
    #expect(changes.map(\.isBreaking) == [true, false, false])
    #expect(Self.changes(old, old).isEmpty)
  }
}
