/// How texts are cut into words. Letters are Unicode scalars, as in Python.
enum Words {
  /// At white space.
  static func split(_ text: String) -> [String] { split(Array(text.unicodeScalars)) }

  static func split(_ scalars: [Unicode.Scalar]) -> [String] {
    scalars.split(whereSeparator: \.properties.isWhitespace).map { word in
      var string = String.UnicodeScalarView()
      string.append(contentsOf: word)
      return String(string)
    }
  }

  /// As SQuAD compares answers: in lower case, without punctuation and the articles a, an, the.
  static func normalised(_ text: String) -> [String] {
    let kept = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
    return split(Array(kept)).filter { !["a", "an", "the"].contains($0) }
  }

  /// ASCII punctuation.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  static let normalise = MetricParameter(
    "normalise", .flag, or: .flag(false), "Compare in lower case, without punctuation and articles, as SQuAD does.")

  /// How often each run of so many elements occurs.
  static func runs<Element: Hashable>(_ elements: [Element], _ length: Int) -> [ArraySlice<Element>: Int] {
    guard length <= elements.count else { return [:] }
    return (0...elements.count - length).reduce(into: [:]) { counts, start in
      counts[elements[start..<start + length], default: 0] += 1
    }
  }
}
