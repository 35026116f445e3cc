import Testing

@testable import Scan

/// What typed values read as: what loses nothing reads, everything else is malformed, and a null stays a null.
@Suite struct StoredReadingTests {
  private static func integers(_ values: [Int64?]) -> StoredColumn {
    .integers(Column(values: values.map { $0 ?? 0 }, states: values.map { $0 == nil ? 0 : 1 }))
  }

  private static func numbers(_ values: [Double?]) -> StoredColumn {
    .numbers(Column(values: values.map { $0 ?? 0 }, states: values.map { $0 == nil ? 0 : 1 }))
  }

  private static func texts(_ values: [String?]) -> TextColumn {
    var column = TextColumn()
    for value in values {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += Array((value ?? "").utf8)
      column.ends.append(value == nil ? -1 : Int32(column.bytes.count))
    }
    return column
  }

  /// Each value as text: `?` for malformed, `-` for null.
  private static func read(_ column: StoredColumn, _ stored: StoredType, as type: ValueType) -> [String] {
    switch column.read(stored, as: type) {
    case .integer(let column): zip(column.values, column.states).map { $1 == 1 ? "\($0)" : $1 == 0 ? "-" : "?" }
    case .number(let column): zip(column.values, column.states).map { $1 == 1 ? "\($0)" : $1 == 0 ? "-" : "?" }
    case .text(let text):
      (0..<text.rowCount).map { row in
        text.range(row).map { String(decoding: text.bytes[$0], as: UTF8.self) } ?? "-"
      }
    }
  }

  @Test(
    arguments: [
      (StoredType.integer(bits: 64, isSigned: true), ValueType.integer, ["1", "-", "-5", "\(Int64.min)"]),
      (.integer(bits: 64, isSigned: true), .number, ["1.0", "-", "-5.0", "-9.223372036854776e+18"]),
      (.integer(bits: 64, isSigned: true), .boolean, ["1", "-", "?", "?"]),
      (.integer(bits: 64, isSigned: true), .date, ["?", "-", "?", "?"]),
      (.integer(bits: 64, isSigned: false), .integer, ["1", "-", "?", "?"]),
      (.integer(bits: 64, isSigned: false), .number, ["1.0", "-", "1.8446744073709552e+19", "9.223372036854776e+18"]),
      (.integer(bits: 64, isSigned: false), .string, ["1", "-", "18446744073709551611", "9223372036854775808"]),
      (.boolean, .string, ["true", "-", "true", "true"]), (.boolean, .integer, ["?", "-", "?", "?"]),

      (.timestamp(.second, zone: nil), .timestamp, ["1000000", "-", "-5000000", "?"]),
      (.timestamp(.nanosecond, zone: nil), .timestamp, ["0", "-", "-1", "-9223372036854776"]),
      (
        .timestamp(.nanosecond, zone: "UTC"), .string,
        [
          "1970-01-01T00:00:00.000000001Z", "-", "1969-12-31T23:59:59.999999995Z", "1677-09-21T00:12:43.145224192Z",
        ]
      ),
      (.duration(.millisecond), .string, ["1 ms", "-", "-5 ms", "\(Int64.min) ms"]),
    ] as [(StoredType, ValueType, [String])])
  func integersRead(stored: StoredType, type: ValueType, expected: [String]) {
    #expect(Self.read(Self.integers([1, nil, -5, .min]), stored, as: type) == expected)
  }

  @Test func doublesReadAsIntegersWhenTheyAreWhole() {
    let column = Self.numbers([3, 3.5, nil, .nan, .infinity, 1e300, -0.0])
    #expect(Self.read(column, .float(bits: 64), as: .integer) == ["3", "?", "-", "?", "?", "?", "0"])
    #expect(Self.read(Self.numbers([0.1]), .float(bits: 64), as: .string) == ["0.1"])
    #expect(Self.read(Self.numbers([Double(Float(0.1))]), .float(bits: 32), as: .string) == ["0.1"])
  }

  @Test func datesAreWrittenAsTheCalendarHasThem() {
    let days: [Int64?] = [0, -1, 59, 11_016, 19_782, -719_528, 2_932_896, nil]
    #expect(
      Self.read(Self.integers(days), .date, as: .string) == [
        "1970-01-01", "1969-12-31", "1970-03-01", "2000-02-29", "2024-02-29", "0000-01-01", "9999-12-31", "-",
      ])
  }

  @Test func aTimestampAtMidnightIsADate() {
    let column = Self.integers([86_400_000, 86_400_001, -86_400_000, nil])
    #expect(Self.read(column, .timestamp(.millisecond, zone: nil), as: .date) == ["1", "?", "-1", "-"])
    #expect(Self.read(Self.integers([1, nil]), .date, as: .timestamp) == ["86400000000", "-"])
  }

  @Test func textInATypedFileIsNoNumber() {
    let column = StoredColumn.texts(Self.texts(["1", nil, "x"]))
    #expect(Self.read(column, .text, as: .integer) == ["?", "-", "?"])
    #expect(Self.read(column, .untyped, as: .integer) == ["1", "-", "?"])
    #expect(Self.read(column, .text, as: .string) == ["1", "-", "x"])
  }

  @Test func decimalsAreNumbersAndIntegersWhenTheirFractionIsZero() {
    let column = StoredColumn.texts(Self.texts(["1.50", "2.00", nil, "-3.00"]))
    let type = StoredType.decimal(precision: 5, scale: 2)
    #expect(Self.read(column, type, as: .number) == ["1.5", "2.0", "-", "-3.0"])
    #expect(Self.read(column, type, as: .integer) == ["?", "2", "-", "-3"])
  }

  @Test func tokensReadByTheirKind() {
    let kinds: [TokenKind] = [.number, .string, .boolean, .null, .nested, .string]
    let column = StoredColumn.tokens(
      Self.texts(["42", "42", "true", nil, "[1]", "2024-01-31"]), kinds: kinds.map(\.rawValue))
    #expect(Self.read(column, .tokens, as: .integer) == ["42", "?", "?", "-", "?", "?"])
    #expect(Self.read(column, .tokens, as: .boolean) == ["?", "?", "1", "-", "?", "?"])
    #expect(Self.read(column, .tokens, as: .date) == ["?", "?", "?", "-", "?", "19753"])
  }

  /// A coded column says of its rows what the plain one says.
  @Test(arguments: ValueType.allCases)
  func codesChangeNothing(type: ValueType) {
    let entries = Self.texts(["1", "x", "true", "2024-01-31", nil])
    let codes: [Int32] = [0, 1, -1, 2, 3, 0, 4, 3]
    let coded = TextColumn(bytes: entries.bytes, starts: entries.starts, ends: entries.ends, codes: codes)
    let plain = Self.texts(["1", "x", nil, "true", "2024-01-31", "1", nil, "2024-01-31"])
    #expect(Self.read(.texts(coded), .untyped, as: type) == Self.read(.texts(plain), .untyped, as: type))
  }

  @Test(
    arguments: [
      StoredType.untyped, .tokens, .text, .binary, .boolean, .integer(bits: 8, isSigned: false), .float(bits: 16),
      .decimal(precision: 38, scale: 10), .date, .time(.nanosecond), .timestamp(.millisecond, zone: nil),
      .timestamp(.microsecond, zone: "Europe/Oslo"), .timestamp(.second, zone: "+05:30"), .duration(.second),
      .nested("list"), .null,
    ])
  func wordsNameTheType(type: StoredType) { #expect(StoredType(words: type.words) == type) }
}
