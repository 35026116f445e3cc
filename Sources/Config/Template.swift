/// A scalar's text cut at its `${…}` expressions.
struct Template {
  enum Part: Equatable {
    case text(String)
    /// `${NAME}` or `${NAME:-fallback}`.
    case variable(name: String, fallback: String?)
    /// `${secret:NAME}`.
    case secret(name: String)
    /// Something that begins with `${` and is none of these.
    case malformed(reason: String)
  }

  /// A part; `opening` counts the `${` of the text, escaped ones included, and tells which of them this part begins with.
  struct Piece: Equatable {
    var part: Part
    var opening: Int
    /// How many scalars the expression takes.
    var length: Int
  }

  private(set) var pieces: [Piece] = []
  /// How many times `${` stands in the text.
  private(set) var openings = 0

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var literal: [Unicode.Scalar] = []
    var index = 0
    func flush(_ literal: inout [Unicode.Scalar], _ pieces: inout [Piece]) {
      if !literal.isEmpty { pieces.append(Piece(part: .text(String(literal)), opening: 0, length: literal.count)) }
      literal = []
    }
    while index < scalars.count {
      let rest = scalars[index...]
      if rest.starts(with: ["$", "$", "{"]) {
        literal += ["$", "{"]
        openings += 1
        index += 3
      } else if rest.starts(with: ["$", "{"]) {
        flush(&literal, &pieces)
        let end = rest.firstIndex(of: "}")
        let length = (end.map { $0 + 1 } ?? scalars.count) - index
        let part: Part =
          end.map { Self.expression(scalars[(index + 2)..<$0]) } ?? .malformed(reason: "has no closing }")
        // Openings inside of an expression are counted as well, since the text in the file has them too.
        pieces.append(Piece(part: part, opening: openings, length: length))
        openings += Self.openings(in: scalars[index..<(index + length)])
        index += length
      } else {
        literal.append(scalars[index])
        index += 1
      }
    }
    flush(&literal, &pieces)
  }

  /// The offsets of every `${` in a text.
  static func openingOffsets(in text: ArraySlice<Unicode.Scalar>) -> [Int] {
    zip(text.indices, text.indices.dropFirst()).compactMap { text[$0] == "$" && text[$1] == "{" ? $0 : nil }
  }

  private static func openings(in text: ArraySlice<Unicode.Scalar>) -> Int { openingOffsets(in: text).count }

  private static func expression(_ scalars: ArraySlice<Unicode.Scalar>) -> Part {
    let body = String(scalars)
    if body.hasPrefix("secret:") {
      let name = String(body.dropFirst("secret:".count))
      if let cut = name.firstRange(of: ":-"), isName(name[..<cut.lowerBound]) {
        return .malformed(reason: "gives a secret a default, which would stand in the file for all to read")
      }
      return isName(name) ? .secret(name: name) : .malformed(reason: "names no environment variable")
    }
    let cut = body.firstRange(of: ":-")
    let name = body[..<(cut?.lowerBound ?? body.endIndex)]
    let fallback = cut.map { String(body[$0.upperBound...]) }
    guard isName(name) else { return .malformed(reason: "names no environment variable") }
    if let fallback, fallback.contains("${") { return .malformed(reason: "has another ${ in its default") }
    return .variable(name: String(name), fallback: fallback)
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
