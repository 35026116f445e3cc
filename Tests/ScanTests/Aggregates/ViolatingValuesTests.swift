import TestSupport
import Testing

@testable import Scan

@Suite struct ViolatingValuesTests {
  private func counts(_ column: StoredColumn, _ type: StoredType, _ verdicts: [RowVerdict]) -> [ViolatingValues.Count] {
    var batch = Batch()
    batch.add(Field("a", type), column, at: 0)
    var values = ViolatingValues()
    values.add("a", batch, verdicts)
    return values.mostFrequent
  }

  private func texts(_ values: [String?]) -> TextColumn {
    var column = TextColumn()
    for value in values {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += Array((value ?? "").utf8)
      column.ends.append(value == nil ? -1 : Int32(column.bytes.count))
    }
    return column
  }

  @Test func onlyViolatingRowsCount() {
    let column = texts(["x", "N/A", "N/A", nil, "-", "N/A", "x"])
    let verdicts: [RowVerdict] = [.holds, .violated, .violated, .null, .violated, .malformed, .unselected]
    let expected = [
      ViolatingValues.Count(["N/A"], rows: 2, isExact: true),
      ViolatingValues.Count(["-"], rows: 1, isExact: true),
    ]
    #expect(counts(.texts(column), .untyped, verdicts) == expected)
    let coded = TextColumn(
      bytes: Array("xN/A-".utf8), starts: [0, 1, 4], ends: [1, 4, 5], codes: [0, 1, 1, -1, 2, 1, 0])
    #expect(counts(.texts(coded), .text, verdicts) == expected)
  }

  @Test func valuesThatAllDifferAreNotFrequent() {
    #expect(counts(.texts(texts(["a", "b", nil, nil])), .untyped, [.violated, .violated, .violated, .violated]) == [])
    #expect(ViolatingValues().mostFrequent.isEmpty)
  }

  @Test func typedValuesAreShownAsAPersonWritesThem() {
    let violated = [RowVerdict](repeating: .violated, count: 4)
    let states: [UInt8] = [1, 1, 1, 0]
    func first(_ column: StoredColumn, _ type: StoredType) -> String? {
      counts(column, type, violated).first?.values[0]
    }
    let zeros = Column<Double>(values: [0, -0.0, .nan, 5], states: states)
    #expect(counts(.numbers(zeros), .float(bits: 64), violated).map(\.rows) == [2, 1])
    let nans = Column<Double>(values: [Double.nan, -Double.nan, 1, 5], states: states)
    #expect(first(.numbers(nans), .float(bits: 64)) == "nan")
    let days = Column<Int64>(values: [0, 0, 3, 3], states: states)
    #expect(first(.integers(days), .date) == "1970-01-01")
    #expect(first(.integers(days), .boolean) == "false")
    let large = Column<Int64>(values: [-1, -1, 0, 0], states: states)
    #expect(first(.integers(large), .integer(bits: 64, isSigned: false)) == "18446744073709551615")
    let bytes = texts(["\u{1}z", "\u{1}z", "\u{1}z", ""])
    #expect(first(.texts(bytes), .binary) == "017a")
  }

  /// Against a dictionary: exact while there are few values, a lower bound of the true count beyond.
  @Test(arguments: [3, 40, 384, 3000])
  func isADictionaryOrBelowIt(distinct: Int) throws {
    var generator = SeededGenerator(seed: UInt64(distinct))
    var truth: [String: Int] = [:]
    var whole = ViolatingValues()
    for _ in 0..<20 {
      var part = ViolatingValues()
      let rows = (0..<2000).map { _ -> String in
        // Few values are frequent, many are not.
        let low = Int.random(in: 0..<distinct, using: &generator)
        return "v\(Bool.random(using: &generator) ? low : min(low, 2))"
      }
      let verdicts = rows.map { _ in Bool.random(using: &generator) ? RowVerdict.violated : .holds }
      for (row, verdict) in zip(rows, verdicts) where verdict == .violated { truth[row, default: 0] += 1 }
      var batch = Batch()
      batch.add(Field("a", .untyped), .texts(texts(rows).coded()), at: 0)
      part.add("a", batch, verdicts)
      whole.merge(part)
    }
    let found = whole.mostFrequent
    let ordered = truth.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    if distinct <= 384 {
      #expect(found == ordered.prefix(5).map { .init([$0.key], rows: $0.value, isExact: true) })
    } else {
      #expect(found.first?.values == [ordered[0].key])
    }
    for value in found {
      let count = try #require(truth[value.values[0] ?? ""])
      #expect(value.isExact ? value.rows == count : value.rows <= count)
    }
  }
}
