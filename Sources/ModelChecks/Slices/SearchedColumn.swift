internal import Scan
internal import Verdict

/// A column as a search sees it: of each row the place of its value, or of the bin of its number.
struct SearchedColumn: Sendable {
  let name: String
  let codes: [UInt8]
  /// `carrier = AA`, `distance from 500 to 1500`.
  let names: [String]
  /// Whether a value makes a slice: rare ones are one value that makes none.
  let isSlice: [Bool]

  /// Numbers have so many bins of about as many rows each.
  private static let bins = 8
  /// Of more values the most frequent ones make slices.
  private static let mostValues = 24
  /// Numbers with at most so many different values are values.
  private static let fewNumbers = 12
  /// The borders of bins are found among so many rows.
  private static let sampled = 50_000

  /// Nil for a column that does not divide the rows.
  ///
  /// - Parameters:
  ///   - words: the values as written, where they were read.
  ///   - numbers: the values as numbers, where they may be such.
  init?(_ name: String, words: CollectedWords?, numbers: CollectedNumbers?, isHidden: Bool) {
    self.name = name
    let isNumeric = numbers.map { $0.malformed == 0 && $0.values.contains { !$0.isNaN } } ?? false
    let made: (codes: [UInt8], names: [String], isSlice: [Bool])?
    if isNumeric, let numbers, words.map({ $0.wordCount > Self.fewNumbers }) ?? true {
      made = Self.binned(name, numbers.values)
    } else if let words {
      made = Self.valued(name, words)
    } else {
      made = nil
    }
    guard let made, made.codes.contains(where: { $0 != made.codes[0] }) else { return nil }
    codes = made.codes
    isSlice = made.isSlice
    names = isHidden ? made.names.indices.map { "\(name) \($0 + 1) (hidden)" } : made.names
  }

  private static func binned(_ name: String, _ values: [Double]) -> (codes: [UInt8], names: [String], isSlice: [Bool])?
  {
    let stride = max(1, values.count / sampled)
    let known = Swift.stride(from: 0, to: values.count, by: stride).map { values[$0] }.filter(\.isFinite).sorted()
    guard let least = known.first, let most = known.last, least < most else { return nil }
    var borders: [Double] = []
    for bin in 1..<bins {
      let border = known[known.count * bin / bins]
      if border > (borders.last ?? least) { borders.append(border) }
    }
    guard !borders.isEmpty else { return nil }
    let text = borders.map { Quantity.brief($0) }
    var names = ["\(name) below \(text[0])"]
    for bin in borders.indices.dropFirst() { names.append("\(name) from \(text[bin - 1]) to \(text[bin])") }
    if let last = text.last { names.append("\(name) from \(last) on") }
    names.append("\(name) without a number")
    let none = UInt8(names.count - 1)
    let codes = values.map { value in value.isNaN ? none : UInt8(borders.count { $0 <= value }) }
    return (codes, names, [Bool](repeating: true, count: names.count))
  }

  private static func valued(_ name: String, _ words: CollectedWords) -> (
    codes: [UInt8], names: [String], isSlice: [Bool]
  ) {
    let indices = words.indices
    var counts = [Int](repeating: 0, count: words.wordCount)
    for index in indices where index >= 0 { counts[Int(index)] += 1 }
    let all = words.words
    let frequent = counts.indices.sorted { (-counts[$0], all[$0]) < (-counts[$1], all[$1]) }.prefix(mostValues)
    var places = [UInt8](repeating: UInt8(frequent.count), count: counts.count)
    for (place, word) in frequent.enumerated() { places[word] = UInt8(place) }
    let none = UInt8(frequent.count + 1)
    let codes = indices.map { $0 < 0 ? none : places[Int($0)] }
    let names = frequent.map { "\(name) = \(all[$0])" } + ["\(name) = any other value", "\(name) without a value"]
    return (codes, names, names.indices.map { $0 != frequent.count })
  }
}
