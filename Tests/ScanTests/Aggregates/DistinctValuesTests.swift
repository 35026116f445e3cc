import Testing

@testable import Scan

/// The sketch and the exact count of a second pass must mean the same values.
@Suite struct DistinctValuesTests {
  private static let valid = CellState.valid.rawValue
  private static let null = CellState.null.rawValue

  private static func batch(_ type: StoredType, _ column: StoredColumn) -> Batch {
    var batch = Batch()
    batch.rowCount = column.rowCount
    batch.stored = [column]
    batch.fields = [Field("a", type)]
    batch.slots = ["a": 0]
    return batch
  }

  private static func numbers(_ values: [Double]) -> StoredColumn {
    .numbers(Column(values: values + [0], states: values.map { _ in valid } + [null]))
  }

  private static func integers(_ values: [Int64]) -> StoredColumn {
    .integers(Column(values: values + [0], states: values.map { _ in valid } + [null]))
  }

  private static func texts(_ values: [String], codes: [Int32]? = nil) -> TextColumn {
    let plain = CountedTexts(values)
    return TextColumn(bytes: plain.bytes, starts: plain.starts, ends: plain.ends, codes: codes)
  }

  @Test(
    arguments: [
      (.float(bits: 64), numbers([1, 1, -0.0, 0.0, .nan, -.nan, Double(nan: 5, signaling: false), .infinity]), 4),
      (.float(bits: 32), numbers([0.1, Double(Float(0.1)), 0.5, 0.5].map { Double(Float($0)) }), 2),
      (.integer(bits: 64, isSigned: true), integers([-1, 1, 1, .max, .min]), 4),
      (.integer(bits: 64, isSigned: false), integers([-1, 1, -1]), 2), (.boolean, integers([0, 1, 1]), 2),
      (.timestamp(.nanosecond, zone: nil), integers([0, 1, 1_000_000_000]), 3), (.date, integers([0, 1, 0]), 2),
      (.untyped, .texts(texts(["1", "01", "", "1"])), 3), (.binary, .texts(texts(["a", "b", "a"])), 2),
      (.text, .texts(texts(["a", "b", "unused"], codes: [0, 1, 0, -1])), 2),
    ] as [(StoredType, StoredColumn, Int)])
  func theSketchCountsWhatKeysAre(type: StoredType, column: StoredColumn, expected: Int) async throws {
    let batch = Self.batch(type, column)
    var sketch = DistinctValues.Specification("a").empty
    sketch.update(batch)
    #expect(sketch.isExact && sketch.estimate == Double(expected))
    let keys = BatchKeys(["a"], batch)
    let starts = [0] + keys.ends.dropLast().map(Int.init)
    #expect(Set(zip(starts, keys.ends).map { Array(keys.bytes[$0..<Int($1)]) }).count == expected)
    #expect(sketch.counts.evaluated == keys.ends.count)
  }
}
