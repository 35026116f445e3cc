/// The candidate that a mistyped word most likely means, or nil when none is near.
///
/// A word that other languages have for a candidate means that one. Otherwise optimal string alignment distance (insert,
/// delete, replace, swap neighbours); a third of the word may differ. O(candidates × length²), for words of a person's
/// length only.
package func nearest(_ word: String, among candidates: some Collection<String>) -> String? {
  let count = word.unicodeScalars.count
  guard count <= 64 else { return nil }
  let ours = wordsOfOthers[word.lowercased()] ?? []
  if let candidate = candidates.first(where: { ours.contains($0) }) { return candidate }
  let allowed = max(1, count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let isBeginning = word.utf8.count >= 3 && candidate.hasPrefix(word)
    // No alignment is shorter than the difference of the lengths.
    guard isBeginning || abs(candidate.unicodeScalars.count - count) <= allowed else { continue }
    let distance = editDistance(Array(word.lowercased().unicodeScalars), Array(candidate.lowercased().unicodeScalars))
    if distance <= allowed || isBeginning, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// What pandas, SQL, JSON Schema and other tools for data say for words of the rules.
private let wordsOfOthers: [String: [String]] = [
  "min": ["at_least"], "minimum": ["at_least"], "ge": ["at_least"], "gte": ["at_least"],
  "max": ["at_most"], "maximum": ["at_most"], "le": ["at_most"], "lte": ["at_most"],
  "gt": ["above"], "lt": ["below"], "eq": ["equals"], "enum": ["in"], "isin": ["in"], "regex": ["matches"],
  "pattern": ["matches"], "not_null": ["required"], "nullable": ["missing"], "error": ["block", "fail"],
  "fail": ["block"],
  "float": ["number"], "double": ["number"], "decimal": ["number"], "text": ["string"], "varchar": ["string"],
  "str": ["string"], "int": ["integer"], "bigint": ["integer"], "bool": ["boolean"], "datetime": ["timestamp"],
  "len": ["length"], "ifnull": ["coalesce"], "nvl": ["coalesce"],
]

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
