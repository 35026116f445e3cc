/// The candidate that a mistyped word most likely means, or nil when none is near.
///
/// Optimal string alignment distance (insert, delete, replace, swap neighbours); a third of the word may differ.
/// O(candidates × length²), for words of a person's length only.
package func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
  guard word.unicodeScalars.count <= 64 else { return nil }
  let allowed = max(1, word.unicodeScalars.count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(word.lowercased().unicodeScalars), Array(candidate.lowercased().unicodeScalars))
    let isBeginning = word.utf8.count >= 3 && candidate.hasPrefix(word)
    if distance <= allowed || isBeginning, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

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
