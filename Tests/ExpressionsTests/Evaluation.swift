import Testing

@testable import Expressions
@testable import Scan

/// The declared types of the columns of the rows below.
let columnTypes: [String: ValueType] = [
  "n": .number, "m": .number, "i": .integer, "s": .string, "flag": .boolean, "day": .date, "at": .timestamp,
]

/// The truth of an expression in every row of a CSV text.
func truths(
  _ text: String, types: [String: ValueType] = columnTypes, in csv: String
) throws -> [Truth] {
  let expression = try Expression(text, types: types)
  var reader = try CSVReader(MemorySource(Array(csv.utf8)))
  var batch = Batch()
  let columns = expression.columns.map { ColumnReading($0, as: .string) }
  guard try reader.read(into: &batch, readings: columns + expression.compiled.readings) else { return [] }
  return expression.compiled.truths(batch)
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
