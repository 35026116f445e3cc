/// Rows that two samples have both, as windows of time do that overlap, each with its copy in the other sample.
///
/// A row says nothing of which sample it is of when both have it. But if its copy is learnt from while it is judged
/// itself, it is taken for one of the other sample, and what tells the samples apart seems less than guessing. Rows that
/// are alike by chance are no copies: they come as often within a sample as between two, and then none is paired.
struct SharedRows {
  /// Of each row its copy; nil for a row of one sample alone.
  let partners: [Int?]

  /// How many times more often rows must be alike between the samples than within.
  private static let excess = 10.0

  /// - Parameters:
  ///   - columns: of each the values of all rows.
  ///   - labels: whether a row is of the second sample.
  /// - Complexity: O(rows columns + rows log rows).
  init(_ columns: [[CrossFittedArea.Value]], labels: [Bool]) {
    var hashes = [UInt64](repeating: 0, count: labels.count)
    for column in columns {
      for row in hashes.indices { hashes[row] = Self.mixed(hashes[row] ^ Self.bits(column[row])) }
    }
    var rows: [UInt64: (first: [Int], second: [Int])] = [:]
    for row in hashes.indices {
      if labels[row] {
        rows[hashes[row], default: ([], [])].second.append(row)
      } else {
        rows[hashes[row], default: ([], [])].first.append(row)
      }
    }
    func pairs(_ count: Int) -> Double { Double(count) * Double(count - 1) / 2 }
    let between = rows.values.reduce(0.0) { $0 + Double($1.first.count) * Double($1.second.count) }
    let within = rows.values.reduce(0.0) { $0 + pairs($1.first.count) + pairs($1.second.count) }
    let sizes = (labels.count { !$0 }, labels.count { $0 })
    let chance = within / max(1, pairs(sizes.0) + pairs(sizes.1)) * Double(sizes.0) * Double(sizes.1)
    var partners = [Int?](repeating: nil, count: labels.count)
    for alike in rows.values where between > Self.excess * chance {
      for (one, other) in zip(alike.first, alike.second) { (partners[one], partners[other]) = (other, one) }
    }
    self.partners = partners
  }

  /// How many rows of a sample have a copy in the other.
  var count: Int { partners.count { $0 != nil } / 2 }

  private static func bits(_ value: CrossFittedArea.Value) -> UInt64 {
    switch value {
    case .missing: 0x6d69_7373_696e_6721
    // Adding zero makes one zero of both.
    case .number(let number): (number + 0).bitPattern
    case .category(let hash): ~hash
    }
  }

  /// A step of SplitMix64.
  private static func mixed(_ hash: UInt64) -> UInt64 {
    var mixed = hash &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
