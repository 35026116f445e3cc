/// Why nothing is known of groups.
package enum GroupExcess: Error, Hashable, Sendable, CustomStringConvertible {
  /// There are more than `RowScope.groupLimit`.
  case count
  /// What was kept of so many did not fit in the memory for the groups of all aggregates, in bytes.
  case memory(groups: Int, limit: Int)

  package var description: String {
    switch self {
    case .count: "more than \(RowScope.groupLimit) groups; group by columns with fewer values"
    case .memory(let groups, let limit):
      "so many groups that what is kept of the first \(groups) does not fit in \(limit >> 20) MB; allow more with "
        + "--max-memory, or group by columns with fewer values"
    }
  }
}
