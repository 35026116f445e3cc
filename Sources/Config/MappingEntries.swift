internal import Language
internal import Verdict

/// The entries of one mapping while it is read: finds duplicate keys and takes merge keys (`<<`) in.
struct MappingEntries {
  private var entries: [Node.Entry] = []
  private var places: [String: SourceLocation] = [:]
  private var merge: (index: Int, node: Node)?

  /// - Parameter merges: whether the key is a merge key: `<<`, not in quotes.
  mutating func add(
    _ key: String, at location: SourceLocation, _ value: Node, merges: Bool, problems: inout Problems
  ) {
    if let first = places[key] {
      problems.report(
        "the key \"\(key)\" is written twice", at: location, label: "the first one stands at \(first)",
        help: [merges ? "merge several with <<: [*a, *b]" : "keep one of them"])
      return
    }
    places[key] = location
    if merges {
      merge = (entries.count, value)
    } else {
      entries.append(Node.Entry(key: key, keyLocation: location, value: value))
    }
  }

  /// All entries in the order of the file; merged ones stand where the merge key stood, and give way to those of the
  /// mapping itself and to those of mappings that are merged before them.
  func merged(problems: inout Problems) -> [Node.Entry] {
    guard let merge else { return entries }
    var known = Set(entries.map(\.key))
    var taken: [Node.Entry] = []
    for node in Self.mappings(in: merge.node, problems: &problems) {
      guard case .mapping(let inherited) = node.content else { continue }
      taken += inherited.filter { known.insert($0.key).inserted }
    }
    return Array(entries[..<merge.index]) + taken + entries[merge.index...]
  }

  private static func mappings(in node: Node, problems: inout Problems) -> [Node] {
    let nodes: [Node] = if case .sequence(let list) = node.content { list } else { [node] }
    return nodes.filter { node in
      if node.isMapping { return true }
      if node.origin != .unavailable {
        problems.report("<< merges mappings, found \(node.kind)", at: node.location, help: ["write <<: *name"])
      }
      return false
    }
  }
}
