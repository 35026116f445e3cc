import TestSupport
import Testing

@testable import Scan

@Suite struct MissingCodesTests {
  private static func nulls(_ codes: MissingCodes, _ values: StoredColumn, _ type: StoredType) -> [Bool] {
    let removed = codes.removed(from: values, type)
    return (0..<values.rowCount).map { removed.isNull($0) }
  }

  private static func text(_ values: [String?]) -> TextColumn {
    var text = TextColumn()
    for value in values {
      text.starts.append(Int32(text.bytes.count))
      text.bytes += Array((value ?? "").utf8)
      text.ends.append(value == nil ? -1 : Int32(text.bytes.count))
    }
    return text
  }

  @Test func textIsComparedByItsBytes() throws {
    let codes = MissingCodes(["-999", "", "é"], pattern: try Pattern("x+"))
    let values = ["-999", "-999.0", "", "é", "e\u{301}", "xx", "xy", nil]
    let expected = [true, false, true, true, false, true, false, true]
    #expect(Self.nulls(codes, .texts(Self.text(values)), .untyped) == expected)
    var coded = Self.text(["xx", "a", "-999"])
    coded.codes = [1, 0, 2, -1, 1]
    #expect(Self.nulls(codes, .texts(coded), .text) == [false, true, true, true, false])
    let kinds: [TokenKind] = [.number, .string, .null]
    let tokens = StoredColumn.tokens(Self.text(["-999", "y", nil]), kinds: kinds.map(\.rawValue))
    guard case .tokens(_, let removed) = codes.removed(from: tokens, .tokens) else { throw Failure.shape }
    #expect(removed == [TokenKind.null.rawValue, TokenKind.string.rawValue, TokenKind.null.rawValue])
  }

  private enum Failure: Error { case shape }

  @Test func valuesOfATypeAreComparedAsSuch() {
    let valid = CellState.valid.rawValue
    func integers(_ values: [Int64]) -> StoredColumn {
      .integers(Column(values: values, states: [UInt8](repeating: valid, count: values.count)))
    }
    let codes = MissingCodes(["-999", "N/A", "nan", "1970-01-02", "true"])
    let numbers = StoredColumn.numbers(Column(values: [-999, 1, .nan], states: [valid, valid, valid]))
    #expect(Self.nulls(codes, numbers, .float(bits: 64)) == [true, false, true])
    #expect(Self.nulls(MissingCodes(["1"]), numbers, .float(bits: 64)) == [false, true, false])
    #expect(Self.nulls(codes, integers([-999, 0, 1]), .integer(bits: 32, isSigned: true)) == [true, false, false])
    #expect(Self.nulls(codes, integers([0, 1]), .date) == [false, true])
    #expect(Self.nulls(codes, integers([86_400_000, 1]), .timestamp(.millisecond, zone: "UTC")) == [true, false])
    #expect(Self.nulls(codes, integers([0, 1]), .boolean) == [false, true])
    // In the width in which the file stores them, and by their value however they are written.
    let narrow = StoredColumn.numbers(Column(values: [Double(Float(-999.9)), 1], states: [valid, valid]))
    #expect(Self.nulls(MissingCodes(["-999.9"]), narrow, .float(bits: 32)) == [true, false])
    let greatest = integers([-1, 1])
    #expect(
      Self.nulls(MissingCodes(["18446744073709551615"]), greatest, .integer(bits: 64, isSigned: false)) == [
        true, false,
      ])
    #expect(Self.nulls(MissingCodes(["-1"]), greatest, .integer(bits: 64, isSigned: false)) == [false, false])
    #expect(Self.nulls(MissingCodes(["-1.0"]), greatest, .integer(bits: 64, isSigned: true)) == [true, false])
    let decimals = StoredColumn.texts(Self.text(["-999.00", "1.50", "99.90"]))
    let cents = StoredType.decimal(precision: 6, scale: 2)
    #expect(Self.nulls(MissingCodes(["-999", "1.5"]), decimals, cents) == [true, true, false])
    #expect(Self.nulls(MissingCodes(["99.9000", "1.501", "99.9e0"]), decimals, cents) == [false, false, true])
    let kinds = [TokenKind.number.rawValue, TokenKind.number.rawValue, TokenKind.string.rawValue]
    let tokens = StoredColumn.tokens(Self.text(["-999.0", "999", "-999.0"]), kinds: kinds)
    #expect(Self.nulls(MissingCodes(["-999"]), tokens, .tokens) == [true, false, false])
    // Nothing is written like a duration.
    #expect(Self.nulls(codes, integers([-999]), .duration(.second)) == [false])
  }

  /// A table whose codes are taken out is the table that has nulls in their place, whatever is known of its chunks.
  @Test(arguments: 0..<30)
  func codesAreNullsForEverybody(seed: Int) async throws {
    var dice = SeededGenerator(seed: UInt64(seed))
    let rows = 40
    let borders = [0, 11, 12, 30, rows]
    func column(_ name: String, _ type: StoredType, _ value: (Int64) -> KnownTable.Value) -> KnownTable.Column {
      let values = (0..<rows).map { _ in
        Int.random(in: 0..<5, using: &dice) == 0 ? .null : value(Int64.random(in: 0...3, using: &dice))
      }
      return KnownTable.Column(field: Field(name, type), values: values)
    }
    let columns = [
      column("a", .integer(bits: 64, isSigned: true)) { .integer($0) }, column("b", .text) { .text("\($0)") },
      column("c", .date) { .integer($0) },
    ]
    let statistics = zip(borders, borders.dropFirst()).map { start, end -> ChunkStatistics? in
      var known: [String: ColumnStatistics] = [:]
      for column in columns { known[column.field.name] = column.statistics(of: start..<end, using: &dice) }
      return ChunkStatistics(rowCount: end - start, columns: known)
    }
    let table = KnownTable(columns, borders: borders, statistics: statistics)
    let blanked = columns.map { column in
      let code: KnownTable.Value = column.field.type == .text ? .text("2") : .integer(2)
      return column.field.name == "c"
        ? column : KnownTable.Column(field: column.field, values: column.values.map { $0 == code ? .null : $0 })
    }
    let expected = KnownTable(blanked, borders: borders, statistics: borders.dropFirst().map { _ in nil })
    let reader = MissingCodeReader(table, ["a": MissingCodes(["2"]), "b": MissingCodes(["2"])])
    var requirements = RandomRequirements(expected, dice)
    for probe in requirements.probes {
      var (one, other) = (Scanner(reader), Scanner(expected))
      let found = try await one.scan([probe.specification])
      let wanted = try await other.scan([probe.specification])
      #expect(probe.seen(found[0]) == probe.seen(wanted[0]), "\(probe.name)")
    }
  }
}
