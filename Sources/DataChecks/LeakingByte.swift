internal import Scan

/// The one byte of an identifier that goes best with a label, as one feature.
///
/// Forty features would be forty chances to look like one that tells something. So each half of the rows chooses a
/// byte by itself, and the other half is judged by it: its labels had no part in the choice, nor in what was learnt of
/// the byte, so that bytes that tell nothing have an area of about 0.5.
struct LeakingByte {
  let feature: LeakClaim.Feature
  /// `byte 4`, or `bytes 4 and 7` where the halves do not agree; counted from 1.
  let name: String

  /// As far as a longer identifier is looked at: a UUID has 36 bytes.
  private static let words = 5

  static func features(of column: String) -> [LabelledSample.Feature] {
    (0..<words).map { .bytes(column, from: 8 * $0) }
  }

  /// - Parameters:
  ///   - words: what each row has of the features.
  ///   - kinds: the classes that are told from all others.
  ///   - folds: which half each row is in.
  /// - Returns: Nil when no byte goes with the label in one of the halves, as none varies.
  init?(_ words: [[LabelledSample.Value]], _ kinds: [LeakClaim.Class], _ folds: [Bool]) {
    let classes = folds.indices.map { row in kinds.firstIndex { $0.isMember[row] } ?? kinds.count }
    func byte(_ place: Int, _ row: Int) -> UInt64 {
      guard case .category(let word) = words[place / 8][row] else { return 0 }
      return word >> UInt64(8 * (place % 8)) & 0xFF
    }
    func best(_ half: Bool) -> Int? {
      let rows = folds.indices.filter { folds[$0] == half }
      let ties = (0..<8 * words.count).map { place in
        Self.association(rows.map { (Int(byte(place, $0)), classes[$0]) }, classes: kinds.count + 1)
      }
      guard let most = ties.compactMap({ $0 }).max() else { return nil }
      return ties.firstIndex { $0 == most }
    }
    guard let one = best(false), let other = best(true) else { return nil }
    feature = LeakClaim.Feature(
      lists: [other, one].map { place in folds.indices.map { .category(byte(place, $0)) } })
    let places = Set([one + 1, other + 1]).sorted()
    name = (places.count == 1 ? "byte " : "bytes ") + places.map { "\($0)" }.joined(separator: " and ")
  }

  /// Pearson's chi-square of bytes and classes, in standard deviations from its mean where they are independent, which
  /// makes bytes of few and of many values comparable; nil where either does not vary.
  private static func association(_ pairs: [(byte: Int, kind: Int)], classes: Int) -> Double? {
    var counts = [Double](repeating: 0, count: 256 * classes)
    var (ofByte, ofClass) = ([Double](repeating: 0, count: 256), [Double](repeating: 0, count: classes))
    for (byte, kind) in pairs {
      counts[byte * classes + kind] += 1
      ofByte[byte] += 1
      ofClass[kind] += 1
    }
    let freedom = Double((ofByte.count { $0 > 0 } - 1) * (ofClass.count { $0 > 0 } - 1))
    guard freedom > 0 else { return nil }
    var sum = 0.0
    for byte in 0..<256 where ofByte[byte] > 0 {
      for kind in 0..<classes where ofClass[kind] > 0 {
        let expected = ofByte[byte] * ofClass[kind] / Double(pairs.count)
        let difference = counts[byte * classes + kind] - expected
        sum += difference * difference / expected
      }
    }
    return (sum - freedom) / (2 * freedom).squareRoot()
  }
}
