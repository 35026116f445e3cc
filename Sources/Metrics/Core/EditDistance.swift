/// How many insertions, deletions and substitutions turn one sequence into another (Levenshtein).
enum EditDistance {
  /// O(first * second) time, O(second) memory.
  static func between<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
    var row = Array(0...second.count)
    for (index, element) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in second.enumerated() {
        let substituted = diagonal + (element == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
      }
    }
    return row[second.count]
  }
}
