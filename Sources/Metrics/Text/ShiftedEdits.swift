/// The edits of words with shifts, found greedily as Tercom does: the shift that helps most, until none helps.
///
/// Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation" (2006); the limits and the order of
/// preference are those of sacrebleu's `lib_ter`.
struct ShiftedEdits {
  private static let longestShift = 10
  private static let farthestShift = 50
  private static let mostCandidates = 1000
  private static let beam = 25

  private let reference: [String]
  private var tried = 0

  static func count(_ words: [String], _ reference: [String]) -> Int {
    guard !reference.isEmpty else { return words.count }
    var search = ShiftedEdits(reference: reference)
    return search.edits(words)
  }

  private mutating func edits(_ words: [String]) -> Int {
    var (words, shifts) = (words, 0)
    while let (gain, shifted) = bestShift(words) {
      if tried >= Self.mostCandidates || gain <= 0 { break }
      shifts += 1
      words = shifted
    }
    return shifts + alignment(words).cost
  }

  /// The shift that saves the most edits; of such the longest, then the earliest, then the one to the earliest place.
  private mutating func bestShift(_ words: [String]) -> (gain: Int, words: [String])? {
    let before = alignment(words)
    var best: (key: [Int], words: [String])?
    for (start, target, length) in matches(words) {
      guard before.isWrong[start..<start + length].contains(true),
        before.isMissed[target..<target + length].contains(true),
        !(start..<start + length).contains(before.place[target])
      else { continue }
      var last = -1
      for offset in -1..<length {
        let position = target + offset
        guard position < before.place.count else { break }
        let place = position == -1 ? 0 : before.place[position] + 1
        if place == last { continue }
        last = place
        let shifted = Self.shift(words, start, length, place)
        let key = [before.cost - alignment(shifted).cost, length, -start, -place]
        tried += 1
        if let known = best {
          if known.key.lexicographicallyPrecedes(key)
            || (known.key == key && known.words.lexicographicallyPrecedes(shifted))
          {
            best = (key, shifted)
          }
        } else {
          best = (key, shifted)
        }
      }
      if tried >= Self.mostCandidates { break }
    }
    return best.map { ($0.key[0], $0.words) }
  }

  /// Runs of words that stand in the reference too, not too far away.
  private func matches(_ words: [String]) -> [(start: Int, target: Int, length: Int)] {
    var found: [(Int, Int, Int)] = []
    for start in words.indices {
      for target in reference.indices where (target - start).magnitude <= UInt(Self.farthestShift) {
        var length = 0
        while start + length < words.count, target + length < reference.count, length < Self.longestShift,
          words[start + length] == reference[target + length]
        {
          length += 1
          found.append((start, target, length))
        }
      }
    }
    return found
  }

  private static func shift(_ words: [String], _ start: Int, _ length: Int, _ target: Int) -> [String] {
    let moved = words[start..<start + length]
    if target < start {
      return Array(words[..<target] + moved + words[target..<start] + words[(start + length)...])
    }
    if target > start + length {
      return Array(words[..<start] + words[(start + length)..<target] + moved + words[target...])
    }
    let end = min(length + target, words.count)
    return Array(words[..<start] + words[(start + length)..<end] + moved + words[end...])
  }

  private enum Step: Sendable { case keep, replace, insert, remove, none }

  /// How words and reference are aligned: the edits, and of each reference word the place of the word before or on it.
  private struct Alignment {
    var cost: Int
    var place: [Int] = []
    var isMissed: [Bool] = []
    var isWrong: [Bool] = []
  }

  /// Levenshtein's distance within a beam about the diagonal, with its steps.
  private func alignment(_ words: [String]) -> Alignment {
    let (rows, width) = (words.count, reference.count)
    let far = Int.max / 2
    var costs = [[Int]](repeating: [Int](repeating: far, count: width + 1), count: rows + 1)
    var steps = [[Step]](repeating: [Step](repeating: .none, count: width + 1), count: rows + 1)
    for column in 0...width { (costs[0][column], steps[0][column]) = (column, .insert) }
    let ratio = rows > 0 ? Double(width) / Double(rows) : 1
    let beam = Double(Self.beam) < ratio / 2 ? Int((ratio / 2 + Double(Self.beam)).rounded(.up)) : Self.beam
    for row in 0..<rows {
      let diagonal = Int((Double(row + 1) * ratio).rounded(.down))
      let first = max(0, diagonal - beam)
      let end = row + 1 == rows ? width + 1 : min(width + 1, diagonal + beam)
      for column in first..<max(first, end) {
        guard column > 0 else {
          (costs[row + 1][0], steps[row + 1][0]) = (costs[row][0] + 1, .remove)
          continue
        }
        let isSame = words[row] == reference[column - 1]
        var (cost, step) = (costs[row][column - 1] + (isSame ? 0 : 1), isSame ? Step.keep : .replace)
        if costs[row][column] + 1 < cost { (cost, step) = (costs[row][column] + 1, .remove) }
        if costs[row + 1][column - 1] + 1 < cost { (cost, step) = (costs[row + 1][column - 1] + 1, .insert) }
        (costs[row + 1][column], steps[row + 1][column]) = (min(cost, far), step)
      }
    }
    return trace(steps, cost: costs[rows][width], rows, width)
  }

  private func trace(_ steps: [[Step]], cost: Int, _ rows: Int, _ width: Int) -> Alignment {
    var path: [Step] = []
    var (row, column) = (rows, width)
    while row > 0 || column > 0 {
      let step = steps[row][column]
      path.append(step)
      switch step {
      case .keep, .replace: (row, column) = (row - 1, column - 1)
      case .insert: column -= 1
      case .remove, .none: row -= 1
      }
      if row < 0 || column < 0 { break }
    }
    var alignment = Alignment(cost: cost)
    var word = -1
    for step in path.reversed() {
      switch step {
      case .keep, .replace:
        word += 1
        alignment.place.append(word)
        alignment.isWrong.append(step == .replace)
        alignment.isMissed.append(step == .replace)
      case .remove, .none:
        word += 1
        alignment.isWrong.append(true)
      case .insert:
        alignment.place.append(word)
        alignment.isMissed.append(true)
      }
    }
    return alignment
  }
}
