import Testing

@testable import Expressions
@testable import Scan

/// The declared types of the columns of the rows below.
let columnTypes: [String: ValueType] = [
  "n": .number, "m": .number, "i": .integer, "s": .string, "flag": .boolean, "day": .date, "at": .timestamp,
  "clock": .time,
]

/// The truth of an expression in every row of a CSV text.
func truths(
  _ text: String, types: [String: ValueType] = columnTypes, in csv: String
) throws -> [Truth] {
  let expression = try Expression(text, types: types)
  var reader = try CSVReader(MemorySource(Array(csv.utf8)))
  guard let chunk = try reader.nextChunk(of: Array(reader.fields.indices)) else { return [] }
  var batch = Batch()
  batch.fields = reader.fields
  batch.slots = Dictionary(uniqueKeysWithValues: reader.columns.enumerated().map { ($1, $0) })
  var truths: [Truth] = []
  try chunk.decode(into: &batch) { batch in
    for reading in expression.compiled.readings {
      guard let slot = batch.slots[reading.column], let type = reading.type else { continue }
      batch.derived[reading] = batch.stored[slot].read(.untyped, as: type)
    }
    truths += expression.compiled.truths(batch)
  }
  return truths
}

/// What is wrong with an expression, and the part of the text that is meant.
func mistake(_ text: String, types: [String: ValueType] = columnTypes) -> (
  message: String, part: String, range: Range<Int>
)? {
  do {
    _ = try Expression(text, types: types)
    return nil
  } catch {
    let scalars = Array(text.unicodeScalars)
    guard error.range.lowerBound >= 0, error.range.upperBound <= scalars.count else {
      return (error.message, "outside of the text", error.range)
    }
    var part = String.UnicodeScalarView()
    part.append(contentsOf: scalars[error.range])
    return (error.message, String(part), error.range)
  }
}
