internal import Language
internal import Transport
internal import Verdict

extension Shape<String> {
  /// A method or a header name: a token (RFC 9110, 5.6.2).
  static var token: Shape {
    string.map { text, node, problems in
      let isToken = text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
      if isToken, !text.isEmpty { return text }
      problems.report("\(node.kind) is not a name that HTTP allows here", at: node.location)
      return nil
    }
  }

  /// A path with its query, as it goes over the wire (RFC 3986: no blanks, no bare non-ASCII characters).
  static var requestPath: Shape {
    string.map { text, node, problems in
      if !text.hasPrefix("/") {
        problems.report("a path begins with a slash", at: node.location)
      } else if !text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) {
        problems.report(
          "the path holds a character that no URL may hold", at: node.location, help: ["write it percent-encoded: %20"])
      } else {
        return text
      }
      return nil
    }
  }

  /// The value of a header: one line without control characters (RFC 9110, 5.5).
  fileprivate static var headerValue: Shape {
    string.map { text, node, problems in
      if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) { return text }
      problems.report("the value of a header is one line without control characters", at: node.location)
      return nil
    }
  }

  /// A name that stands between two slashes of a path.
  static var pathSegment: Shape {
    name.map { text, node, problems in
      if text.isPathSegment { return text }
      problems.report("the name holds a character that a path cannot carry", at: node.location)
      return nil
    }
  }
}

extension String {
  /// Whether it can stand between two slashes of a path.
  var isPathSegment: Bool { utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#%".utf8.contains($0) } }
}

extension Shape<[HTTPHeaders.Field]> {
  /// Headers by name.
  static var headerFields: Shape {
    Shape<String>.headerValue.dictionary.map { headers, _, problems in
      let names = Shape<String>.token
      let before = problems.failures
      let fields = headers.map { header in
        _ = names.decode(Node(.scalar(header.name.value, quoted: true), at: header.name.location), &problems)
        return HTTPHeaders.Field(name: header.name.value, value: header.value)
      }
      return problems.failures == before ? fields : nil
    }
  }
}
