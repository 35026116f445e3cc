/// How much JSON the nested values of a record batch may become in all.
///
/// Lists of nulls, views that overlap and dictionaries let a few bytes say any number of values; columns that are
/// honest stay far below.
struct ArrowJSONBudget {
  private let bytes: Int
  private var left: Int

  /// For a record batch that has so many bytes in the file.
  init(bodyBytes: Int) {
    bytes = (64 << 20) + 1024 * min(max(0, bodyBytes), 1 << 40)
    left = bytes
  }

  /// Whether nothing is left, so that reading fewer rows at once is no help.
  var isSpent: Bool { left < 0 }

  mutating func spend(_ column: StoredColumn) throws(ArrowFault) {
    guard case .texts(let texts) = column else { return }
    left -= texts.bytes.count
    guard left >= 0 else {
      throw ArrowFault("nested values of few bytes become more than \(bytes >> 20) MiB of JSON", kind: .limit)
    }
  }
}
