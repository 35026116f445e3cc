internal import Language

/// How rows are written into a request, where a protocol leaves the choice: the words of `encoding:`.
struct RowEncoding: Sendable, Hashable, CustomStringConvertible {
  var words: [Word] = []

  /// One choice. Every protocol knows some of them.
  enum Word: String, Sendable, CaseIterable {
    /// One tensor for each feature.
    case columns
    /// One tensor of all features, `[rows, features]`.
    case matrix
    /// The elements of a tensor in one list.
    case flat
    /// The elements of a tensor in lists by its dimensions.
    case nested
    /// Every number in this type, whatever the model declares.
    case fp32 = "FP32"
    case fp64 = "FP64"
    /// The elements of tensors in the JSON, or as bytes behind it.
    case json, binary
    /// The elements of tensors in a list of their type, or as bytes beside the tensors.
    case typed, raw
    /// Objects, one for each row.
    case records
    /// The names, and lists of values, one for each row.
    case split
    /// TensorFlow's row format.
    case instances
    /// TensorFlow's column format.
    case inputs
    /// Comma-separated text with the names first.
    case csv
    /// A dense tensor with its shape.
    case tensor
    /// A list of lists.
    case ndarray
    /// A prompt as a message of a conversation, or as a text to be continued.
    case chat, completions
    /// Tensors, or a prompt for generated text.
    case tensors, generate
  }

  /// What stands for the protocol's own way.
  static let standard = RowEncoding()

  /// The chosen word of a group of alternatives; the first of the group when none of them is chosen.
  func choice(among group: [Word]) -> Word { words.first { group.contains($0) } ?? group[0] }

  func has(_ word: Word) -> Bool { words.contains(word) }

  var description: String { words.isEmpty ? "standard" : words.map(\.rawValue).joined(separator: "+") }

  /// `nested`, or `[matrix, FP32]`.
  static var shape: Shape<RowEncoding> {
    Shape<Word>.choice.oneOrMany.map { words, node, problems in
      if words.isEmpty { problems.report("no encoding is named here", at: node.location) }
      return words.isEmpty ? nil : RowEncoding(words: words)
    }
  }

  /// What is wrong with the choice for a protocol that offers these groups of alternatives; nil when nothing is.
  func mistake(among groups: [[Word]], of protocolName: String) -> String? {
    if let unknown = words.first(where: { word in !groups.contains { $0.contains(word) } }) {
      let offered = groups.joined().map(\.rawValue).joined(separator: ", ")
      return "the protocol \(protocolName) has no encoding \(unknown.rawValue)"
        + (offered.isEmpty ? "" : "; it has \(offered)")
    }
    for group in groups {
      let chosen = words.filter { group.contains($0) }
      if chosen.count > 1 { return "\(chosen[0].rawValue) and \(chosen[1].rawValue) exclude each other" }
    }
    return nil
  }
}
