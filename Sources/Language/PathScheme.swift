/// The scheme of a URI that stands where a path is expected: `s3` of `s3://bucket/key`, `models` of `models:/NAME@ALIAS`.
/// Whoever writes one means no file, and must not be told that a file is missing.
///
/// The characters are those of RFC 3986, section 3.1.
package struct PathScheme: Sendable, Hashable {
  package let name: String
  /// What stands behind the colon.
  package let rest: String

  /// Nil for a path.
  package init?(of text: String) {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix(":/") else { return nil }
    let scheme = text[..<colon]
    guard scheme.first?.isLetter == true,
      scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
    else { return nil }
    name = scheme.lowercased()
    rest = String(text[colon...].dropFirst())
  }
}

extension Shape<String> {
  /// Where files are: a path, a pattern or a folder, and no URI.
  package static var path: Shape {
    Shape<String>.string.map { text, node, problems in
      guard let scheme = PathScheme(of: text) else { return text }
      problems.report(
        "files are not read from \(scheme.name):", at: node.location,
        help: [
          scheme.name == "file" ? "write the path alone" : "fetch it in a step before, and name the file that it wrote"
        ])
      return nil
    }
  }
}
