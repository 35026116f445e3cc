/// The part of a schema below a list or map, by which its values are assembled.
struct NestedNode: Sendable {
  indirect enum Kind: Sendable {
    /// A leaf, by its place among the leaves of the column.
    case leaf(Int)
    case structure([(name: String, node: NestedNode)])
    /// A list of an element.
    case list(NestedNode, Repeated)
    /// Keys and values. The keys are text or anything else; the values may be missing altogether.
    case map(NestedNode, NestedNode?, hasTextKeys: Bool, Repeated)
  }

  /// The levels of a repeated field.
  struct Repeated: Sendable {
    /// The definition level from which on there is an element.
    var definition: Int
    /// The repetition level of every element but the first.
    var repetition: Int
  }

  var kind: Kind
  /// The definition level from which on the node itself is present.
  var definition: Int
  /// The least definition level when what is around the node is present.
  var floor: Int
  /// The leaves below, among those of the column.
  var leaves: Range<Int>
  /// The name of its type: `list<int64>`.
  var word: String
}
