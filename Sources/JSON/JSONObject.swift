/// The members of a JSON object in document order, with lookup by name.
///
/// RFC 8259 leaves the meaning of repeated names open. Here the last one wins, as in nearly every reader, and
/// `duplicateKeys` names them, so that a check can object.
package struct JSONObject: Sendable {
  /// A name and its value.
  package struct Member: Sendable {
    /// The name.
    package let key: String
    /// The value.
    package let value: JSONValue

    /// Pairs a name with its value.
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// All members in document order, repeated names included.
  package let members: [Member]
  /// The names that occur more than once, each listed once, in the order in which they were repeated.
  package let duplicateKeys: [String]
  /// Where each name stands last; empty for small objects, which are searched instead.
  private let positions: [JSONKey: Int]

  /// Up to this many members a search is faster than a hash table.
  private static let searchLimit = 12

  /// An object of these members, in this order.
  package init(_ members: [Member] = []) {
    self.members = members
    guard members.count > Self.searchLimit else {
      positions = [:]
      duplicateKeys = Self.repeatedKeys(few: members)
      return
    }
    var positions = [JSONKey: Int](minimumCapacity: members.count)
    var repeated: [String] = []
    var seen: Set<JSONKey> = []
    for (index, member) in members.enumerated() {
      let key = JSONKey(member.key)
      if positions.updateValue(index, forKey: key) != nil, seen.insert(key).inserted {
        repeated.append(member.key)
      }
    }
    self.positions = positions
    duplicateKeys = repeated
  }

  private static func repeatedKeys(few members: [Member]) -> [String] {
    var repeated: [String] = []
    for index in members.indices.dropFirst() {
      let key = members[index].key
      let isRepeated = members[..<index].contains { JSONKey.equal($0.key, key) }
      if isRepeated, !repeated.contains(where: { JSONKey.equal($0, key) }) { repeated.append(key) }
    }
    return repeated
  }

  /// The value of that name; the last one when the name is repeated.
  package subscript(key: String) -> JSONValue? {
    position(of: key).map { members[$0].value }
  }

  /// The members that lookup can see: of a repeated name only the last.
  package var distinctMembers: [Member] {
    guard !duplicateKeys.isEmpty else { return members }
    return members.indices.filter { position(of: members[$0].key) == $0 }.map { members[$0] }
  }

  /// How many different names there are.
  package var count: Int {
    duplicateKeys.isEmpty ? members.count : distinctMembers.count
  }

  private func position(of key: String) -> Int? {
    if members.count > Self.searchLimit { return positions[JSONKey(key)] }
    return members.lastIndex { JSONKey.equal($0.key, key) }
  }
}

extension JSONObject: Equatable {
  /// Same names with equal values, in any order.
  package static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
    guard lhs.count == rhs.count else { return false }
    return lhs.distinctMembers.allSatisfy { member in rhs[member.key] == member.value }
  }
}
