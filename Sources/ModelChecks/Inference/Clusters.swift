/// Rows that belong together: of each row its cluster.
struct Clusters: Sendable {
  /// From 0 to below the count.
  let codes: [Int32]
  let count: Int

  init(codes: [Int32], count: Int) {
    self.codes = codes
    self.count = count
  }

  /// Those of some rows, numbered anew.
  func elements(at rows: [Int]) -> Clusters {
    var places = [Int32](repeating: -1, count: count)
    var next: Int32 = 0
    var numbered: [Int32] = []
    numbered.reserveCapacity(rows.count)
    for row in rows {
      let cluster = Int(codes[row])
      if places[cluster] < 0 {
        places[cluster] = next
        next += 1
      }
      numbered.append(places[cluster])
    }
    return Clusters(codes: numbered, count: Int(next))
  }
}
